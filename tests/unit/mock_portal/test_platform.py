"""Our side of the Payment Platform's messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.platform import (
    CONFIRM_FIELDS,
    INIT_FIELDS,
    QUERY_FIELDS,
    Answer,
    Partner,
    Payee,
    ack_message,
    hash_of,
    init_message,
    query_message,
    read_confirm,
    read_query_answer,
    same_hash,
)
from simkit.core.errors import BadInput
from tests.builders.dossiers import (
    A_MORNING,
    PARTNER,
    a_confirm,
    a_query_answer,
    an_order,
)

PAYEE = Payee("000.00.15.H24", "Sở Tư pháp", "2.000635", "Cấp bản sao", "Lan", "0311", "12 Lê Lợi")

VECTORS = [
    pytest.param(
        "INIT|1.0.6|HPG01|dvcH24120250101101010|150000|PAY|1|1|vi-VN|VND|PAYMENT|"
        "THANH TOAN HO SO H24.1|20250101101010|10.0.0.1",
        "5c8d1f024e5f02ed943529a72f422bad6fb1e3fcfa591abcb5efbb6e2ed1685a",
        id="INIT",
    ),
    pytest.param(
        "CONFIRM|00|HPG01|dvcH24120250101101010|150000|VND|PP0001|VIETCOMBANK|20250101101510|"
        "THANH TOAN HO SO H24.1",
        "008fca31ac680ebfc17ab13fd446c51c28ee54297d4bbe23f910fa1166de168b",
        id="CONFIRM",
    ),
    pytest.param(
        "QUERY|1.0.6|HPG01|dvcH24120250101101010|20250101101010",
        "ff320eae9c565b003153a86fd307ae66e645d25aff9f8d5611394999550fbeb2",
        id="QUERY",
    ),
]


@pytest.mark.parametrize(("joined", "digest"), VECTORS)
def test_the_hash_is_the_one_of_the_published_vectors(joined: str, digest: str) -> None:
    assert hash_of(joined.split("|"), "SECRET") == digest


def test_a_confirm_that_the_platform_signed_is_genuine() -> None:
    values = VECTORS[1].values[0]
    body = dict(zip(CONFIRM_FIELDS, str(values).split("|"), strict=True))
    notice = read_confirm(body | {"MaXacThuc": VECTORS[1].values[1], "SoTien": 150000})

    assert notice.is_genuine(Partner(code="HPG01", secret="SECRET"))
    assert (notice.amount, notice.reference) == (150000, "dvcH24120250101101010")


@pytest.mark.parametrize("field", CONFIRM_FIELDS)
def test_a_confirm_with_one_changed_field_is_not_genuine(field: str) -> None:
    body = a_confirm(an_order())
    body[field] = f"{body[field]}1"

    assert not read_confirm(body).is_genuine(PARTNER)


def test_a_confirm_for_another_partner_is_not_ours_even_if_the_hash_fits() -> None:
    assert not read_confirm(a_confirm(an_order(), MaDoiTac="H49")).is_genuine(PARTNER)


def test_a_hash_in_capitals_is_taken() -> None:
    assert same_hash("AB12", "ab12")


@given(st.text())
def test_any_text_may_be_compared_with_a_hash(given_hash: str) -> None:
    assert not same_hash(given_hash, "0" * 64) or given_hash == "0" * 64


def test_an_init_holds_every_field_of_the_hash_in_order_and_the_receipt_data_apart() -> None:
    message = init_message(an_order(), PAYEE, PARTNER)

    assert list(message) == [*INIT_FIELDS, "MaXacThuc", "ThongTinBienLai"]
    assert message["SoTien"] == "15000"
    assert message["ThoiGianGD"] == "20260302090000"
    assert message["MaXacThuc"] == hash_of(
        [str(message[name]) for name in INIT_FIELDS], PARTNER.secret
    )


def test_a_long_name_is_cut_in_the_receipt_data() -> None:
    payee = Payee("u", "n", "2.000635", "x" * 400, "Lan", "", "12 Lê Lợi")

    data = init_message(an_order(), payee, PARTNER)["ThongTinBienLai"]

    assert isinstance(data, dict)
    assert data["TenTTHC"] == "x" * 200 + "..."
    assert data["SoCMNDNguoiNop"] == "000000000"


def test_a_query_repeats_the_moment_of_the_init() -> None:
    message = query_message(an_order(), PARTNER)

    assert message["ThoiGianGD"] == "20260302090000"
    assert message["MaXacThuc"] == hash_of(
        [str(message[name]) for name in QUERY_FIELDS], PARTNER.secret
    )


def test_an_acknowledgement_is_hashed_over_its_own_values() -> None:
    ack = ack_message(Answer.ALREADY, "H24abc", A_MORNING, PARTNER)

    values = [str(value) for name, value in ack.items() if name != "MaXacThuc"]
    assert ack["MaLoi"] == "02"
    assert ack["MaXacThuc"] == hash_of(values, PARTNER.secret)


@pytest.mark.parametrize(
    ("code", "state", "success", "failure"),
    [
        ("00", 1, True, False),
        ("00", 3, False, False),
        ("00", 4, False, True),
        ("05", 1, False, False),
    ],
)
def test_in_a_query_the_state_tells_and_the_code_only_judges_the_query(
    code: str, state: int, *, success: bool, failure: bool
) -> None:
    notice = read_query_answer(a_query_answer(an_order(), state, code))

    assert notice.is_genuine(PARTNER)
    assert (notice.tells_success, notice.tells_failure) == (success, failure)


@pytest.mark.parametrize(("code", "success"), [("00", True), ("01", False), ("24", False)])
def test_in_a_confirm_the_code_tells(code: str, *, success: bool) -> None:
    notice = read_confirm(a_confirm(an_order(), code))

    assert (notice.tells_success, notice.tells_failure) == (success, not success)


@pytest.mark.parametrize("odd", [[], {}, True, 1.5, "x" * 256, "a\0b", "\ud800", 10**20])
def test_a_field_of_another_kind_is_refused(odd: object) -> None:
    with pytest.raises(BadInput) as refused:
        read_confirm(a_confirm(an_order()) | {"MaGiaoDich": odd})

    assert list(refused.value.facts) == ["MaGiaoDich"]


@pytest.mark.parametrize("text", ["", "1.5", "-5", "²", "mười"])
def test_an_amount_that_is_no_whole_number_is_none(text: str) -> None:
    body = a_confirm(an_order()) | {"SoTien": text}

    assert read_confirm(body).amount is None
