"""The VNPAY-QR of an order, read by an independent decoder."""

import io

import pytest
import segno
import zxingcpp
from PIL import Image

from mock_payment_gateway.domain.vietqr import Merchant
from mock_payment_gateway.domain.vnpay import qr


@pytest.mark.parametrize(
    ("reference", "bill"),
    [("HS0001", "HS0001"), ("Lệ phí-9", "Lph9"), ("ê", "0"), ("9" * 40, "9" * 25)],
)
def test_the_code_says_merchant_amount_and_bill(reference: str, bill: str) -> None:
    drawn = io.BytesIO()
    segno.make(qr.content("HPTEST01", reference, 150_000), error="m").save(
        drawn, kind="png", scale=4
    )

    (seen,) = zxingcpp.read_barcodes(Image.open(drawn))

    read = Merchant.read(seen.text)
    assert (read.merchant, read.amount, read.extra.bill) == ("HPTEST01", 150_000, bill)
