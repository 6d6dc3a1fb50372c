"""What a reviewer of an audit reads: time left, documents, what closing it would do, its history."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

from audits.models import Audit, AuditItem, Decision, Extension
from audits.notice_codes import OPENED
from audits.services.timing import is_answered, items_of
from cases.decisions import pending_decision
from cases.listing import pending_until
from ceus.models import CeuRecord, RecordDocument
from ceus.parts import missing_parts
from ceus.standing import standing_of_records
from core.deadlines import clock_time, moment_words
from core.history import subject_of
from core.templatetags.words import day
from documents.models import Document
from outbox.models import Notice
from rules.answers import Standing
from staff.decisions import case_history
from trainers.models import Trainer

State, Verdict = Audit.State, AuditItem.Verdict


@dataclass(frozen=True)
class DocumentRow:
    """One counted record with its evidence. `elsewhere` names other trainers who sent the same file."""

    item: AuditItem
    files: list[RecordDocument]
    missing: bool
    elsewhere: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class AuditReview:
    """Everything that a decision about one audit rests on."""

    rows: list[DocumentRow]
    standing: Standing
    effect: str
    pending: Decision | None
    asked: Extension | None
    left: str
    mail: str
    may_open_files: bool
    may_decide: bool
    is_own: bool
    to_replace: int
    judged: int

    @property
    def left_over(self) -> int:
        """Return how many documents have no verdict."""
        return len(self.rows) - self.judged - self.to_replace


def audit_review(audit: Audit, reader: Trainer, today: date) -> AuditReview:
    """Return what `reader` reads before deciding."""
    items = items_of(audit)
    prefetch_related_objects([one for item in items for one in item.record.evidence.all()], "document")
    rows = _document_rows(items)
    own = audit.trainer.pk == reader.pk
    pending = pending_decision(audit)
    lead = reader.has_perm("audits.lead_audit")
    may = reader.has_perm("audits.decide_audit") and not own and (lead or not audit.for_lead)
    standing = _standing_without_refused(audit, items)
    return AuditReview(
        rows=rows,
        standing=standing,
        effect=effect_of_passing(standing),
        pending=pending,
        asked=audit.extensions.filter(state=Extension.State.ASKED).first(),
        left=time_left(audit, today),
        mail=mail_words(audit),
        may_open_files=reader.has_perm("documents.view_document"),
        may_decide=may and audit.state == State.SENT and pending is None,
        is_own=own,
        to_replace=sum(item.verdict == Verdict.REPLACE for item in items),
        judged=sum(item.verdict in (Verdict.ACCEPTED, Verdict.REFUSED) for item in items),
    )


def effect_of_passing(standing: Standing) -> str:
    """Return what becomes of the renewal when the audit is closed as passed now."""
    if standing.eligible:
        return "The renewal is approved, and the next cycle opens."
    missing = " ".join(one.text for one in standing.requirements if not one.met)
    return f"Without what you refused it is not enough: the renewal goes back for correction. {missing}"


def time_left(audit: Audit, today: date) -> str:
    """Return what the audit waits for, or how long, such as "waits for us", "3 days left" or "not begun".

    `audit` comes from `with_decisions`.
    """
    pending = pending_until(audit)
    if pending:
        zone = audit.cycle.credential.policy.time_zone
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
    return "ends today" if left == 0 else f"{left} day{'' if left == 1 else 's'} left"


def documents_words(audit: Audit) -> str:
    """Return how many documents are on file or answered for, of those needed, such as "3/5".

    Reads what was prefetched with the audit.
    """
    items = list(audit.items.all())
    return f"{sum(map(is_answered, items))}/{len(items)}"


def mail_words(audit: Audit) -> str:
    """Return what became of the mail that opened the audit: evidence that the time began (Q18)."""
    notice = Notice.objects.filter(kind=OPENED, subject=subject_of(audit)).first()
    if notice is None:
        return "none"
    ended = f"{notice.get_state_display().lower()}{f': {notice.last_error}' if notice.last_error else ''}"
    event = notice.mail_events.first()
    if event is None:
        return ended
    zone = audit.cycle.credential.policy.time_zone
    reported = f"{event.get_kind_display().lower()} on {moment_words(event.at, zone)}"
    return f"{ended}; {reported}{f': {event.words}' if event.words else ''}"


def _document_rows(items: list[AuditItem]) -> list[DocumentRow]:
    current = {
        item.pk: [one for one in item.record.evidence.all() if one.replaced_at is None] for item in items
    }
    others = _sent_by_others([one.document for files in current.values() for one in files])
    return [
        DocumentRow(
            item,
            current[item.pk],
            bool(missing_parts(item.record)),
            sorted({name for one in current[item.pk] for name in others[one.document.sent_sha256]}),
        )
        for item in items
    ]


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


def _standing_without_refused(audit: Audit, items: list[AuditItem]) -> Standing:
    refused = [item.record_id for item in items if item.verdict == Verdict.REFUSED]
    claimed = CeuRecord.objects.filter(claimed_for=audit.cycle).exclude(pk__in=refused)
    records = list(claimed.select_related("course__provider"))
    day_of_receipt = audit.received_on
    return standing_of_records(audit.cycle, records, today=day_of_receipt, received_on=day_of_receipt)


def newest_pk(audit: Audit) -> int | None:
    """Return the primary key of the newest row in the audit's history, for `SeenForm`."""
    return case_history(audit).values_list("pk", flat=True).first()
