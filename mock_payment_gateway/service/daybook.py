"""The use cases of reconciliation: the file of a day, and differences sown into it."""

from collections.abc import Iterator

from mock_payment_gateway.domain import daybook, reconciliation
from mock_payment_gateway.domain.daybook import FileQuery, Plant
from mock_payment_gateway.domain.errors import NoSuchPartner, NoSuchTransaction
from mock_payment_gateway.domain.platform import Fields
from mock_payment_gateway.domain.reconciliation import Day, Entry
from mock_payment_gateway.ports import Unit, Work
from simkit.core.chance import Ids
from simkit.core.clock import ICT, Clock


class Daybook:
    """Makes files for partners and VNPAY merchants alike: each knows its own by its code."""

    def __init__(self, work: Work, clock: Clock, ids: Ids) -> None:
        """``ids`` draws where sown differences go."""
        self._work = work
        self._clock = clock
        self._ids = ids

    def file(self, message: FileQuery) -> Fields:
        """Return the file of a day that is over; the day itself is refused with 05."""
        with self._work.read() as unit:
            secret = _secret(unit, message.partner)
            message.check(secret)
            if message.day >= self._clock.now().astimezone(ICT).date():
                raise NoSuchTransaction("ngày đối soát chưa kết thúc")
            sown = unit.files.find(message.partner, message.day)
            made = self._made(unit, message.partner, message)
        text = sown or reconciliation.write(made)
        return message.answer(made.name, reconciliation.to_base64(text), secret)

    def sow(self, plant: Plant) -> list[dict[str, str]]:
        """Sow differences into the file of a day, for a partner to find; return where they are."""
        with self._work.write() as unit:
            _secret(unit, plant.partner)
            day = self._made(unit, plant.partner, plant)
            spoilt, planted = reconciliation.plant(day, plant.kinds, self._ids)
            unit.files.put(plant.partner, plant.day, reconciliation.write(spoilt))
        return [
            {"kind": one.kind, "platform_id": one.platform_id, "what": one.what} for one in planted
        ]

    def _made(self, unit: Unit, partner: str, asked: FileQuery | Plant) -> Day:
        return daybook.book(partner, asked.day, _entries(unit, partner), self._clock.now())


def _secret(unit: Unit, code: str) -> str:
    partner = unit.partners.find(code)
    merchant = unit.merchants.find(code)
    if partner is not None:
        return partner.secret
    if merchant is None:
        raise NoSuchPartner(facts={"MaDoiTac": code})
    return merchant.secret


def _entries(unit: Unit, code: str) -> Iterator[Entry]:
    own = [payment for payment in unit.payments.all() if payment.partner == code]
    yield from daybook.of_payments(own, unit.refunds.all())
    for sale in unit.sales.of(code):
        yield from daybook.of_sale(sale, unit.sales.refunds(sale.number))
