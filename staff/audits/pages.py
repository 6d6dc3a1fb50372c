"""What the review page of an audit shows: time left, documents, what closing it would do, its
history.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import prefetch_related_objects

from audits.missing import missing_documents
from audits.models import Audit, AuditItem, Decision, Extension
from audits.notice_codes import OPENED
from audits.services.timing import is_answered, items_of
from cases.listing import pending_until
from cases.reviewers import may_review
from ceus.models import RecordDocument
from core.deadlines import clock_time, moment_words
from core.history import subject_of
from core.templatetags.words import day
from documents.models import Document
from documents.opened import OpenedDocument, opened_documents
from outbox.models import Notice
from rules.answers import Requirement, Standing
from rules.units import count_of
from staff.audits.counted import CountedRecords
from staff.decisions import read_decisions
from staff.evidence import Evidence, NamedFile, evidence_for
from staff.precedents import Precedent, document_precedents
from trainers.models import Trainer

State, Verdict = Audit.State, AuditItem.Verdict
Opened = Mapping[int, OpenedDocument]  # by the document's primary key


@dataclass
class DocumentRow:
    """One counted record with its evidence. `elsewhere` names other trainers who sent the same
    file.
    """

    item: AuditItem
    files: list[RecordDocument]
    missing: bool
    number: int
    opened_at: datetime | None = None  # when this reader had opened all of it
    elsewhere: list[str] = field(default_factory=list)

    @property
    def is_decided(self) -> bool:
        """Return whether the record's documents were accepted or refused."""
        return self.item.verdict in (Verdict.ACCEPTED, Verdict.REFUSED)

    @property
    def is_unopened(self) -> bool:
        """Return whether a document of the record was not opened by this reader."""
        return bool(self.files) and self.opened_at is None


@dataclass(frozen=True)
class AuditReview:
    """Everything that a reviewer needs for a decision about one audit."""

    rows: list[DocumentRow]
    row: DocumentRow | None  # the one that is shown
    evidence: Evidence
    precedents: list[Precedent]  # about the one that is shown
    standing: Standing
    without: Requirement | None  # what would count without the one that is shown, if that were not enough
    beside: list[int]  # records that the renewal claims besides; not those that a petition granted
    effect: str
    doubts: list[str]  # what the reader confirms before passing it: the shown document is not opened yet
    pending: Decision | None
    asked: Extension | None
    left: str
    mail: str
    may_open_files: bool
    may_review: bool  # not their own, nor of somebody whom they know
    may_decide: bool
    is_own: bool
    to_replace: int
    judged: int

    @property
    def is_judged(self) -> bool:
        """Return whether each record was accepted or refused."""
        return self.judged == len(self.rows)

    @property
    def left_over(self) -> int:
        """Return how many records have no verdict."""
        return len(self.rows) - self.judged - self.to_replace

    @property
    def unopened(self) -> list[DocumentRow]:
        """Return the rows that this reader has not opened. The row that the page shows counts as opened."""
        return [one for one in self.rows if one.is_unopened]

    @property
    def passes_all_checks(self) -> bool:
        """Return whether nothing needs a closer look before the audit is closed as passed."""
        return not self.unopened and not any(one.elsewhere or one.item.suspected_by_id for one in self.rows)

    @property
    def next_row(self) -> DocumentRow | None:
        """Return the next row without a verdict after the one that the page shows."""
        return next_undecided(self.rows, self.row)


def audit_review(audit: Audit, reader: Trainer, today: date, asked: Mapping[str, str]) -> AuditReview:
    """Return what `reader` needs for a decision, with the document that the query `asked` names."""
    items = items_of(audit)
    opened = _opened_by(reader, items)
    rows = _document_rows(items, opened)
    row, doubts = _shown_row(rows, asked), _unopened_words(rows)
    evidence = _evidence_of(row, reader, asked, opened)
    if row and evidence.all_opened_at:
        row.opened_at = evidence.all_opened_at
    pending: Decision | None = read_decisions(audit)
    lead = reader.has_perm("audits.lead_audit")
    may = may_review(audit, reader)
    counted = CountedRecords(audit, items)
    standing = counted.standing_without()
    return AuditReview(
        rows=rows,
        row=row,
        evidence=evidence,
        precedents=document_precedents([row.item.record], but=audit.pk) if row else [],
        standing=standing,
        without=_without(counted, row) if standing.eligible else None,
        beside=counted.beside,
        effect=effect_of_passing(standing),
        doubts=doubts,
        pending=pending,
        asked=audit.extensions.filter(state=Extension.State.ASKED).first(),
        left=time_left(audit, today),
        mail=mail_words(audit),
        may_open_files=reader.has_perm("documents.view_document"),
        may_review=may,
        may_decide=may and (lead or not audit.for_lead) and audit.state == State.SENT and pending is None,
        is_own=audit.trainer.pk == reader.pk,
        to_replace=sum(item.verdict == Verdict.REPLACE for item in items),
        judged=sum(item.verdict in (Verdict.ACCEPTED, Verdict.REFUSED) for item in items),
    )


def next_undecided(rows: list[DocumentRow], row: DocumentRow | None) -> DocumentRow | None:
    """Return the next row without a verdict after `row`, continuing from the first row after the
    last; None without one.
    """
    at = row.number if row else 0
    others = [one for one in (*rows[at:], *rows[:at]) if one is not row]
    return next((one for one in others if one.item.verdict == Verdict.NONE), None)


def unopened_words(audit: Audit, reader: Trainer) -> list[str]:
    """Return the warnings that `reader` must confirm before passing the audit; empty when they
    opened everything.
    """
    items = items_of(audit)
    return _unopened_words(_document_rows(items, _opened_by(reader, items)))


def _unopened_words(rows: list[DocumentRow]) -> list[str]:
    rows = [one for one in rows if one.files]
    unopened = [one.item.record.title for one in rows if one.is_unopened]
    if not unopened:
        return []
    were = "was" if len(unopened) == 1 else "were"
    return [f"{len(unopened)} of {len(rows)} {were} not opened by you: {', '.join(unopened)}."]


def _shown_row(rows: list[DocumentRow], asked: Mapping[str, str]) -> DocumentRow | None:
    """Return the row that the query `asked` names, else the first without a verdict, else the
    first.
    """
    wanted = next((one for one in rows if str(one.item.pk) == asked.get("item")), None)
    return wanted or next_undecided(rows, None) or next(iter(rows), None)


def _evidence_of(
    row: DocumentRow | None, reader: Trainer, asked: Mapping[str, str], opened: Opened
) -> Evidence:
    if row is None:
        return Evidence([], [])
    files = [NamedFile(one.get_part_display(), one.document) for one in row.files]
    return evidence_for(files, reader, asked, kept={"item": str(row.item.pk)}, seen=opened)


def _without(counted: CountedRecords, row: DocumentRow | None) -> Requirement | None:
    """Return the first requirement that would not be met without the shown record; None without one."""
    if row is None or row.item.verdict == Verdict.REFUSED:
        return None
    standing = counted.standing_without(row.item.record_id)
    return next((one for one in standing.requirements if not one.met), None)


def effect_of_passing(standing: Standing) -> str:
    """Return a sentence on what happens to the renewal when the audit is closed as passed now."""
    if standing.eligible:
        return "The renewal is approved, and the next cycle opens."
    missing = " ".join(one.text for one in standing.requirements if not one.met)
    return f"Without what you refused it is not enough: the renewal goes back for correction. {missing}"


def time_left(audit: Audit, today: date) -> str:
    """Return what the audit waits for, or the time left, such as "waits for us", "3 days left" or
    "not begun".

    `audit` comes from `with_decisions`.
    """
    pending = pending_until(audit)
    if pending:
        zone = audit.cycle.policy.time_zone
        return f"decided, pending until {clock_time(pending, zone)}"
    if audit.state == State.PROPOSED:
        return "opens once the renewal is paid" if audit.agreed_by_id else "waits for a second lead"
    if not audit.is_open:
        return ""
    if audit.state == State.SENT:
        return "waits for us"
    if audit.due_on is None:
        return "not begun"
    left = (audit.due_on - today).days
    if left < 0:
        return f"ended {day(audit.due_on)}"
    return "ends today" if left == 0 else f"{count_of(left, 'day')} left"


def documents_words(audit: Audit) -> str:
    """Return how many items have their documents or a reason for missing ones, of all items, such
    as "3/5".

    Reads what was prefetched with the audit.
    """
    items = list(audit.items.all())
    return f"{sum(map(is_answered, items))}/{len(items)}"


def mail_words(audit: Audit) -> str:
    """Return what happened to the mail that opened the audit: it proves on which day the time began
    (Q18).
    """
    notice = Notice.objects.filter(kind=OPENED, subject=subject_of(audit)).first()
    if notice is None:
        return "none"
    ended = f"{notice.get_state_display().lower()}{f': {notice.last_error}' if notice.last_error else ''}"
    event = notice.mail_events.first()
    if event is None:
        return ended
    zone = audit.cycle.policy.time_zone
    reported = f"{event.get_kind_display().lower()} on {moment_words(event.at, zone)}"
    return f"{ended}; {reported}{f': {event.words}' if event.words else ''}"


def _opened_by(reader: Trainer, items: list[AuditItem]) -> Opened:
    """Return what `reader` was shown of each current document of the items. Two queries."""
    prefetch_related_objects([one for item in items for one in item.record.evidence.all()], "document")
    return opened_documents([one.document for item in items for one in _current_files(item)], reader)


def _current_files(item: AuditItem) -> list[RecordDocument]:
    return [one for one in item.record.evidence.all() if one.replaced_at is None]


def _document_rows(items: list[AuditItem], opened: Opened) -> list[DocumentRow]:
    current = {item.pk: _current_files(item) for item in items}
    others = _sent_by_others([one.document for files in current.values() for one in files])
    return [
        DocumentRow(
            item,
            current[item.pk],
            bool(missing_documents(item)),
            number,
            _last_opening([opened[one.document_id].opened_at for one in current[item.pk]]),
            sorted({name for one in current[item.pk] for name in others[one.document.sent_sha256]}),
        )
        for number, item in enumerate(items, 1)
    ]


def _last_opening(moments: list[datetime | None]) -> datetime | None:
    """Return the latest moment at which a document was opened; None when one was not, or there are none."""
    known = [moment for moment in moments if moment]
    return max(known) if known and len(known) == len(moments) else None


def _sent_by_others(documents: list[Document]) -> dict[str, set[str]]:
    """Return the names of other trainers who sent the same files, by the hash of what was sent. One
    query.
    """
    found: dict[str, set[str]] = defaultdict(set)
    owners = {one.owner_id for one in documents}
    hashes = {one.sent_sha256 for one in documents}
    same = Document.objects.filter(sent_sha256__in=hashes).exclude(owner__in=owners)
    for sent, name in same.values_list("sent_sha256", "owner__name"):
        found[sent].add(name)
    return found
