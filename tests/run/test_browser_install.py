"""Ways of getting a browser: open or closed for a reason, checked, and without leftovers."""

import io
import os
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from motcua.browser import debian, driver, install, npm
from motcua.browser.find import Surroundings
from motcua.browser.model import CannotInstall, NoBrowser
from motcua.browser.tools import ToolFailed
from tests.run import fakes

LIBATOMIC = "node: error while loading shared libraries: libatomic.so.1: cannot open"


def silent(_: str) -> None:
    """Take no notice of progress."""


def say(text: str = "") -> Callable[[Sequence[str]], str]:
    return lambda _: text


def fail(reason: str) -> Callable[[Sequence[str]], str]:
    def answer(_: Sequence[str]) -> str:
        raise ToolFailed(reason, reason)

    return answer


def an_apt(tools: fakes.Tools, *, root: bool = True, here: bool = True) -> debian.Apt:
    program = "/usr/bin/apt-get" if here else None
    return debian.Apt(tools, program, "/usr/bin/dpkg-deb" if here else None, root)


def a_download(
    tools: fakes.Tools, resolves: Callable[[str], bool], **environ: str
) -> install.PlaywrightDownload:
    package = driver.playwright_package()
    around = Surroundings("Linux", environ, Path("/home/an"), lambda _: None, lambda _: True)
    return install.PlaywrightDownload(tools, around, package, False, resolves)


def test_playwright_downloads_nothing_where_its_host_has_no_address() -> None:
    asked: list[str] = []

    def resolves(host: str) -> bool:
        asked.append(host)
        return False

    assert "cannot be reached" in a_download(fakes.Tools(say()), resolves).obstacle()
    assert asked == [install.PLAYWRIGHT_HOST]


@pytest.mark.parametrize(
    ("variable", "value", "host"),
    [
        ("PLAYWRIGHT_DOWNLOAD_HOST", "https://mirror.example:8443/x", "mirror.example"),
        ("PLAYWRIGHT_CHROMIUM_DOWNLOAD_HOST", "mirror.example", "mirror.example"),
        ("LANG", "vi_VN", install.PLAYWRIGHT_HOST),
    ],
)
def test_a_mirror_of_ones_own_is_what_must_have_an_address(
    variable: str, value: str, host: str
) -> None:
    assert install.download_host({variable: value}) == host


def test_behind_a_proxy_the_proxy_knows_the_address() -> None:
    way = a_download(fakes.Tools(say()), lambda _: False, HTTPS_PROXY="http://127.0.0.1:3128")

    assert way.obstacle() == ""


def test_a_download_tells_each_thing_once_and_brings_playwrights_own() -> None:
    line = "Downloading Chrome Headless Shell 159.0 from https://mirror.example/x.zip"
    tools = fakes.Tools(say(), lines=[line, "|■■■ 30% of 100 MiB", line])
    told: list[str] = []

    found = a_download(tools, lambda _: True).install(told.append)

    assert found.executable is None
    assert told == ["Downloading Chrome Headless Shell 159.0"]


def test_a_download_that_fails_says_why() -> None:
    with pytest.raises(CannotInstall, match="ENOTFOUND"):
        a_download(fakes.Tools(fail("Error: ENOTFOUND")), lambda _: True).install(silent)


@pytest.mark.parametrize(
    ("root", "here", "obstacle"),
    [
        (True, True, ""),
        (False, True, "only root may install packages"),
        (True, False, "only on Debian and its relatives"),
    ],
)
def test_debians_package_is_for_root_on_debian(*, root: bool, here: bool, obstacle: str) -> None:
    apt = an_apt(fakes.Tools(say()), root=root, here=here)

    assert debian.SystemPackages(apt).obstacle() == obstacle


def test_debians_packages_are_installed_without_what_is_only_recommended() -> None:
    tools = fakes.Tools(say(), lines=["Need to get 163 MB of archives.", "Get:1 chromium"])
    told: list[str] = []

    an_apt(tools).install(debian.PACKAGES, told.append)

    update, installed = tools.commands
    assert update[-1] == "update"
    assert "--no-install-recommends" in installed
    assert tuple(installed[-3:]) == debian.PACKAGES
    assert set(told) == {"Need to get 163 MB of archives."}


def test_a_package_that_does_not_exist_is_a_way_that_failed() -> None:
    apt = an_apt(fakes.Tools(fail("E: Unable to locate package")))

    with pytest.raises(CannotInstall, match="Unable to locate"):
        debian.SystemPackages(apt).install(silent)


def debian_mirror(*archives: str) -> Callable[[Sequence[str]], str]:
    """Answer like apt-get and dpkg-deb: the archives come, and unpack to a browser."""

    def answer(command: Sequence[str]) -> str:
        if "--download-only" in command:
            place = next(word for word in command if word.startswith("Dir::Cache="))
            for name in archives:
                Path(place.partition("=")[2], "archives", name).touch()
        if command[0].endswith("dpkg-deb"):
            tree = Path(command[-1])
            for file in (debian.EXECUTABLE, "usr/lib/x86_64-linux-gnu/libnss3.so"):
                (tree / file).parent.mkdir(parents=True, exist_ok=True)
                (tree / file).touch()
        return ""

    return answer


def test_without_root_debians_packages_are_unpacked_beside_the_project(tmp_path: Path) -> None:
    tools = fakes.Tools(debian_mirror("chromium-headless-shell_156_amd64.deb", "libc6_2.deb"))

    way = debian.UnpackedPackages(an_apt(tools, root=False), tmp_path)
    found = way.install(silent)

    tree = debian.folder_of_unpacked(tmp_path)
    assert way.obstacle() == ""
    assert found.executable == tree / debian.EXECUTABLE
    assert found.environment["LD_LIBRARY_PATH"] == str(tree / "usr/lib/x86_64-linux-gnu")
    fonts = Path(found.environment["FONTCONFIG_FILE"]).read_text(encoding="utf-8")
    assert str(tree / "usr/share/fonts") in fonts
    assert not any("libc6" in word for command in tools.commands for word in command)
    assert debian.unpacked(tmp_path) == found


def test_an_unpacking_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    apt = an_apt(fakes.Tools(fail("E: no network")), root=False)

    with pytest.raises(CannotInstall, match="no network"):
        debian.UnpackedPackages(apt, tmp_path).install(silent)

    assert list(tmp_path.iterdir()) == []
    assert debian.unpacked(tmp_path) is None


@pytest.mark.parametrize(
    ("machine", "program", "obstacle"),
    [
        (("Linux", "x86_64"), "/usr/bin/npm", ""),
        (("Linux", "x86_64"), None, "npm is not installed"),
        (("Linux", "aarch64"), "/usr/bin/npm", "only for Linux on x86-64"),
        (("Darwin", "x86_64"), "/usr/bin/npm", "only for Linux on x86-64"),
    ],
)
def test_the_npm_package_is_for_linux_with_npm(
    machine: tuple[str, str], program: str | None, obstacle: str, tmp_path: Path
) -> None:
    way = npm.NpmPackage(fakes.Tools(say()), tmp_path, program, program, machine)

    assert way.obstacle() == obstacle


def test_an_npm_package_other_than_the_pinned_one_is_not_unpacked(tmp_path: Path) -> None:
    def answer(command: Sequence[str]) -> str:
        assert "pack" in command
        draft = next(tmp_path.iterdir())
        (draft / "sparticuz-chromium-153.0.0.tgz").write_bytes(b"something else")
        return ""

    tools = fakes.Tools(answer)
    way = npm.NpmPackage(tools, tmp_path, "npm", "node", ("Linux", "x86_64"))

    with pytest.raises(CannotInstall, match="pinned"):
        way.install(silent)

    assert list(tmp_path.iterdir()) == []
    assert len(tools.commands) == 1


def test_an_archive_cannot_write_outside_its_folder(tmp_path: Path) -> None:
    archive = tmp_path / "evil.tar"
    with tarfile.open(archive, "w") as tar:
        for name in ("../outside", "inside/file"):
            entry = tarfile.TarInfo(name)
            entry.size = 2
            tar.addfile(entry, io.BytesIO(b"ok"))
    target = tmp_path / "target"
    target.mkdir()

    npm.extract(archive, target)

    assert not (tmp_path / "outside").exists()
    assert (target / "inside" / "file").read_bytes() == b"ok"


def test_a_driver_that_starts_needs_nothing(tmp_path: Path) -> None:
    tools = fakes.Tools(say("Version 1.65.2"))

    driver.ensure_driver(tools, an_apt(tools), tmp_path, silent)

    assert len(tools.commands) == 1


def test_the_library_that_the_driver_misses_is_installed_for_root(tmp_path: Path) -> None:
    def answer(command: Sequence[str]) -> str:
        if "playwright" in command and len(tools.commands) == 1:
            raise ToolFailed("exit code 127", LIBATOMIC)
        return ""

    tools = fakes.Tools(answer)

    driver.ensure_driver(tools, an_apt(tools), tmp_path, silent)

    assert tools.commands[2][-1] == "libatomic1"


@pytest.mark.parametrize(
    ("output", "here", "says"),
    [
        (LIBATOMIC, False, "sudo apt-get install libatomic1"),
        ("no such file: node", True, "does not start"),
        (LIBATOMIC.replace("libatomic.so.1", "libstrange.so"), True, "does not start"),
    ],
)
def test_a_driver_that_cannot_be_helped_is_told_of(
    *, output: str, here: bool, says: str, tmp_path: Path
) -> None:
    tools = fakes.Tools(fail(output))

    with pytest.raises(NoBrowser, match=says):
        driver.ensure_driver(tools, an_apt(tools, here=here), tmp_path, silent)


def test_a_library_beside_the_project_is_lent_once_and_only_when_it_is_there(
    tmp_path: Path,
) -> None:
    environ = {"LD_LIBRARY_PATH": "/mine"}
    driver.lend_library(tmp_path, environ)
    assert environ == {"LD_LIBRARY_PATH": "/mine"}

    folder = driver.library_folder(tmp_path)
    folder.mkdir()
    driver.lend_library(tmp_path, environ)
    driver.lend_library(tmp_path, environ)

    assert environ["LD_LIBRARY_PATH"] == f"{folder}{os.pathsep}/mine"
