"""The rows of the outbox: notices, letters, what a mail provider reported, and who is alive."""

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
