"""What one can ask of the banks."""

from collections.abc import Callable
from dataclasses import dataclass

from mock_bank.ports import Passwords, Work
from mock_bank.service.approvals import Approvals
from mock_bank.service.books import Books
from mock_bank.service.checkout import Checkout, Tools
from mock_bank.service.codes import Codes
from mock_bank.service.gate import Gate
from mock_bank.service.lateness import Lateness
from mock_bank.service.orders import Orders
from mock_bank.service.refunds import Refunds
from mock_bank.service.till import Till
from mock_bank.service.transfers import Transfers
from simkit.core.captcha import Captchas
from simkit.core.chance import Ids
from simkit.core.clock import Clock


@dataclass(frozen=True, slots=True)
class BankService:
    """The use cases of one world: the gateway's, the customer's, the phone's, the bookkeeper's."""

    orders: Orders
    checkout: Checkout
    approvals: Approvals
    lateness: Lateness
    refunds: Refunds
    gate: Gate
    transfers: Transfers
    books: Books


def open_service(  # noqa: PLR0913 - one parameter per thing that is handed in
    work: Work,
    clock: Clock,
    ids: Ids,
    *,
    captchas: Captchas,
    passwords: Passwords,
    own_url: Callable[[str], str],
) -> BankService:
    """Put the use cases together; ``own_url`` makes the absolute address of a path of ours."""
    till = Till(ids)
    tools = Tools(ids, captchas, passwords, Codes(ids, own_url), till)
    return BankService(
        orders=Orders(work, clock, ids),
        checkout=Checkout(work, clock, tools),
        approvals=Approvals(work, clock, till),
        lateness=Lateness(work, clock, till),
        refunds=Refunds(work, clock, till),
        gate=Gate(work, clock, passwords),
        transfers=Transfers(work, clock, till),
        books=Books(work, clock, ids, passwords),
    )
