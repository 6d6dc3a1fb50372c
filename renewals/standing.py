"""The standing by which an application is decided, and what is missing in it, in words."""

from datetime import date, datetime

from ceus.carried import is_carried
from ceus.models import CeuRecord
from ceus.standing import standing_for, standing_of_records
from core.clock import date_of
from core.errors import Refusal
from petitions.standing import hoped_facts, is_hoped
from renewals.models import Application
from rules.answers import WINDOW, Standing
from rules.for_life import NOTHING_TO_RENEW
from rules.next_cycles import standing_when_approved
from trainers.circumstances import born_on_of
from trainers.models import Cycle

NOT_IN_FORCE = "Your certification is not active, so you cannot renew it now. Contact us."
RENEWED = "You have already renewed this cycle."


def claimed_standing(application: Application) -> Standing:
    """Return the standing on the day of receipt, counting only the claimed records (invariants 13
    and 14).
    """
    cycle, received_on = application.cycle, application.submission.received_on
    records = CeuRecord.objects.filter(claimed_for=cycle).select_related("course__provider")
    return standing_of_records(cycle, records, today=received_on, received_on=received_on)


def approved_standing(cycle: Cycle, standing: Standing, *, at: datetime) -> Standing:
    """Return the standing by which a renewal of `cycle` is approved at this moment: where the policy
    says so, its next cycle is counted from this day.
    """
    policy = cycle.policy
    day, born_on = date_of(at, policy.time_zone), born_on_of(cycle.credential, policy)
    return standing_when_approved(standing, policy, day, born_on)


def standing_as_received(cycle: Cycle, received_on: date) -> Standing:
    """Return the standing on the day of receipt, counting every record that could be claimed
    now.
    """
    return standing_for(cycle, today=received_on, received_on=received_on)


def standing_without_a_way(cycle: Cycle, received_on: date) -> Standing:
    """Return the standing of a cycle that is renewed because a higher one is: whatever way its trainer had chosen
    for a renewal of its own, such as one that gives another status.
    """
    chosen, cycle.path = cycle.path, ""
    standing = standing_as_received(cycle, received_on)
    cycle.path = chosen
    return standing


def standing_with_petitions(cycle: Cycle, *, received_at: datetime) -> Standing:
    """Return the standing by the records alone when they are enough; otherwise the standing as if
    the undecided petitions that were paid before the receipt were approved (Q15, Q25).
    """
    received_on = date_of(received_at, cycle.policy.time_zone)
    standing = standing_as_received(cycle, received_on)
    if standing.eligible:
        return standing
    hoped = hoped_facts(cycle, paid_by=received_at)
    hopeful = standing_for(cycle, today=received_on, received_on=received_on, hoped=hoped)
    return hopeful if hopeful.eligible else standing


def claims_of(standing: Standing) -> list[str]:
    """Return the ids of the records to claim. Petitions are left out: they give a record once they
    are approved. So is what is carried over: its records were claimed by the cycle before.
    """
    return [claim for claim in standing.claims if not (is_hoped(claim) or is_carried(claim))]


def rests_on_petitions(standing: Standing) -> bool:
    """Return whether the standing counts an undecided petition."""
    return any(map(is_hoped, standing.claims))


def what_is_missing(standing: Standing) -> str:
    """Return why an application cannot be accepted, in words; empty when it can."""
    if not standing.accepts_application:
        return standing.window_sentence
    missing = [one.text for one in standing.requirements if not one.met]
    return " ".join(missing)


def missing_code(standing: Standing) -> str:
    """Return the code of the first unmet requirement; `WINDOW` when no application is accepted on
    that day.
    """
    return WINDOW if not standing.accepts_application else standing.unmet[0]


def check_may_apply(cycle: Cycle) -> None:
    """Raise Refusal unless the credential is in force (Q24) and `cycle` is its latest one, and ends: an
    earlier cycle was renewed already.
    """
    if not cycle.credential.in_force:
        raise Refusal(NOT_IN_FORCE, code="not_in_force")
    if Cycle.objects.latest_of(cycle.credential).pk != cycle.pk:
        raise Refusal(RENEWED, code="renewed")
    if cycle.is_for_life:
        raise Refusal(NOTHING_TO_RENEW, code="for_life")
