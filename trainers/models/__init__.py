"""The person, the credential, its cycles, their history, and what we told them."""

from trainers.models.credential import Credential, Cycle
from trainers.models.history import HistoryEntry
from trainers.models.notice import Heartbeat, MailEvent, Notice
from trainers.models.person import Trainer

__all__ = ["Credential", "Cycle", "Heartbeat", "HistoryEntry", "MailEvent", "Notice", "Trainer"]
