"""What one can ask of the banks."""

from dataclasses import dataclass

from mock_bank.service.books import Books
from mock_bank.service.checkout import Checkout
from mock_bank.service.orders import Orders


@dataclass(frozen=True, slots=True)
class BankService:
    """The use cases of one world: the gateway's, the customer's, the bookkeeper's."""

    orders: Orders
    checkout: Checkout
    books: Books
