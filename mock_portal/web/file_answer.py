"""Hands a stored file to a browser so that the browser only saves it."""

from typing import BinaryIO

from flask import Response, send_file

from mock_portal.domain.attachment import Attachment

PASSIVE = "application/octet-stream"


def answer_file(attachment: Attachment, content: BinaryIO) -> Response:
    """Return the file as an attachment of a type that no browser opens or runs by itself."""
    response = send_file(
        content, mimetype=PASSIVE, as_attachment=True, download_name=attachment.name
    )
    response.content_length = attachment.size
    response.headers["Cache-Control"] = "private, no-store"
    return response
