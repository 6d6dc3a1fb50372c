"""The services of trainers, credentials and cycles: one function for each verb."""

from trainers.services.accounts import create_trainer, rename_trainer
from trainers.services.credentials import (
    grant_credential,
    reinstate_credential,
    revoke_credential,
    suspend_credential,
)
from trainers.services.cycles import CycleDates, cycle_dates, open_next_cycle

__all__ = [
    "CycleDates",
    "create_trainer",
    "cycle_dates",
    "grant_credential",
    "open_next_cycle",
    "reinstate_credential",
    "rename_trainer",
    "revoke_credential",
    "suspend_credential",
]
