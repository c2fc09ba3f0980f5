"""Files that people hand in: kept once, under the name of their content."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from simkit.core.errors import NotFound, TooLarge

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Blob:
    """What was stored: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size: int


class Blobs:
    """A folder of files. The name that a person gave is never part of a path."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made when the first file comes."""
        self._folder = folder

    def put(self, stream: IO[bytes], limit: int) -> Blob:
        """Read the stream in pieces and keep it; more than ``limit`` bytes is ``TooLarge``."""
        self._folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=self._folder, prefix="incoming-")
        try:
            with os.fdopen(handle, "wb") as target:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    _check_size(size, limit)
                    digest.update(chunk)
                    target.write(chunk)
            place = self._place(digest.hexdigest())
            place.parent.mkdir(exist_ok=True)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return Blob(digest.hexdigest(), size)

    def open(self, sha256: str) -> BinaryIO:
        """Open a stored file for reading, or raise ``NotFound``."""
        try:
            return self._place(sha256).open("rb")
        except FileNotFoundError:
            raise NotFound("Không còn tệp này.", {"sha256": sha256}) from None

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise TooLarge(
            f"Tệp lớn hơn {limit // (1024 * 1024)} MB cho phép.",
            {"limit_bytes": str(limit)},
        )
