"""The entry of Locust: who comes, what is watched. Nothing else is decided here."""

from load.thresholds import watch
from load.users.citizen import Citizen
from load.users.visitor import Visitor

__all__ = ["Citizen", "Visitor", "watch"]
