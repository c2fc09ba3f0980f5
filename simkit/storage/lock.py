"""One program at a time per folder: two that deliver one outbox would tell everything twice."""

import sys
from pathlib import Path
from typing import IO

from simkit.core.errors import Conflict

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds a folder until ``release``, or until the program ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take ``folder``, which is made if need be; ``Conflict`` when another program has it."""
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / "in-use").open("wb")
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise Conflict(
                f"The worlds in {folder} are in use by another program. End that one, or choose"
                " another folder with --data.",
                {"folder": str(folder)},
            ) from None

    def release(self) -> None:
        """Let others have it; the second time nothing happens."""
        self._file.close()
