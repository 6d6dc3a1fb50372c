"""What an approval of a renewal needs, asked in one place: before the review page offers it, when it
is decided, and when it takes effect. Also whether passing its audit approves it.
"""

from collections.abc import Collection
from datetime import datetime

from audits.models import Audit
from audits.services.opening import are_unseen, is_audit_required
from cases.listing import pending_until
from core.errors import Refusal
from core.transitions import check_step
from payments.services.fee_decisions import check_stands, may_stand
from renewals.models import Application
from renewals.services.audited import NOT_PASSED, was_returned_for
from renewals.services.drawing import foreseen_renewal_draw, why_undrawn
from renewals.services.moving import figures_for, joined_with
from renewals.standing import (
    claimed_standing,
    claims_of,
    missing_code,
    standing_as_received,
    what_is_missing,
)
from rules.answers import Standing

State = Application.State
UNSEEN = (
    "It counts a record that no audit has looked at. Return it for correction: "
    "an audit of it opens when they send it again."
)


def check_approvable(application: Application, *, at: datetime, claimed: Standing | None = None) -> Standing:
    """Return the standing on the day of receipt that an approval rests on: by the claimed records, else by
    every record that could be claimed now, such as one that a petition granted since.

    `claimed` is the standing by the claimed records, when the caller knows it. Raises Refusal for
    whatever would stop an approval now: the renewal's state, a credential not in force, a fee that
    went back, a draw or an audit that it would bypass, an unmet requirement. Reads only, without a
    lock; whoever acts on it has called `draw_renewal`.
    """
    check_step(application, State.APPROVED, "approved", only_from=State.IN_REVIEW)
    if not application.cycle.credential.in_force:
        raise Refusal("The certification is not in force, so this waits.", code="not_in_force")
    check_stands(application.charge)
    draw = foreseen_renewal_draw(application, at=at)
    if draw is None:
        raise Refusal(why_undrawn(application, at=at), code="not_drawn")
    _check_no_open_audit(application)
    standing = claimed or claimed_standing(application)
    claims = None
    if not standing.eligible:
        standing = standing_as_received(application.cycle, application.submission.received_on)
        claims = claims_of(standing)
    if not standing.eligible:
        raise Refusal(what_is_missing(standing), code=missing_code(standing))
    if is_audit_required(application.cycle, is_drawn=draw.is_audited, claims=claims):
        raise Refusal(UNSEEN, code="audit")
    for one in joined_with(application):
        _check_joined(one, at=at)
    return standing


def _check_joined(joined: Application, *, at: datetime) -> None:
    """Raise Refusal, with its number, for what would stop the approval of a renewal that goes with
    another one.
    """
    try:
        check_approvable(joined, at=at)
    except Refusal as refusal:
        number = joined.cycle.credential.display_number
        raise Refusal(f"{number}, which goes with it: {refusal}", code=refusal.code) from None


def _check_no_open_audit(application: Application) -> None:
    """Raise Refusal when an audit of the cycle was not passed, or has not ended."""
    audits = list(Audit.objects.filter(cycle=application.cycle).order_by("-pk"))
    own = next((one for one in audits if one.renewal == application.reference), None)
    if own and own.state in NOT_PASSED and not was_returned_for(application, own):
        raise Refusal("Its audit was not passed.", code="audit")
    unended = next((one for one in audits if one.is_open), None)
    if unended:
        raise Refusal(f"Its audit {unended.reference} must be closed first.", code="audit")


def is_certain_to_count(audit: Audit, standing: Standing, beside: Collection[int]) -> bool:
    """Return whether passing `audit` leads to no step but an approval, at once or by a person.

    `standing` is that of the claimed records which the audit does not refuse, `beside` the primary
    keys of claimed records that are not in it. Where too little counts, a record was in no audit,
    or the audit is a second look, the renewal takes other steps, which the preview of the action
    carries out and undoes.
    """
    return standing.eligible and audit.another_look_at is None and not are_unseen(audit.cycle, beside)


def is_approved_by_passing(audit: Audit, application: Application, *, at: datetime) -> bool:
    """Return whether `application` is approved at once when its `audit` passes; else it waits for a
    person, or until its credential is in force. Reads only.

    The caller has asked `is_certain_to_count`. `application` comes from `with_decisions`.
    """
    if application.state != State.IN_REVIEW or application.decided_by_id:
        return False
    if not audit.cycle.credential.in_force or pending_until(application):
        return False
    if not (figures_for(application).auto_approve and may_stand(application.charge)):
        return False
    if foreseen_renewal_draw(application, at=at) is None:
        return False
    return all(_is_clear(one, at=at) for one in joined_with(application))


def _is_clear(joined: Application, *, at: datetime) -> bool:
    """Return whether neither its certification, nor its draw nor an audit of its own holds up a renewal
    that goes with another one.
    """
    draw = foreseen_renewal_draw(joined, at=at)
    if draw is None or not joined.cycle.credential.in_force:
        return False
    unended = Audit.objects.unended().filter(cycle=joined.cycle)
    return not unended.exists() and not is_audit_required(joined.cycle, is_drawn=draw.is_audited)
