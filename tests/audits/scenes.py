"""Draw periods, and audits that the services led to each state."""

from datetime import UTC, date, datetime, timedelta

from audits import services
from audits.models import Audit, AuditItem, Decision, DrawPeriod
from audits.models.draw import SEAL
from audits.notices import OPENED
from ceus.models import RecordDocument
from core.history import subject_of
from core.mail import Mail, render_mail
from outbox.models import Notice
from outbox.notices import kind_of
from renewals.models import Application
from rules.draw import commitment_of
from tests.renewals import scenes as renewal_scenes
from trainers.models import Cycle, Trainer

moment = renewal_scenes.moment


def opened(trainer: Trainer, day: str = "2027-01-04") -> Audit:
    """Return an audit of a renewal that was submitted and paid on `day`; its trainer was not
    notified yet.

    A certificate is added just after the opening: an audit that is complete when it opens would be
    sent in the trainer's place.
    """
    current = RecordDocument.objects.filter(
        record__credential__trainer=trainer, part="certificate", replaced_at=None
    )
    late = RecordDocument.objects.filter(pk__in=list(current.values_list("pk", flat=True)))
    late.update(replaced_at=moment("2026-12-01"))
    renewal_scenes.renew(trainer, day)
    late.update(replaced_at=None)
    return Audit.objects.get(cycle=renewal_scenes.cycle_of(trainer))


def begin_clock(audit: Audit, at: str = "2027-01-04 12:05") -> Audit:
    """Record that the mail was accepted, so that the period for documents begins."""
    told = Notice.objects.filter(kind=OPENED, subject=subject_of(audit), state="due")
    told.update(state="sent", ended_at=moment(at))
    return services.begin_clock(audit, at=moment(at))


def begun(trainer: Trainer, day: str = "2027-01-04") -> Audit:
    return begin_clock(opened(trainer, day), f"{day} 12:05")


def sent(trainer: Trainer, day: str = "2027-01-04") -> Audit:
    """Return an audit with every document on file that its trainer has sent."""
    return services.send_documents(begun(trainer, day), by=trainer, at=moment(f"{day} 13:00"))


def judge(audit: Audit, by: Trainer, *, verdict: str = "accepted", at: str = "2027-01-05", **more) -> None:
    for item in audit.items.filter(verdict=""):
        services.judge_item(item, verdict=verdict, by=by, at=moment(at), **more)


def closed(audit: Audit, verdict: str, by: Trainer, *, at: str = "2027-01-05", words: str = "") -> Audit:
    """Decide about the audit, and release the decision ten minutes later."""
    decision = services.close_audit(audit, verdict=verdict, by=by, at=moment(at), words=words)
    release(decision)
    audit.refresh_from_db()
    return audit


def release(decision: Decision) -> Decision:
    at = decision.decided_at + timedelta(minutes=10)
    return services.release_audit_decision(decision, at=at)


def without_certificate(trainer: Trainer) -> AuditItem | None:
    """Remove the certificate of the trainer's course."""
    documents = RecordDocument.objects.filter(record__credential__trainer=trainer, part="certificate")
    documents.update(replaced_at=moment("2026-12-01"))
    return None


def application_of(audit: Audit) -> Application:
    return Application.objects.get(reference=audit.renewal)


def an_audit(cycle: Cycle, **fields) -> Audit:
    """Return an audit with one item, written without services, for tests that only read it."""
    made = {"reference": "A-22222222", "renewal": "R-22222222", "received_on": cycle.expires_on, **fields}
    audit = Audit.objects.create(cycle=cycle, made_at=moment("2027-01-04"), **{"kind": "random", **made})
    record = cycle.credential.ceu_records.first()
    audit.items.create(record=record)
    return audit


SECRET = "5e" * 32
CODE = "tests"


def open_periods(rate: str = "0", policy_code: str = "nasm-cpt") -> DrawPeriod:
    """One long period instead of the schedule's, already there → unchanged."""
    long_ago = datetime(2019, 1, 1, tzinfo=UTC)
    made = {
        "first_on": date(2019, 1, 1),
        "last_on": date(2199, 12, 31),
        "rate": rate,
        "commitment": commitment_of(CODE, SECRET),
        "sealed_secret": SEALED,
        "announced_at": long_ago,
        "opened_at": long_ago,
        "public_value": "",
    }
    period, _ = DrawPeriod.objects.get_or_create(policy_code=policy_code, code=CODE, defaults=made)
    return period


SEALED = SEAL.seal_text(SECRET)


def mail_of(kind: str, event: str | None = None) -> Mail | None:
    """Return the notice as the sender would render it; None when it is no longer due."""
    notices = Notice.objects.filter(kind=f"audits.{kind}")
    notice = notices.get(event=event) if event else notices.get()
    known = kind_of(notice.kind)
    if notice.pk not in known.still_due([notice]):
        return None
    return render_mail(known.template, known.contexts([notice])[notice.pk])
