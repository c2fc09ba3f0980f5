"""Files attached to a dossier: which are taken, by content and size, and why others are not."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_NAME = 120
MAX_FILES_PER_COMPONENT = 10
MAX_FILES = 40
"""The most files of one dossier; all three limits are ours."""


class FileKind(StrEnum):
    """The kinds of file that are taken; the value is the media type of the content."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @property
    def label(self) -> str:
        """Return the name that people know."""
        return self.name

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Return the endings that a file of the kind may have."""
        return (".jpg", ".jpeg") if self is FileKind.JPEG else (f".{self.name.lower()}",)


ACCEPTED = ", ".join(kind.label for kind in FileKind)
"""«PDF, JPEG, PNG, DOCX», for pages and refusals."""


def kind_of(media_type: str | None) -> FileKind | None:
    """Return the kind for the media type that the content was judged to have."""
    return next((kind for kind in FileKind if kind == media_type), None)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was taken: ``sha256`` is where its content is kept, ``size`` is in bytes."""

    ref: str
    component: str
    name: str
    kind: FileKind
    size: int
    sha256: str
    at: datetime


class FileRefusal(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    WRONG_TYPE = "wrong-type"
    TOO_MANY = "too-many"
    UNKNOWN_COMPONENT = "unknown-component"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken: where it was meant for, its name and why; ``limit`` in bytes."""

    component: str
    name: str
    why: FileRefusal
    limit: int = 0

    @property
    def message(self) -> str:
        """Return the sentence that names the file, the reason and what to do."""
        return f"Tệp «{self.name}» không được nhận: {self._reason()}"

    def _reason(self) -> str:
        reasons = {
            FileRefusal.EMPTY: "tệp rỗng. Hãy kiểm tra lại tệp rồi đính kèm lần nữa.",
            FileRefusal.TOO_LARGE: (
                f"tệp lớn hơn {megabytes(self.limit)} MB. Hãy giảm dung lượng rồi đính kèm lại."
            ),
            FileRefusal.WRONG_TYPE: (
                f"nội dung tệp không phải {ACCEPTED}. Hãy chuyển sang một trong các định dạng đó."
            ),
            FileRefusal.TOO_MANY: (
                f"mỗi thành phần chỉ nhận {MAX_FILES_PER_COMPONENT} tệp, "
                f"cả hồ sơ {MAX_FILES} tệp. Hãy gộp các tệp lại."
            ),
            FileRefusal.UNKNOWN_COMPONENT: "thủ tục không có thành phần hồ sơ này.",
            FileRefusal.UNREADABLE: "không đọc được nội dung tệp. Hãy đính kèm lại.",
        }
        return reasons[self.why]


def megabytes(size: int) -> str:
    """Return a size in MB as people write it: «5», «2,5»."""
    return f"{size / 1024 / 1024:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def safe_name(name: str, kind: FileKind | None = None) -> str:
    """Return a file name that can be shown and saved anywhere.

    Folders, control characters and characters that some file system forbids are dropped; the
    ending is made to agree with the content, so that nothing passes for what it is not.
    """
    base = re.split(r"[/\\]", name)[-1]
    base = "".join(c for c in base if c.isprintable() and c not in '<>:"|?*').strip(" .")
    base = base or "tep-dinh-kem"
    if kind is not None and not base.lower().endswith(kind.suffixes):
        return base[: MAX_NAME - len(kind.suffixes[0])] + kind.suffixes[0]
    stem, dot, ending = base.rpartition(".")
    if len(base) <= MAX_NAME or not dot:
        return base[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"[:MAX_NAME]
