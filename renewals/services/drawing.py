"""The audit draw of a renewal, as its policy says: when it is made, and whether the person is audited by
the rate, always or never.
"""

from datetime import datetime

from django.db import transaction

from audits.models import Audit, Draw
from audits.services.drawing import draw_cycle, foreseen_draw
from audits.services.opening import open_audit_if_required
from cases.locking import day_of
from renewals.models import Application
from renewals.services.moving import figures_for, joined_with, lock_renewal
from renewals.standing import claimed_standing, standing_with_petitions
from rules.acts import BY_RATE
from rules.policy.families import AuditRules

APPROVAL, CYCLE_END = "approval", "cycle_end"
NO_PERIOD = "It has not been drawn yet: no draw period is open."
ENDS_FIRST = "It is drawn for audit once its cycle has ended."


def draw_renewal(application: Application, *, at: datetime) -> Draw | None:
    """Return the draw of the renewal's cycle, made now when it is due; None while it is not, and while
    no period is open.

    The caller opens the transaction and has locked the credential.
    """
    terms = terms_of_audits(application)
    if terms is None:
        return draw_cycle(application.cycle, at=at)
    known = Draw.objects.filter(cycle=application.cycle_id).first()
    if known or not is_draw_due(application, at=at):
        return known
    return draw_cycle(application.cycle, at=at, chance=chance_of_audit(application))


def draw_late(application: Application, *, at: datetime) -> Application:
    """Draw the cycle of a renewal that was received while no draw period was open, or that is drawn at
    the end of its cycle, if that can be done now. Idempotent.
    """
    with transaction.atomic():
        lock_renewal(application)
        draw_renewal(application, at=at)
        return application


def draw_or_wait(application: Application, *, at: datetime) -> bool:
    """Draw the renewal, if that is due. Return whether it is due and no period of the draw is open."""
    return draw_renewal(application, at=at) is None and is_draw_due(application, at=at)


def open_required_audit(application: Application, *, at: datetime) -> Audit | None:
    """Return the audit that must close before this paid renewal is approved, opened now if there is
    none; None when no audit is required, or not yet.
    """
    return open_audit_if_required(
        application.cycle,
        renewal=application.reference,
        received_on=application.submission.received_on,
        at=at,
        draw_counts=is_audit_due(application),
    )


def draw_at_last_or_wait(application: Application, *, at: datetime) -> bool:
    """Draw what the policy draws at the end of the cycle, and open the audits, now that every check
    passes. Return whether the renewal waits for the end of the cycle, or for an audit.
    """
    if terms_of_audits(application) is None:
        return False
    group = (application, *joined_with(application))
    drawn = [draw_renewal(one, at=at) for one in group]
    audits = [open_required_audit(one, at=at) for one in group]
    return None in drawn or any(audits)


def foreseen_renewal_draw(application: Application, *, at: datetime) -> Draw | None:
    """Return the draw that `draw_renewal` would return now. Reads only, without a lock."""
    if terms_of_audits(application) is None:
        return foreseen_draw(application.cycle, at=at)
    known = Draw.objects.filter(cycle=application.cycle_id).first()
    if known or not is_draw_due(application, at=at):
        return known
    return foreseen_draw(application.cycle, at=at, chance=chance_of_audit(application))


def is_draw_due(application: Application, *, at: datetime) -> bool:
    """Return whether the policy's moment of the draw has come: the submission, or the end of the cycle.

    Where an audit is only drawn at the approval, the number is drawn at the submission, too: nobody
    may choose its period by acting early or late.
    """
    terms = terms_of_audits(application)
    if terms is None or terms.drawn != CYCLE_END:
        return True
    return day_of(at, application) > application.cycle.expires_on


def is_audit_due(application: Application) -> bool:
    """Return whether a draw that leads to an audit has its effect now: at once, or where the policy says
    "at the approval", when nothing else stands against that.
    """
    terms = terms_of_audits(application)
    if terms is None or terms.drawn != APPROVAL:
        return True
    in_review = application.state == Application.State.IN_REVIEW
    return in_review and bool(application.decided_by_id or claimed_standing(application).eligible)


def why_undrawn(application: Application, *, at: datetime) -> str:
    """Return why a renewal that a person would approve now is not drawn."""
    return NO_PERIOD if is_draw_due(application, at=at) else ENDS_FIRST


def terms_of_audits(application: Application) -> AuditRules | None:
    """Return what the policy of the day of receipt says about audits beyond the rate, if anything."""
    return figures_for(application).families.audit


def chance_of_audit(application: Application) -> str:
    """Return whether the rules audit this person by the rate, always or never."""
    received_at = application.submission.received_at
    more = standing_with_petitions(application.cycle, received_at=received_at).more
    return more.audit.chance if more and more.audit else BY_RATE
