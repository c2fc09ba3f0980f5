"""What one can ask about results that go home by post: to order it, and to hear the post."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mock_portal.domain.delivery import Delivery, DeliveryState, PostReport
from mock_portal.domain.dossier import DOSSIER, Dossier, DossierEvent
from mock_portal.domain.errors import ParcelUnknown
from mock_portal.domain.site import Site
from mock_portal.ports import Work
from mock_portal.ports.dossiers import DossierUnit
from mock_portal.service.dossier_letters import DossierLetters
from mock_portal.service.dossier_view import place_name
from simkit.core.clock import Clock
from simkit.core.errors import BadInput
from simkit.core.messages import Message, Receipt

POST_ORDER = "post-order"
"""The kind of the message that orders a delivery."""

POSTMAN = "Bưu điện"
MAX_ITEM_CODE = 40


@dataclass(frozen=True, slots=True)
class PostTerms:
    """Who we are at the post: customer code, and its number for our province.

    18 is Hải Phòng in the table of the post's own counter software [S].
    """

    customer: str = "H24"
    province: str = "18"
    item_kind: str = "KQ-TTHC"


@dataclass(frozen=True, slots=True)
class DeliveryTools:
    """What ``DeliveryService`` is built with."""

    work: Work[DossierUnit]
    site: Site
    letters: DossierLetters
    clock: Clock
    terms: PostTerms = field(default_factory=PostTerms)


@dataclass(frozen=True, slots=True)
class DeliveryService:
    """The use cases of deliveries. Knows no HTTP and no SQL."""

    tools: DeliveryTools = field(repr=False)

    def order(self, unit: DossierUnit, dossier: Dossier) -> None:
        """Order the delivery of a result that is ready, in the unit of work that made it so."""
        if dossier.delivery is None:
            raise ValueError(f"{dossier.code} is not to be delivered")
        now = self.tools.clock.now()
        delivery = Delivery(dossier.code, dossier.code, dossier.delivery, now)
        unit.deliveries.put(delivery)
        body = self._order_message(dossier, delivery)
        unit.outbox.put(Message(POST_ORDER, delivery.order_number, "post", body, dossier.code))

    def order_answered(self, message: Message, receipt: Receipt) -> None:
        """Keep the item code that the post gave; called for each try to deliver the order."""
        code = receipt.answer.get("ItemCode")
        if not receipt.accepted or not isinstance(code, str) or len(code) > MAX_ITEM_CODE:
            return
        with self.tools.work.write() as unit:
            delivery = unit.deliveries.find(message.key)
            if delivery is not None:
                unit.deliveries.put(replace(delivery, item_code=code))

    def report(self, report: PostReport, customer: str) -> Delivery:
        """Take a report of the post; one that is known by its key changes nothing.

        A result that was delivered makes its dossier «Đã trả kết quả».
        """
        if customer != self.tools.terms.customer:
            raise BadInput("Mã khách hàng không phải của cổng này.", {"CustomerCode": "not ours"})
        with self.tools.work.write() as unit:
            delivery = unit.deliveries.find(report.order_number)
            if delivery is None:
                raise ParcelUnknown(
                    "Không có yêu cầu chuyển phát nào mang số này.",
                    {"OrderNumber": report.order_number},
                )
            if not unit.deliveries.add_report(report):
                return delivery
            told = delivery.told(report.status)
            told = replace(told, item_code=told.item_code or report.item_code)
            unit.deliveries.put(told)
            if told.state is DeliveryState.DELIVERED:
                self._delivered(unit, told)
            return told

    def _delivered(self, unit: DossierUnit, delivery: Delivery) -> None:
        dossier = unit.dossiers.of_code(delivery.dossier)
        if dossier is None or DossierEvent.DELIVER not in DOSSIER.events_from(dossier.state):
            return
        dossier = dossier.happen(DossierEvent.DELIVER, self.tools.clock.now(), POSTMAN)
        unit.dossiers.put(dossier)
        self.tools.letters.tell(unit.outbox, dossier)

    def _order_message(self, dossier: Dossier, delivery: Delivery) -> Mapping[str, object]:
        """Return the order in the words of the post's NGSP interface [S]."""
        site, terms = self.tools.site, self.tools.terms
        agency, to = site.agency(dossier.unit), delivery.to
        place = place_name(site, dossier)
        return {
            "CustomerCode": terms.customer,
            "OrderNumber": delivery.order_number,
            "ItemKind": terms.item_kind,
            "CODAmount": 0,
            "SenderName": agency.name,
            "SenderAddress": agency.address,
            "SenderTel": agency.phone,
            "ReceiverName": to.receiver,
            "ReceiverAddress": f"{to.address}, {place}" if place else to.address,
            "ReceiverTel": to.phone,
            "ReceiverProvince": terms.province,
            "ReceiverDistrict": place or to.place,
            "Description": f"Kết quả hồ sơ {dossier.code}",
        }
