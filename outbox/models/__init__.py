"""The rows of the outbox: notices, letters, events of a mail provider, and heartbeats."""

from outbox.models.leased import APART, LEASE, LONGEST, LeasedQuerySet, LeasedRow
from outbox.models.letter import Letter, LetterQuerySet, LetterRecipient
from outbox.models.notice import Heartbeat, MailEvent, Notice, NoticeQuerySet, new_message_id

__all__ = [
    "APART",
    "LEASE",
    "LONGEST",
    "Heartbeat",
    "LeasedQuerySet",
    "LeasedRow",
    "Letter",
    "LetterQuerySet",
    "LetterRecipient",
    "MailEvent",
    "Notice",
    "NoticeQuerySet",
    "new_message_id",
]
