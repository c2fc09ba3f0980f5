"""What one can ask of the portal: one service per topic, handed to the views together."""

from dataclasses import dataclass

from mock_portal.domain.site import Site
from mock_portal.service.accounts import AccountService
from mock_portal.service.deliveries import DeliveryService
from mock_portal.service.desk import DeskService
from mock_portal.service.dossiers import DossierService
from mock_portal.service.payments import PaymentService
from mock_portal.service.procedures import ProcedureService
from mock_portal.service.reconciling import ReconcileService


@dataclass(frozen=True, slots=True)
class PortalService:
    """All that the portal of one world can be asked; ``site`` is the city that it serves."""

    site: Site
    accounts: AccountService
    procedures: ProcedureService
    dossiers: DossierService
    payments: PaymentService
    reconciling: ReconcileService
    deliveries: DeliveryService
    desk: DeskService
