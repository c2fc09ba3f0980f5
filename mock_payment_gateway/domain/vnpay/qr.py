"""The content of a VNPAY-QR code of an order."""

from mock_payment_gateway.domain.vietqr import Extra, Merchant

_LONGEST_BILL = 25


def content(merchant: str, reference: str, amount: int) -> str:
    """Return what the code says of an order; ``amount`` in đồng."""
    plain = "".join(c for c in reference if c.isascii() and c.isalnum())[:_LONGEST_BILL]
    return Merchant(merchant, merchant, amount, extra=Extra(bill=plain or "0")).text()
