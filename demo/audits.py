"""Audits of the demo, made by the services: one for each state that a trainer or a reviewer can
meet.
"""

from datetime import timedelta

from audits import services
from audits.models import Audit
from core import clock
from demo.post import send_past_mail
from demo.stage import Stage
from demo.stories import pay_renewal, submit_renewal
from renewals.services.deciding import propose_audit_for_cause
from trainers.models import Cycle, Trainer

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
# When each was sent, in days from today: the draws are made for these days (demo/draws.py).
NEEDED, SENT, REPLACE, PASSED, EXPIRED, CAUSE = -6, -12, -15, -20, -45, -5


def need_documents(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Make an audit whose reviewer requires a replacement on the day it opens. With every document
    on file and none to replace, it would be sent by itself.
    """
    _ask_again(stage, _begun(stage, trainer, cycle, NEEDED), NEEDED + 1)


def send_documents(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    _begun(stage, trainer, cycle, SENT)


def replace_one(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    _ask_again(stage, _begun(stage, trainer, cycle, REPLACE), -5)


def pass_audit(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    audit, at = audit_for_cause(stage, trainer, cycle, PASSED), stage.moment(-9)
    for item in audit.items.all():
        services.judge_item(item, verdict="accepted", by=stage.staff["reviewer"], at=at)
    decision = services.close_audit(audit, verdict="pass", by=stage.staff["reviewer"], at=at)
    with clock.moved_to(decision.effective_at):
        services.release_audit_decision(decision, at=decision.effective_at)


def expire_audit(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    audit = audit_for_cause(stage, trainer, cycle, EXPIRED)
    _ask_again(stage, audit, EXPIRED + 5)
    at = stage.moment(EXPIRED + 32)
    with clock.moved_to(at):
        services.close_overdue_audit(audit, at=at)


def ask_more_time(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    audit = audit_for_cause(stage, trainer, cycle, CAUSE)
    _ask_again(stage, audit, CAUSE + 2)
    why = "I am at a sports camp until Friday and cannot reach my papers."
    services.ask_for_time(audit, by=trainer, at=stage.moment(-1), why=why)


def _ask_again(stage: Stage, audit: Audit, day: int) -> None:
    """Accept all documents but the first, and ask for that one again, through the audit's last day."""
    first, *others = audit.items.all()
    reviewer, at = stage.staff["reviewer"], stage.moment(day)
    words = "The picture is cut off, so we cannot read the date."
    services.judge_item(first, verdict="replace", by=reviewer, at=at, words=words)
    for item in others:
        services.judge_item(item, verdict="accepted", by=reviewer, at=at)
    assert audit.due_on  # noqa: S101 - its time has begun
    services.ask_replacements(audit, by=reviewer, at=at, through=audit.due_on)


def audit_for_cause(stage: Stage, trainer: Trainer, cycle: Cycle, day: int) -> Audit:
    """As two leads, open an audit before the renewal is paid; its notice is sent on the next day."""
    application, at = submit_renewal(stage, trainer, cycle, day), stage.moment(day, AN_HOUR)
    cause = "A club told us of a copied card."
    audit = propose_audit_for_cause(application, by=stage.staff["lead"], at=at, cause=cause)
    audit = services.agree_audit(audit, by=stage.staff["admin"], at=at + AN_HOUR)
    pay_renewal(stage, application, day + 1)
    return _begin_clock(stage, audit, day + 1)


def _begun(stage: Stage, trainer: Trainer, cycle: Cycle, day: int) -> Audit:
    """Submit and pay on `day` a renewal whose cycle is drawn, and send the audit's notice on that
    day.
    """
    application = pay_renewal(stage, submit_renewal(stage, trainer, cycle, day), day)
    return _begin_clock(stage, Audit.objects.get(renewal=application.reference), day)


def _begin_clock(stage: Stage, audit: Audit, day: int) -> Audit:
    at = stage.moment(day, 3 * AN_HOUR)
    send_past_mail(stage, until=at)
    return services.begin_clock(audit, at=at)
