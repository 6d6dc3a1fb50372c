"""What messages hold about people."""

from django.db.models import Q

from core.merging import accounts_of, addresses_of
from core.people import Person
from core.personal_data import CODE, ERASED, NUMBER, PersonalTable
from outbox.models.letter import ONE_PERSON


def _reported_about(person: Person) -> Q:
    return Q(address__in=addresses_of(person))


def _written_to(person: Person) -> Q:
    """Return a filter for the letters that were written to this person alone. A letter to many says
    nothing about one of them.
    """
    return Q(audience=ONE_PERSON, audience_value__in=map(str, sorted(accounts_of(person))))


_WRITTEN_TO = f"""EXISTS (SELECT 1 FROM core_erasure e WHERE e.state IN ('confirmed', 'erased')
    AND OLD.audience = '{ONE_PERSON}' AND (OLD.audience_value = CAST(e.trainer_id AS TEXT) OR OLD.audience_value IN
        (SELECT CAST(m.going_id AS TEXT) FROM core_merge m WHERE m.staying_id = e.trainer_id)))"""  # noqa: S608 - our own words

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
    PersonalTable(
        "outbox.Letter",
        empties={"title": ERASED, "words": ERASED},
        keeps={"audience": CODE, "audience_value": NUMBER, "urgency": CODE, "state": CODE},
        also=_written_to,
        also_sql=_WRITTEN_TO,
    ),
    PersonalTable("outbox.LetterRecipient", "trainer"),
    PersonalTable("outbox.Heartbeat", keeps={"part": CODE}),
]
