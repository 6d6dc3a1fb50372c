"""What messages hold about people."""

from typing import Any

from django.db.models import Q

from core.personal_data import CODE, ERASED, NUMBER, PersonalTable


def _reported_about(person: Any) -> Q:
    return Q(address=person.email)


TABLES = [
    PersonalTable(
        "outbox.Notice",
        "trainer",
        empties={
            "payload": {},
            "last_error": ERASED,
            "to_address": "",
            "title": ERASED,
            "text": ERASED,
            "html": ERASED,
        },
        keeps={
            "kind": CODE,
            "subject": NUMBER,
            "event": NUMBER,
            "urgency": CODE,
            "state": CODE,
            "message_id": NUMBER,
        },
    ),
    PersonalTable(
        "outbox.MailEvent",
        "notice__trainer",
        empties={"address": "", "words": ERASED},
        keeps={"event_id": "the mail provider's name for it, so that it is recorded once", "kind": CODE},
        also=_reported_about,
    ),
    PersonalTable("outbox.Heartbeat", keeps={"part": CODE}),
]
