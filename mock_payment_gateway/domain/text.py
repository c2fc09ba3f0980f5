"""Text from outside: what no wire and no store can carry."""

import re

# JSON can spell half a character (a lone surrogate); one of the stores ends a text at a zero byte.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Tell whether a text can be encoded, sent and stored."""
    return _UNSTORABLE.search(text) is None
