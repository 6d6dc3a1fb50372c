"""What people do in hardship: ask, withdraw, propose, grant, decline, take back."""

from hardship.services.asking import ask_for_relief, withdraw_relief
from hardship.services.deciding import decline_relief, grant_relief, propose_relief, take_back_waiver

__all__ = [
    "ask_for_relief",
    "decline_relief",
    "grant_relief",
    "propose_relief",
    "take_back_waiver",
    "withdraw_relief",
]
