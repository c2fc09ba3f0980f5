"""Launch one browser, for real: it has to show a page of this machine and draw its text.

``python -m motcua.browser.look JSON`` prints the browser's version, or why it is of no use.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import Error, sync_playwright

from motcua.browser import flags
from motcua.browser.model import Browser, DoesNotStart

TEXT = "Hồ sơ đã nộp: 1.250.000 ₫"
PAGE = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>?</title><p>{TEXT}'
LAUNCH_LIMIT = 20_000  # milliseconds

# How many dots a letter leaves on a canvas: none when the machine has no font at all.
INK = """() => {
  const brush = document.createElement("canvas").getContext("2d");
  brush.font = "40px sans-serif";
  brush.fillText("H", 10, 60);
  return brush.getImageData(0, 0, 100, 100).data.filter((_, at) => at % 4 === 3).some(Boolean);
}"""


def look(browser: PlaywrightBrowser) -> str:
    """Show a page and read it back; return the browser's version."""
    page = browser.new_page()
    with served_page() as address:
        page.goto(address)
        read = page.locator("p").inner_text()
    if read != TEXT:
        raise DoesNotStart(f"the page was not shown as it is: {read!r}")
    if not page.evaluate(INK):
        raise DoesNotStart("it draws no text: the machine has no font")
    return browser.version


@contextmanager
def served_page() -> Iterator[str]:
    """Serve the page on this machine for as long as the block runs."""

    class OnePage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), OnePage)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def main(wish: str) -> int:
    """Launch what is described in JSON; print the version, or the reason why not."""
    facts = json.loads(wish)
    executable = Path(facts["executable"]) if facts["executable"] else None
    args = flags.launch_args(root=facts["root"])
    candidate = Browser(executable, "", "", args, facts["environment"])
    try:
        with sync_playwright() as playwright:
            options = candidate.launch_options()
            browser = playwright.chromium.launch(**options, timeout=LAUNCH_LIMIT)
            version = look(browser)
            browser.close()
    except (Error, DoesNotStart) as problem:
        print(problem)
        return 1
    print(version)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
