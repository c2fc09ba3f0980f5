"""Launch arguments: nothing but this machine is contacted, nothing is asked, nothing is fetched."""

from collections.abc import Iterable

# Full Chromium talks to its maker's servers even under Playwright's own flags (seen); here every
# name but those of this machine resolves to nothing. Names below .localhost are this machine's.
CLOSED = "--host-resolver-rules=MAP * ~NOTFOUND"
LOCAL = ("127.0.0.1", "localhost", "*.localhost")

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def launch_args(*, root: bool) -> tuple[str, ...]:
    """Return the arguments for every browser; as root Chromium refuses to start with a sandbox."""
    closed = ", ".join([CLOSED, *(f"EXCLUDE {host}" for host in LOCAL)])
    return (*QUIET, closed, *(("--no-sandbox",) if root else ()))


def opened(args: Iterable[str], hosts: Iterable[str]) -> tuple[str, ...]:
    """Return ``args`` with ``hosts`` reachable besides this machine."""
    more = "".join(f", EXCLUDE {host}" for host in hosts)
    return tuple(arg + more if arg.startswith(CLOSED) else arg for arg in args)
