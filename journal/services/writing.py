"""Write what was committed into the journal: numbered by one sweep at a time, under one lock."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max, Model

from core.faults import faultpoint
from core.history import subject_pk
from core.models import HistoryEntry
from journal.models import JournalBook, JournalEntry, unwritten_money, unwritten_steps
from payments.models import LedgerEntry
from petitions.models import Petition
from renewals.models import Application
from webhooks.services.queueing import queue_events

EVENT = "journal.entry"
BATCH = 500  # rows in one transaction
WINDOW = 50_000  # rows back from the newest in which the quick sweep looks


def write_entries(*, at: datetime, everything: bool = False) -> int:
    """Write what was committed and is not in the journal yet; return how many rows. Idempotent.

    Without `everything` it looks at the newest rows only, which takes the same time however long the
    books are; what commits later than any such row is found by the sweep that looks at all.
    """
    total = 0
    while written := _write_batch(at, everything):
        total += written
        faultpoint("journal.written")
        if written < BATCH:
            break
    return total


def data_of(entry: JournalEntry) -> dict[str, object]:
    """Return an entry as receivers and the API have it: numbers, days, codes and amounts, no names."""
    return {
        "number": entry.number,
        "kind": entry.kind,
        "happened_at": entry.at.astimezone(UTC).isoformat(),
        "certification": entry.certification or None,
        "about": entry.about or None,
        "renewal": entry.application.reference if entry.application else None,
        "cycle_expires_on": entry.application.cycle.expires_on.isoformat() if entry.application else None,
        "amount_cents": entry.amount_cents,
        "currency": entry.currency or None,
        "reference": entry.reference or None,
        "source": f"ledger:{entry.ledger_id}" if entry.ledger_id else f"step:{entry.step_id}",
    }


def _write_batch(at: datetime, everything: bool) -> int:
    """Write up to one batch, in the order in which things happened. The lock of the book is held until
    the commit, so numbers become visible in their order.
    """
    with transaction.atomic():
        JournalBook.objects.get_or_create(pk=1)
        book = JournalBook.objects.select_for_update().get(pk=1)
        found = list(islice(_unwritten(everything), BATCH))
        if not found:
            return 0
        entries = [_entry_of(one, at) for one in found]
        for number, entry in enumerate(entries, book.last_number + 1):
            entry.number = number
        _add_renewals(entries)
        JournalEntry.objects.bulk_create(entries)
        book.last_number = entries[-1].number
        book.save(update_fields=["last_number"])
        told = [(f"journal:{entry.number}", data_of(entry)) for entry in entries]
        queue_events(EVENT, owner="", told=told, at=at)
        return len(entries)


def _unwritten(everything: bool) -> Iterator[LedgerEntry | HistoryEntry]:
    money, steps = unwritten_money().select_related("charge"), unwritten_steps()
    if not everything:
        money = money.filter(pk__gt=_newest(LedgerEntry) - WINDOW)
        steps = steps.filter(pk__gt=_newest(HistoryEntry) - WINDOW)
    both: list[LedgerEntry | HistoryEntry] = [*money[:BATCH], *steps[:BATCH]]
    return iter(sorted(both, key=lambda one: (one.at, isinstance(one, HistoryEntry), one.pk)))


def _newest(model: type[Model]) -> int:
    return int(model._default_manager.order_by().aggregate(newest=Max("pk"))["newest"] or 0)


def _entry_of(row: LedgerEntry | HistoryEntry, at: datetime) -> JournalEntry:
    if isinstance(row, HistoryEntry):
        return JournalEntry(
            kind=row.to_state, at=row.at, written_at=at, step=row, application_id=subject_pk(row.subject)
        )
    told = {"amount_cents": row.amount_cents, "currency": row.currency, "reference": row.reference}
    about = row.charge.subject
    return JournalEntry(kind=row.kind, at=row.at, written_at=at, ledger=row, about=about, **told)


def _add_renewals(entries: Iterable[JournalEntry]) -> None:
    """Set the renewal and the certification number of each entry that has one. Two queries."""
    renewals = {one: _pk_in(one.about, "renewals.application") or one.application_id for one in entries}
    found = Application.objects.select_related("cycle__credential").in_bulk(
        set(filter(None, renewals.values()))
    )
    petitions = {one: _pk_in(one.about, "petitions.petition") for one in entries}
    rows = Petition.objects.select_related("credential").in_bulk(set(filter(None, petitions.values())))
    for entry, pk in renewals.items():
        entry.application = found.get(pk) if pk else None
        if entry.application:
            entry.certification = entry.application.cycle.credential.number
        elif petition := rows.get(petitions[entry] or 0):
            entry.certification = petition.credential.number


def _pk_in(subject: str, model: str) -> int | None:
    return subject_pk(subject) if subject.startswith(f"{model}:") else None
