"""The operation by which programs of the certifying body read the journal."""

from django.http import HttpRequest
from ninja import Query, Router

from api.frame import PROBLEMS, ScopedKey
from journal.api.schemas import AfterIn, EntriesOut, EntryOut
from journal.models import JournalEntry, JournalKey
from journal.services.writing import data_of

router = Router(tags=["Journal"])


@router.get(
    "/journal/entries",
    auth=ScopedKey(JournalKey, JournalKey.Scope.READ),
    response={200: EntriesOut, **PROBLEMS},
    operation_id="list_journal_entries",
    summary="Read the journal",
)
def list_entries(request: HttpRequest, wanted: Query[AfterIn]) -> EntriesOut:
    """Return the entries after a number, in their order. Numbers have no gap, and an entry never
    changes: whoever goes on from `next` misses nothing and reads nothing twice, also from an earlier number.
    """
    found = JournalEntry.objects.after(wanted.after).select_related("application__cycle")
    rows = list(found[: wanted.limit + 1])
    shown = rows[: wanted.limit]
    return EntriesOut(
        entries=[EntryOut.model_validate(data_of(one)) for one in shown],
        next=shown[-1].number if shown else wanted.after,
        more=len(rows) > wanted.limit,
    )
