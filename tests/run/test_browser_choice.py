"""The browser is the one asked for, else one that is there, else one that can be got."""

from pathlib import Path

import pytest

from motcua.browser.choose import Options, advice, choose
from motcua.browser.find import MAC_APPS, Surroundings, asked_for, installed, playwright_managed
from motcua.browser.model import NoBrowser
from tests.run.fakes import Way, a_candidate, only

REVISION = '{"browsers": [{"name": "chromium-headless-shell", "revision": "1255"}]}'


def surroundings(
    *files: str | Path, system: str = "Linux", path: str = "/usr/bin", **environ: str
) -> Surroundings:
    """Return a machine with these files, and one folder on its search path."""
    there = {Path(file) for file in files}

    def which(name: str) -> str | None:
        return str(Path(path, name)) if Path(path, name) in there else None

    return Surroundings(system, environ, Path("/home/an"), which, there.__contains__)


def silent(_: str) -> None:
    """Take no notice of progress."""


def test_what_is_there_is_tried_in_order_and_nothing_is_installed() -> None:
    way = Way("apt", a_candidate("from apt"))
    found = [a_candidate("broken"), a_candidate("good"), a_candidate("better")]

    chosen, version = choose(Options(None, found, [way]), only("good", "better"), silent, "")

    assert (chosen.name, version, way.tried) == ("good", "1.2", 0)


def test_ways_are_tried_in_order_until_one_brings_a_browser_that_works() -> None:
    closed = Way("download", a_candidate("one"), closed="no network")
    failing = Way("apt")
    useless = Way("npm", a_candidate("two"))
    working = Way("unpacked", a_candidate("three"))
    needless = Way("never", a_candidate("three"))
    ways = [closed, failing, useless, working, needless]

    chosen, _ = choose(Options(None, [], ways), only("one", "three"), silent, "")

    assert chosen.name == "three"
    assert [way.tried for way in ways] == [0, 1, 1, 1, 0]


def test_people_are_told_what_is_tried() -> None:
    told: list[str] = []
    options = Options(None, [a_candidate("Edge")], [Way("the package", a_candidate("good"))])

    choose(options, only("good"), told.append, "")

    assert told == ["Trying Edge", "Getting the package", "working"]


def test_when_nothing_works_every_try_and_the_advice_are_told() -> None:
    ways = [Way("apt"), Way("npm", closed="npm is not installed")]

    with pytest.raises(NoBrowser) as refusal:
        choose(Options(None, [a_candidate("Edge")], ways), only(), silent, "Install Chromium.")

    assert str(refusal.value) == (
        "There is no browser that works.\n"
        "  - Edge: the library libnss3.so is missing\n"
        "  - apt: no such package\n"
        "  - npm: npm is not installed\n"
        "Install Chromium."
    )


def test_one_that_was_asked_for_and_does_not_work_is_not_replaced_by_another() -> None:
    asked = a_candidate("asked", path="/opt/mine")
    way = Way("apt", a_candidate("good"))

    with pytest.raises(NoBrowser, match=r"MOTCUA_BROWSER names .*mine, which does not work"):
        choose(Options(asked, [a_candidate("good")], [way]), only("good"), silent, "")

    assert way.tried == 0


def test_one_that_was_asked_for_comes_before_all_others() -> None:
    options = Options(a_candidate("asked"), [a_candidate("good")], [])

    assert choose(options, only("asked", "good"), silent, "")[0].name == "asked"


@pytest.mark.parametrize("wish", ["/opt/chrome", "chrome"])
def test_a_browser_is_asked_for_by_path_or_by_name(wish: str) -> None:
    around = surroundings("/opt/chrome", path="/opt", MOTCUA_BROWSER=wish)

    asked = asked_for(around)

    assert asked is not None
    assert asked.executable == Path("/opt/chrome")


def test_asking_for_a_program_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoBrowser, match="no such program"):
        asked_for(surroundings(MOTCUA_BROWSER="/opt/none"))


@pytest.mark.parametrize("environ", [{}, {"MOTCUA_BROWSER": ""}])
def test_without_the_variable_nothing_is_asked_for(environ: dict[str, str]) -> None:
    assert asked_for(surroundings(**environ)) is None


def test_on_linux_the_shell_comes_before_the_full_browser_and_each_comes_once() -> None:
    shell = "/usr/lib/chromium/chromium-headless-shell"
    around = surroundings("/usr/bin/google-chrome", "/usr/bin/chromium", shell)

    found = [candidate.executable for candidate in installed(around)]

    assert found == [Path(shell), Path("/usr/bin/chromium"), Path("/usr/bin/google-chrome")]


def test_on_macos_apps_of_all_and_of_the_person_are_found() -> None:
    chrome, edge = f"/Applications/{MAC_APPS[1]}", f"/home/an/Applications/{MAC_APPS[2]}"

    found = installed(surroundings(chrome, edge, system="Darwin"))

    assert [candidate.executable for candidate in found] == [Path(chrome), Path(edge)]


def test_on_windows_edge_is_found_in_the_folder_for_programs() -> None:
    edge = Path("C:/Programs") / "Microsoft/Edge/Application/msedge.exe"
    around = surroundings(edge, system="Windows", ProgramFiles="C:/Programs")

    assert [candidate.executable for candidate in installed(around)] == [edge]


@pytest.mark.parametrize(
    ("system", "environ", "folder"),
    [
        ("Linux", {}, "/home/an/.cache/ms-playwright"),
        ("Linux", {"XDG_CACHE_HOME": "/cache"}, "/cache/ms-playwright"),
        ("Linux", {"PLAYWRIGHT_BROWSERS_PATH": "/browsers"}, "/browsers"),
        ("Darwin", {}, "/home/an/Library/Caches/ms-playwright"),
        ("Windows", {"LocalAppData": "/local"}, "/local/ms-playwright"),
    ],
)
def test_playwrights_own_is_found_where_playwright_keeps_it(
    system: str, environ: dict[str, str], folder: str, tmp_path: Path
) -> None:
    (tmp_path / "browsers.json").write_text(REVISION, encoding="utf-8")
    complete = Path(folder) / "chromium_headless_shell-1255" / "INSTALLATION_COMPLETE"

    (found,) = playwright_managed(surroundings(complete, system=system, **environ), tmp_path)

    assert found.executable is None
    assert found.witness == complete


def test_playwrights_own_of_another_revision_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "browsers.json").write_text(REVISION, encoding="utf-8")
    folder = "/home/an/.cache/ms-playwright/chromium_headless_shell-1200"

    around = surroundings(f"{folder}/INSTALLATION_COMPLETE")

    assert list(playwright_managed(around, tmp_path)) == []


@pytest.mark.parametrize(
    ("system", "says"),
    [
        ("Linux", "apt-get install"),
        ("Darwin", "/Applications"),
        ("Windows", "Microsoft Edge"),
        ("FreeBSD", "Install Chromium"),
    ],
)
def test_the_advice_fits_the_system(system: str, says: str) -> None:
    assert says in advice(system)
    assert "MOTCUA_BROWSER" in advice(system)
