"""What the pages of renewals show to reviewers: the queue with its checks, and one renewal with its
standing and evidence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from audits.models import Audit
from cases.listing import pending_until
from ceus.carried import carried_words
from ceus.models import CeuRecord, RecordDocument
from ceus.standing import standing_of_records
from core.deadlines import clock_time
from core.templatetags.words import day
from hardship.standing import Granted, relief_of_all
from payments.services.charges import payment_state
from petitions.models import Petition
from renewals.models import Application
from renewals.services.audited import latest_audit
from renewals.services.moving import joined_with
from renewals.standing import what_is_missing
from rules.answers import RecordAnswer, Standing
from staff.evidence import Evidence, NamedFile, evidence_for
from staff.precedents import Precedent, document_precedents, renewal_precedents
from trainers.models import Trainer


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue. `missing` is what the renewal lacks; empty when every check passes."""

    application: Application
    missing: str
    own: bool


@dataclass(frozen=True)
class ClaimedRecord:
    """A record that the renewal claims, how much of it counts and why, and its files."""

    record: CeuRecord
    answer: RecordAnswer
    files: list[RecordDocument]


@dataclass(frozen=True)
class RenewalReview:
    """Everything that a reviewer needs for a decision about one renewal."""

    standing: Standing
    claimed: list[ClaimedRecord]
    evidence: Evidence
    precedents: list[Precedent]
    audit: Audit | None  # of this renewal, the newest
    petitions: list[Petition]  # undecided, for this certification
    joined: list[QueueRow]  # renewals that are decided with this one
    missing: str
    carried: str
    payment: str
    may_open_files: bool

    @property
    def met(self) -> int:
        """Return how many requirements are met."""
        return sum(one.met for one in self.standing.requirements)

    @property
    def passes_all_checks(self) -> bool:
        """Return whether nothing needs a closer look before it is approved."""
        lacking = any(one.missing for one in self.joined)
        return not self.missing and not self.petitions and not lacking


def queue_rows(applications: Iterable[Application], reader: Trainer) -> list[QueueRow]:
    """Return a row for each application, with what it lacks on its day of receipt. One query for
    all records, and one for what was granted.
    """
    applications = list(applications)
    claimed = defaultdict(list)
    cycles = [application.cycle_id for application in applications]
    for record in CeuRecord.objects.filter(claimed_for__in=cycles).select_related("course__provider"):
        claimed[record.claimed_for_id].append(record)
    granted = relief_of_all([application.cycle for application in applications])
    return [
        QueueRow(
            one,
            _missing_words(one, claimed[one.cycle_id], granted[one.cycle_id]),
            one.trainer_id == reader.pk,
        )
        for one in applications
    ]


def time_left(application: Application) -> str:
    """Return what a renewal waits for while staff need not act: the end of the minutes in which its
    decision can be taken back, or the trainer's last day to correct or to pay. Return the state's
    name once the renewal has ended, "" when it waits for staff.

    `application` comes from `with_decisions`.
    """
    pending = pending_until(application)
    if pending:
        zone = application.cycle.policy.time_zone
        return f"decided, pending until {clock_time(pending, zone)}"
    if application.state == Application.State.RETURNED and application.correct_through:
        return f"to be corrected through {day(application.correct_through)}"
    if application.state == Application.State.SUBMITTED and application.pay_through:
        return f"to be paid through {day(application.pay_through)}"
    return application.get_state_display() if application.ended_at else ""


def renewal_review(application: Application, reader: Trainer, asked: Mapping[str, str]) -> RenewalReview:
    """Return what `reader` needs for a decision, with the evidence that the query `asked` names. A
    fixed number of queries.
    """
    application.cycle.credential.trainer = application.trainer
    files = RecordDocument.objects.filter(replaced_at=None).select_related("document")
    records = list(
        CeuRecord.objects.filter(claimed_for=application.cycle_id)
        .select_related("course__provider")
        .prefetch_related(Prefetch("evidence", files))
        .order_by("completed_on", "pk")
    )
    standing = _standing(application, records)
    answers = {answer.id: answer for answer in standing.records}
    named = [NamedFile(_name_of(one), one.document) for record in records for one in record.evidence.all()]
    return RenewalReview(
        standing=standing,
        evidence=evidence_for(named, reader, asked),
        precedents=[*renewal_precedents(application, standing), *document_precedents(records)],
        audit=latest_audit(application),
        petitions=list(Petition.objects.hoped_for(application.cycle.credential).order_by("pk")),
        joined=queue_rows(joined_with(application), reader),
        claimed=[ClaimedRecord(one, answers[str(one.pk)], list(one.evidence.all())) for one in records],
        missing=what_is_missing(standing) if not standing.eligible else "",
        carried=carried_words(application.cycle, standing),
        payment=payment_state(application.charge) if application.charge else "unpaid",
        may_open_files=reader.has_perm("documents.view_document"),
    )


def _name_of(file: RecordDocument) -> str:
    """Return what a file proves, such as "Golf Fitness, certificate"."""
    return f"{file.record.title}, {file.get_part_display().lower()}"


def _missing_words(application: Application, records: list[CeuRecord], granted: Granted) -> str:
    if application.received_on is None:
        return "It was never submitted."
    standing = _standing(application, records, granted)
    return "" if standing.eligible else what_is_missing(standing)


def _standing(application: Application, records: list[CeuRecord], granted: Granted | None = None) -> Standing:
    """Return the standing on the day of receipt; of a draft, which has none, on the last day of its
    cycle.
    """
    day = application.received_on or application.cycle.expires_on
    return standing_of_records(application.cycle, records, today=day, received_on=day, granted=granted)
