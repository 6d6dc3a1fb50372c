"""Audits for tests, led to each state by the services; every cycle is drawn here (the rate is 1)."""

from datetime import timedelta

from audits import services
from audits.models import Audit, AuditItem, Decision
from audits.notices import OPENED
from ceus.models import RecordDocument
from core.history import subject_of
from outbox.models import Notice
from renewals.models import Application
from tests.renewals import steps
from trainers.models import Cycle, Trainer

moment = steps.moment


def opened(trainer: Trainer, day: str = "2027-01-04") -> Audit:
    """Sent and paid for on `day`, chosen, and not yet told."""
    steps.renew(trainer, day)
    return Audit.objects.get(cycle=steps.cycle_of(trainer))


def told(audit: Audit, at: str = "2027-01-04 12:05") -> Audit:
    """The mail was accepted, and the time has begun."""
    Notice.objects.filter(kind=OPENED, subject=subject_of(audit)).update(state="sent", ended_at=moment(at))
    return services.begin_clock(audit, at=moment(at))


def begun(trainer: Trainer, day: str = "2027-01-04") -> Audit:
    return told(opened(trainer, day), f"{day} 12:05")


def sent(trainer: Trainer, day: str = "2027-01-04") -> Audit:
    """Everything was on file, and the trainer has sent it."""
    return services.send_documents(begun(trainer, day), by=trainer, at=moment(f"{day} 13:00"))


def judge(audit: Audit, by: Trainer, *, verdict: str = "accepted", at: str = "2027-01-05", **more) -> None:
    for item in audit.items.filter(verdict=""):
        services.judge_item(item, verdict=verdict, by=by, at=moment(at), **more)


def closed(audit: Audit, verdict: str, by: Trainer, *, at: str = "2027-01-05", words: str = "") -> Audit:
    """Decided and released, ten minutes later."""
    decision = services.close_audit(audit, verdict=verdict, by=by, at=moment(at), words=words)
    release(decision)
    audit.refresh_from_db()
    return audit


def release(decision: Decision) -> Decision:
    at = decision.decided_at + timedelta(minutes=10)
    return services.release_decision(decision, at=at)


def without_certificate(trainer: Trainer) -> AuditItem | None:
    """Take the certificate of the trainer's course off the file."""
    documents = RecordDocument.objects.filter(record__credential__trainer=trainer, part="certificate")
    documents.update(replaced_at=moment("2026-12-01"))
    return None


def application_of(audit: Audit) -> Application:
    return Application.objects.get(reference=audit.renewal)


def an_audit(cycle: Cycle, **fields) -> Audit:
    """A row with one item, for tests that only look at it."""
    made = {"kind": "random", "renewal": "R-22222222", "received_on": cycle.expires_on, **fields}
    audit = Audit.objects.create(reference="A-22222222", cycle=cycle, made_at=moment("2027-01-04"), **made)
    record = cycle.credential.ceu_records.first()
    audit.items.create(record=record)
    return audit
