"""What becomes of messages when two accounts become one."""

from datetime import datetime

from core.merging import MergedTable
from core.people import Person
from outbox.models import Notice

TABLES = [
    MergedTable("outbox.Notice", "mail", "mails", moves=("trainer",)),
    MergedTable("outbox.MailEvent", path="notice__trainer"),
    MergedTable("outbox.Letter", stays=("written_by", "approved_by")),
    MergedTable(
        "outbox.LetterRecipient",
        "place on a letter's list",
        "places on letters' lists",
        moves=("trainer",),
        once=("letter",),
    ),
]


def prepare_rows(going: Person, staying: Person, *, by: Person | None, at: datetime) -> None:
    """End unsent notices that contain a code or a link for the account that goes. Its other unsent
    notices are sent to the account that stays.
    """
    ended = {"state": Notice.State.SUPERSEDED, "ended_at": at, "leased_until": None, "payload": {}}
    Notice.objects.unsent().filter(trainer=going, private=True).unleased(at).update(**ended)
