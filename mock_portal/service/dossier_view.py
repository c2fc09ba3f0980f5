"""Everything about one dossier that a page shows, gathered in one unit of work."""

from dataclasses import dataclass, replace

from mock_portal.domain.agency import Agency
from mock_portal.domain.delivery import Delivery, PostReport
from mock_portal.domain.dossier import Dossier
from mock_portal.domain.fee import DossierFee, FeeReceipt, FeeState, Order
from mock_portal.domain.procedure import Component, Procedure
from mock_portal.domain.site import Site
from mock_portal.ports.dossiers import DossierUnit


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier with the names for its codes, its fee and its way home.

    ``unit`` is ``None`` in a draft whose agency was not chosen yet. ``reports`` are the post's, in
    the order in which things happened. ``place`` is the name of the ward of the delivery.
    """

    dossier: Dossier
    procedure: Procedure
    unit: Agency | None
    fee: DossierFee | None = None
    orders: tuple[Order, ...] = ()
    receipt: FeeReceipt | None = None
    delivery: Delivery | None = None
    reports: tuple[PostReport, ...] = ()
    place: str = ""

    @property
    def is_payable(self) -> bool:
        """Tell whether something has to be paid now."""
        return self.fee is not None and self.fee.state is FeeState.DUE

    @property
    def component_names(self) -> dict[str, str]:
        """Return the names of the components by key."""
        return {each.key: each.name for each in self.procedure.components}

    @property
    def components(self) -> tuple[Component, ...]:
        """Return the components of the procedure."""
        return self.procedure.components


def view_of(unit: DossierUnit, site: Site, dossier: Dossier) -> DossierView:
    """Gather what belongs to a dossier."""
    procedure = site.procedure(dossier.procedure)
    agency = next((each for each in site.agencies if each.code == dossier.unit), None)
    if not dossier.code:
        return DossierView(dossier, procedure, agency)
    delivery = unit.deliveries.of_dossier(dossier.code)
    return DossierView(
        dossier=dossier,
        procedure=procedure,
        unit=agency,
        fee=unit.payments.fee(dossier.code),
        orders=tuple(unit.payments.orders(dossier.code)),
        receipt=unit.payments.receipt_of(dossier.code),
        delivery=delivery,
        reports=tuple(unit.deliveries.reports(delivery.order_number)) if delivery else (),
        place=place_name(site, dossier),
    )


def line_of(unit: DossierUnit, site: Site, dossier: Dossier) -> DossierView:
    """Gather what a list shows of a dossier: the names for its codes, and its fee."""
    agency = next((each for each in site.agencies if each.code == dossier.unit), None)
    fee = unit.payments.fee(dossier.code) if dossier.code else None
    return DossierView(dossier, site.procedure(dossier.procedure), agency, fee)


def bill_of(unit: DossierUnit, site: Site, dossier: Dossier) -> DossierView | None:
    """Gather what a list of payments shows of a dossier; ``None`` when it costs nothing."""
    line = line_of(unit, site, dossier)
    if line.fee is None:
        return None
    return replace(line, receipt=unit.payments.receipt_of(dossier.code))


def place_name(site: Site, dossier: Dossier) -> str:
    """Return the name of the ward, commune or special zone to deliver to, if there is one."""
    if dossier.delivery is None:
        return ""
    found = (each for each in site.agencies if each.place == dossier.delivery.place)
    agency = next(found, None) if dossier.delivery.place else None
    return agency.name if agency else ""
