"""Amounts in Vietnamese words, as a receipt writes them under the figures."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS = ("", " nghìn", " triệu")
_BILLION = 10**9
_TENS, _HUNDREDS, _THOUSANDS = 10, 100, 1_000
_FIVE = 5


def in_words(amount: int) -> str:
    """Return whole đồng as ``Một trăm năm mươi nghìn đồng``; ``amount`` is not negative."""
    words = f"{_number(amount)} đồng" if amount else "không đồng"
    return words[0].upper() + words[1:]


def _number(amount: int) -> str:
    """Return a number from 1 on; beyond a milliard one says so many «tỷ»."""
    high, low = divmod(amount, _BILLION)
    parts = [f"{_number(high)} tỷ"] if high else []
    groups = (low // _THOUSANDS**2, low // _THOUSANDS % _THOUSANDS, low % _THOUSANDS)
    for group, unit in zip(groups, reversed(_UNITS), strict=True):
        if group:
            parts.append(_group(group, leading=not parts) + unit)
    return " ".join(parts)


def _group(number: int, *, leading: bool) -> str:
    """Return 1 to 999; after a higher group even an empty hundred is spoken."""
    hundreds, rest = divmod(number, _HUNDREDS)
    tens, ones = divmod(rest, _TENS)
    words = [] if leading and not hundreds else [f"{_DIGITS[hundreds]} trăm"]
    if tens:
        words.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_one(ones, tens))
    return " ".join(words)


def _one(ones: int, tens: int) -> str:
    """Return the last digit: «mốt» after twenty and more, «lăm» after ten and more."""
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == _FIVE and tens else _DIGITS[ones]
