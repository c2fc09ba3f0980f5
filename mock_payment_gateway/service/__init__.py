"""What one can ask of the gateway: one method per request, one unit of work per change."""

from mock_payment_gateway.service.platform import TIME_OUT, GatewayService, Order
from mock_payment_gateway.service.vnpay import REFUND_MOVES, SALE_EXPIRES, SALE_RESOLVES, Vnpay

__all__ = [
    "REFUND_MOVES",
    "SALE_EXPIRES",
    "SALE_RESOLVES",
    "TIME_OUT",
    "GatewayService",
    "Order",
    "Vnpay",
]
