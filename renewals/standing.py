"""What an application must pass, in words: who may ask, whether renewal is possible, and what is missing."""

from datetime import date, datetime

from ceus.models import CeuRecord
from ceus.standing import standing_for, standing_of_records
from core import clock
from core.constraints import given
from petitions.standing import hoped_facts, is_hoped
from renewals.errors import RenewalRefusal
from renewals.models import Application
from rules.answers import WINDOW, Standing
from trainers.models import Cycle, Trainer

LONGEST_REASON = 2000
NOT_IN_FORCE = "Your certification is not active, so you cannot renew it now. Contact us."
RENEWED = "You have already renewed this cycle."


def day_of(at: datetime, cycle: Cycle) -> date:
    """The date of a moment in the policy's zone (Q3)."""
    return clock.date_of(at, cycle.credential.policy.time_zone)


def claimed_standing(application: Application) -> Standing:
    """The standing on the day of receipt, by nothing but what the application claims (invariants 13 and 14)."""
    cycle, received_on = application.cycle, given(application.received_on)
    records = CeuRecord.objects.filter(claimed_for=cycle).select_related("course__provider")
    return standing_of_records(cycle, records, today=received_on, received_on=received_on)


def standing_as_received(cycle: Cycle, received_on: date) -> Standing:
    """The standing on the day of receipt, by every record that could be claimed now."""
    return standing_for(cycle, today=received_on, received_on=received_on)


def hoped_standing(cycle: Cycle, received_on: date) -> Standing:
    """The same as if every petition that is paid and not decided were approved as asked for (Q15)."""
    hoped = hoped_facts(cycle)
    return standing_for(cycle, today=received_on, received_on=received_on, hoped=hoped)


def best_standing(cycle: Cycle, received_on: date) -> Standing:
    """By the records alone when they are enough, else with what is hoped for (Q15)."""
    standing = standing_as_received(cycle, received_on)
    if standing.eligible:
        return standing
    hoped = hoped_standing(cycle, received_on)
    return hoped if hoped.eligible else standing


def claims_of(standing: Standing) -> list[str]:
    """The records that a renewal claims; a petition becomes one once it is approved."""
    return [claim for claim in standing.claims if not is_hoped(claim)]


def rests_on_petitions(standing: Standing) -> bool:
    """Whether what it would claim is partly not decided."""
    return any(map(is_hoped, standing.claims))


def what_is_missing(standing: Standing) -> str:
    """Why an application could not be accepted; empty when it could."""
    if not standing.accepts_application:
        return standing.window_sentence
    missing = [one.text for one in standing.requirements if not one.met]
    return " ".join(missing)


def missing_code(standing: Standing) -> str:
    """The first thing that is not met; `window` before all others."""
    return WINDOW if not standing.accepts_application else standing.unmet[0]


def check_owner(cycle: Cycle, by: Trainer | None) -> None:
    if by is None or by.pk != cycle.credential.trainer_id:
        raise RenewalRefusal("Only the trainer may do this.", code="not_allowed")


def check_may_apply(cycle: Cycle) -> None:
    """In force (Q24), and the cycle is the one to renew: each is renewed once."""
    if not cycle.credential.in_force:
        raise RenewalRefusal(NOT_IN_FORCE, code="not_in_force")
    if Cycle.objects.latest_of(cycle.credential).pk != cycle.pk:
        raise RenewalRefusal(RENEWED, code="renewed")


def check_reviewer(application: Application, by: Trainer | None, permission: str) -> None:
    """Only staff with the permission, and nobody about themselves (invariant 14)."""
    if by is None or not by.has_perm(f"renewals.{permission}"):
        raise RenewalRefusal("You may not decide about renewals.", code="not_allowed")
    if by.pk == application.cycle.credential.trainer_id:
        raise RenewalRefusal("Somebody else must decide about your own renewal.", code="own_case")


def check_reason(reason: str) -> str:
    """The reason without blank ends; raises RenewalRefusal when it is empty or too long."""
    reason = reason.strip()
    if not reason:
        raise RenewalRefusal("Write the reason. The trainer will read it.", code="no_reason", field="reason")
    if len(reason) > LONGEST_REASON:
        sentence = f"Use at most {LONGEST_REASON} characters."
        raise RenewalRefusal(sentence, code="reason_length", field="reason")
    return reason
