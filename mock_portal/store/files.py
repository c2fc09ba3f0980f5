"""The content of files: kept once each, and judged by what it is."""

from typing import IO, BinaryIO

import filetype

from simkit.storage.blobs import Blob, Blobs

HEAD = 8192
"""How much of a file is looked at, in bytes: enough for the directory of an office document."""


class BlobFiles:
    """Implements ``mock_portal.ports.dossiers.Files``."""

    def __init__(self, blobs: Blobs) -> None:
        """``blobs`` is the world's own folder of files."""
        self._blobs = blobs

    def media_type(self, stream: IO[bytes]) -> str | None:
        """Return the media type that the content shows, or ``None``; the stream is rewound."""
        head = stream.read(HEAD)
        stream.seek(0)
        found = filetype.guess(head)
        return None if found is None else str(found.mime)

    def keep(self, stream: IO[bytes], limit: int) -> Blob:
        """Store the stream, or raise ``TooLarge`` beyond ``limit`` bytes."""
        return self._blobs.put(stream, limit)

    def open(self, sha256: str) -> BinaryIO:
        """Open a stored file, or raise ``NotFound``."""
        return self._blobs.open(sha256)
