"""What programs that read the journal send and get."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from journal.models import JournalEntry

LAST_NUMBER, PAGE, LONGEST_PAGE = 2**62, 500, 1000


class AfterIn(Schema):
    """Which entries: those after a number, 0 for the first ones, and at most how many."""

    after: Annotated[int, Field(ge=0, le=LAST_NUMBER)] = 0
    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE)] = PAGE


class EntryOut(Schema):
    """One entry: money that was booked, or a step of a renewal, which has no amount. What is owed and
    what we paid out is positive, what we received and what is no longer owed is negative.
    """

    number: int
    kind: Annotated[str, Field(json_schema_extra={"enum": JournalEntry.Kind.values})]
    happened_at: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    certification: str | None
    about: str | None
    renewal: str | None
    cycle_expires_on: Annotated[str, Field(json_schema_extra={"format": "date"})] | None
    amount_cents: int | None
    currency: str | None
    reference: str | None
    source: str


class EntriesOut(Schema):
    """A page of the journal. Ask for what comes after `next`; while `more` is true, there is more now."""

    entries: list[EntryOut]
    next: int
    more: bool
