"""The rows of the outbox: notices, letters, events of a mail provider, and heartbeats."""

from outbox.models.letter import Letter, LetterQuerySet, LetterRecipient
from outbox.models.notice import (
    APART,
    LEASE,
    LONGEST,
    Heartbeat,
    MailEvent,
    Notice,
    NoticeQuerySet,
    new_message_id,
)

__all__ = [
    "APART",
    "LEASE",
    "LONGEST",
    "Heartbeat",
    "Letter",
    "LetterQuerySet",
    "LetterRecipient",
    "MailEvent",
    "Notice",
    "NoticeQuerySet",
    "new_message_id",
]
