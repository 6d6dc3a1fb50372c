"""The journal and its keys, and what the database refuses about them."""

from types import SimpleNamespace

from journal.models import JournalBook, JournalEntry, JournalKey
from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT


def add_journal(stage: SimpleNamespace) -> None:
    stage.book = JournalBook.objects.create(pk=1, last_number=1)
    written = {"number": 1, "kind": "payment", "at": AT, "written_at": AT, "currency": "USD"}
    stage.journal = JournalEntry.objects.create(ledger=stage.payment, amount_cents=-9900, **written)
    written |= {"number": 2, "kind": "approved", "currency": ""}
    stage.journal_step = JournalEntry.objects.create(step=stage.history, **written)
    made = {"name": "Books", "sha256": "a" * 64, "scopes": ["read"], "made_by": stage.lead, "made_at": AT}
    stage.journal_key = JournalKey.objects.create(prefix="jk1", **made)
    ended = {"revoked_at": AT, "revoked_by": stage.lead, "replaces": stage.journal_key}
    stage.revoked_journal_key = JournalKey.objects.create(prefix="jk2", **made, **ended)


def journal_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [*_entries(s), *_keys(s)]


def _entries(s: SimpleNamespace) -> list[Illegal]:
    fresh = {"number": 9, "ledger": s.entry}
    longest = {"certification": 20, "about": 80, "reference": 255}
    return [
        change("journal_journalentry_no_update", s.journal, amount_cents=1),
        remove("journal_journalentry_no_delete", s.journal),
        remove("journal_journalbook_kept", s.book),
        copy("journal_book_only", s.book, id=2),
        change("journal_journalbook_last_number_check", s.book, last_number=-1),
        copy("journal_journalentry_ledger_id_key", s.journal, "ledger", number=9),
        copy("journal_journalentry_step_id_key", s.journal_step, "step", number=9),
        copy("journal_entry_source", s.journal, **fresh, amount_cents=None),
        copy("journal_entry_number", s.journal, ledger=s.entry, number=0),
        copy("journal_journalentry_number_check", s.journal, ledger=s.entry, number=-1),
        *(
            copy(f"journal_journalentry_{field}_length", s.journal, **{**fresh, field: "x" * (most + 1)})
            for field, most in longest.items()
        ),
    ]


def _keys(s: SimpleNamespace) -> list[Illegal]:
    key, revoked = s.journal_key, s.revoked_journal_key
    return [
        *change_each(
            "journal_journalkey_fixed",
            key,
            book_id=2,
            prefix="nine",
            sha256="b" * 64,
            scopes=["write"],
            made_by=s.reviewer,
            made_at=s.later,
            replaces=revoked,
        ),
        change("journal_journalkey_stays_revoked", revoked, revoked_at=None, revoked_by=None),
        remove("journal_journalkey_kept", key),
        copy("journal_journalkey_prefix_key", key, "prefix"),
        copy("journal_journalkey_replaces_id_key", revoked),
        copy("journal_journalkey_revoked", key, revoked_at=s.at),
        *(
            copy(f"journal_journalkey_{field}_length", key, **{field: "x" * (most + 1)})
            for field, most in {"name": 60, "prefix": 12, "sha256": 64}.items()
        ),
    ]
