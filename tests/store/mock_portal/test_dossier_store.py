"""What the store of dossiers, fees and deliveries promises."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_portal.domain.attachment import Attachment, FileKind
from mock_portal.domain.delivery import DeliveryState, PostReport, PostStatus
from mock_portal.domain.dossier import Dossier, DossierEvent, DossierState
from mock_portal.domain.fee import DossierFee, FeeReceipt, FeeState, Order, OrderState
from mock_portal.ports import Work
from mock_portal.ports.dossiers import DossierUnit
from mock_portal.ports.payments import NoticeRecord
from mock_portal.store.files import BlobFiles
from simkit.core.errors import NotFound, TooLarge
from simkit.storage.blobs import Blobs
from tests.builders.dossier_rig import Rig
from tests.builders.dossiers import (
    A_MORNING,
    JUSTICE,
    PAID,
    PDF,
    PNG,
    WARD,
    a_delivery,
    a_dossier,
    a_home_delivery,
    an_order,
    docx,
)

CODE = "000.00.15.H24-260302-0001"
DAY = date(2026, 3, 2)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work[DossierUnit]]:
    rig = Rig(tmp_path)
    yield rig.work
    rig.close()


def a_file(ref: str = "tep-1", component: str = "01") -> Attachment:
    return Attachment(ref, component, "to-khai.pdf", FileKind.PDF, 48, "ab" * 32, A_MORNING)


def put(work: Work[DossierUnit], *dossiers: Dossier) -> None:
    with work.write() as unit:
        for dossier in dossiers:
            unit.dossiers.put(dossier)


def test_a_dossier_comes_back_as_it_was_put(work: Work[DossierUnit]) -> None:
    dossier = a_dossier(delivery=a_home_delivery()).submitted(CODE, A_MORNING, "Lan")
    dossier = replace(dossier, received_at=A_MORNING, due_at=A_MORNING + timedelta(days=7))
    put(work, dossier)

    with work.read() as unit:
        assert unit.dossiers.find("ref-1") == dossier
        assert unit.dossiers.of_code(CODE) == dossier


def test_what_was_never_put_is_not_found(work: Work[DossierUnit]) -> None:
    with work.read() as unit:
        assert unit.dossiers.find("x") is None
        assert unit.dossiers.of_code("x") is None
        assert unit.dossiers.public("x") is None
        assert unit.dossiers.known_key("x") is None
        assert unit.payments.fee("x") is None
        assert unit.payments.order("x") is None
        assert unit.payments.receipt("x") is None
        assert unit.payments.receipt_of("x") is None
        assert unit.deliveries.find("x") is None
        assert unit.deliveries.of_dossier("x") is None


def test_each_put_keeps_one_more_row_of_history(work: Work[DossierUnit]) -> None:
    sent = a_dossier().submitted(CODE, A_MORNING, "Lan")
    refused = sent.happen(DossierEvent.REFUSE, A_MORNING, "Đức", "thiếu tờ khai")
    put(work, sent, refused, refused)

    with work.read() as unit:
        found = unit.dossiers.find("ref-1")
    assert found is not None
    assert found.history == refused.history


def test_files_keep_their_order_and_can_be_taken_off(work: Work[DossierUnit]) -> None:
    put(work, a_dossier())
    with work.write() as unit:
        for ref in ("tep-1", "tep-2", "tep-3"):
            unit.dossiers.attach("ref-1", a_file(ref))
        unit.dossiers.detach("ref-1", "tep-2")
        unit.dossiers.detach("ref-1", "khong-co")
        unit.dossiers.detach("ref-khac", "tep-1")

    with work.read() as unit:
        found = unit.dossiers.find("ref-1")
    assert found is not None
    assert [each.ref for each in found.attachments] == ["tep-1", "tep-3"]


def test_a_unit_of_work_that_fails_keeps_nothing(work: Work[DossierUnit]) -> None:
    with pytest.raises(RuntimeError), work.write() as unit:
        unit.dossiers.put(a_dossier())
        unit.dossiers.next_number(JUSTICE, DAY)
        unit.payments.next_receipt(2026)
        raise RuntimeError

    with work.write() as unit:
        assert unit.dossiers.find("ref-1") is None
        assert unit.dossiers.next_number(JUSTICE, DAY) == 1
        assert unit.payments.next_receipt(2026) == 1


def test_lists_show_what_they_are_asked_for_the_newest_first(work: Work[DossierUnit]) -> None:
    def sent(n: int, unit: str, state: DossierState) -> Dossier:
        at = A_MORNING + timedelta(days=n)
        dossier = a_dossier(state, unit=unit, code=f"{unit}-260302-000{n}")
        return replace(dossier, ref=f"ref-{n}", created_at=at, submitted_at=at)

    put(
        work,
        sent(1, JUSTICE, DossierState.NEW),
        sent(2, JUSTICE, DossierState.RECEIVED),
        sent(3, WARD, DossierState.NEW),
        replace(a_dossier(), ref="nhap", owner="acc-2"),
    )

    with work.read() as unit:

        def refs(in_unit: str | None, state: DossierState | None, day: date | None) -> list[str]:
            return [each.ref for each in unit.dossiers.of_unit(in_unit, state, day, 10)]

        assert refs(None, None, None) == ["ref-3", "ref-2", "ref-1"]
        assert refs(JUSTICE, None, None) == ["ref-2", "ref-1"]
        assert refs(JUSTICE, DossierState.NEW, None) == ["ref-1"]
        assert refs(None, None, DAY + timedelta(days=3)) == ["ref-3"]
        assert [each.ref for each in unit.dossiers.of_unit(None, None, None, 1)] == ["ref-3"]
        assert [each.ref for each in unit.dossiers.of_owner("acc-1", 2)] == ["ref-3", "ref-2"]
        assert [each.ref for each in unit.dossiers.of_owner("acc-2", 9)] == ["nhap"]


def test_the_public_look_up_tells_no_person(work: Work[DossierUnit]) -> None:
    put(work, replace(a_dossier(DossierState.RECEIVED), due_at=A_MORNING))

    with work.read() as unit:
        facts = unit.dossiers.public(CODE)
    assert facts is not None
    assert (facts.code, facts.unit, facts.state) == (CODE, JUSTICE, DossierState.RECEIVED)
    assert facts.submitted_at == facts.due_at == "2026-03-02T09:00:00.000000+07:00"


@given(st.lists(st.tuples(st.sampled_from([JUSTICE, WARD]), st.sampled_from([2, 3])), max_size=20))
@settings(deadline=None, max_examples=20)
def test_numbers_count_from_one_for_each_unit_and_day(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[str, int]]
) -> None:
    rig = Rig(tmp_path_factory.mktemp("numbers"))
    seen: dict[tuple[str, int], list[int]] = {}
    try:
        for unit_code, day in asked:
            with rig.work.write() as unit:
                number = unit.dossiers.next_number(unit_code, date(2026, 3, day))
            seen.setdefault((unit_code, day), []).append(number)
    finally:
        rig.close()

    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen.values())


def test_receipts_of_parallel_writers_have_no_gap(work: Work[DossierUnit]) -> None:
    numbers: list[int] = []

    def draw() -> None:
        for _ in range(5):
            with work.write() as unit:
                numbers.append(unit.payments.next_receipt(2026))

    threads = [threading.Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers) == list(range(1, 41))


def test_idempotency_keys_are_remembered(work: Work[DossierUnit]) -> None:
    with work.write() as unit:
        unit.dossiers.remember_key("khoa", "a" * 64, "ref-1")

    with work.read() as unit:
        assert unit.dossiers.known_key("khoa") == ("a" * 64, "ref-1")


def test_fee_orders_and_receipt_come_back_as_they_were_put(work: Work[DossierUnit]) -> None:
    fee = DossierFee(CODE, 15_000)
    first, second = an_order(OrderState.CREATED, "a"), an_order(OrderState.CREATED, "b")
    paid = replace(
        first.offered("http://gateway.test/pay/a"),
        state=OrderState.PAID,
        code="00",
        platform_id="PP1",
        bank="SAOBIEN",
        settled_at=A_MORNING,
    )
    receipt = FeeReceipt("BL2026-0000001", CODE, 15_000, "a", "Lan", A_MORNING, "PP1", "SAOBIEN")
    with work.write() as unit:
        unit.payments.put_fee(fee)
        unit.payments.put_order(first)
        unit.payments.put_order(second)
        unit.payments.put_order(paid)
        unit.payments.put_fee(fee.settle("a", A_MORNING))
        unit.payments.add_receipt(receipt)

    with work.read() as unit:
        assert unit.payments.fee(CODE) == DossierFee(CODE, 15_000, FeeState.SETTLED, "a", A_MORNING)
        assert unit.payments.orders(CODE) == [paid, second]
        assert unit.payments.order("a") == paid
        assert unit.payments.receipt(receipt.number) == receipt
        assert unit.payments.receipt_of(CODE) == receipt


def test_the_store_itself_refuses_a_second_receipt_for_a_dossier(work: Work[DossierUnit]) -> None:
    def a_receipt(number: str, reference: str) -> FeeReceipt:
        return FeeReceipt(number, CODE, 15_000, reference, "Lan", A_MORNING, "PP1", "SAOBIEN")

    with work.write() as unit:
        unit.payments.add_receipt(a_receipt("BL2026-0000001", "a"))

    with pytest.raises(Exception, match="UNIQUE"), work.write() as unit:
        unit.payments.add_receipt(a_receipt("BL2026-0000002", "b"))


def test_a_report_is_kept_once_and_reports_stand_in_the_order_of_events(
    work: Work[DossierUnit],
) -> None:
    def a_report(key: str, hours: int) -> PostReport:
        at = A_MORNING + timedelta(hours=hours)
        return PostReport(key, CODE, "EA123456785VN", PostStatus.LEFT, "đi", at, "189910", "ghi")

    late, early = a_report("a", 2), a_report("b", 1)
    with work.write() as unit:
        unit.deliveries.put(a_delivery())
        assert unit.deliveries.add_report(late)
        assert unit.deliveries.add_report(early)
        assert not unit.deliveries.add_report(late)

    with work.read() as unit:
        assert unit.deliveries.reports(CODE) == [early, late]


def test_a_delivery_comes_back_as_it_was_put(work: Work[DossierUnit]) -> None:
    moved = replace(a_delivery(DeliveryState.ARRIVED), item_code="EA123456785VN")
    with work.write() as unit:
        unit.deliveries.put(a_delivery())
        unit.deliveries.put(moved)

    with work.read() as unit:
        assert unit.deliveries.of_dossier(CODE) == unit.deliveries.find(CODE) == moved


def test_the_ledger_holds_every_table_that_the_audit_names(work: Work[DossierUnit]) -> None:
    order: Order = an_order()
    with work.write() as unit:
        unit.dossiers.put(a_dossier().submitted(CODE, A_MORNING, "Lan"))
        unit.dossiers.put(replace(a_dossier(), ref="nhap"))
        unit.dossiers.next_number(JUSTICE, DAY)
        unit.payments.put_fee(DossierFee(CODE, 15_000))
        unit.payments.put_order(order)
        unit.payments.note(NoticeRecord("confirm", "H24abc", "00", "PP1", "97", A_MORNING))
        unit.deliveries.put(a_delivery())

    with work.read() as unit:
        ledger = unit.ledger()

    at = "2026-03-02T09:00:00.000000+07:00"
    assert ledger == {
        "dossiers": [
            {
                "code": CODE,
                "unit": JUSTICE,
                "day": "2026-03-02",
                "number": 1,
                "procedure": PAID,
                "state": "new",
                "history": [{"seq": 1, "event": "submit", "from": "draft", "to": "new", "at": at}],
            }
        ],
        "counters": [{"unit": JUSTICE, "day": "2026-03-02", "last": 1}],
        "fees": [{"dossier": CODE, "amount": 15_000, "state": "due", "settled_by": None}],
        "orders": [{"reference": "H24abc", "dossier": CODE, "amount": 15_000, "state": "offered"}],
        "receipts": [],
        "receipt_counters": [],
        "reports": [],
        "notices": [
            {
                "reference": "H24abc",
                "code": "00",
                "platform_id": "PP1",
                "source": "confirm",
                "answer": "97",
                "at": at,
            }
        ],
        "deliveries": [
            {"dossier": CODE, "order_number": CODE, "item_code": "", "state": "ordered"}
        ],
    }


# -- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(PDF, FileKind.PDF, id="pdf"),
        pytest.param(PNG, FileKind.PNG, id="png"),
        pytest.param(docx(), FileKind.DOCX, id="docx"),
        pytest.param(b"chao", None, id="text"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_content_is_judged_and_the_stream_is_rewound(
    tmp_path: Path, content: bytes, kind: FileKind | None
) -> None:
    stream = io.BytesIO(content)

    assert BlobFiles(Blobs(tmp_path)).media_type(stream) == kind
    assert stream.read() == content


def test_content_is_kept_under_its_hash(tmp_path: Path) -> None:
    files = BlobFiles(Blobs(tmp_path))

    kept = files.keep(io.BytesIO(PDF), 4096)

    with files.open(kept.sha256) as content:
        assert content.read() == PDF
    assert kept.size == len(PDF)
    with pytest.raises(TooLarge):
        files.keep(io.BytesIO(PDF), len(PDF) - 1)
    with pytest.raises(NotFound):
        files.open("0" * 64)
