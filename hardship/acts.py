"""What the policy says about a request of a trainer: until when, how often, and about what it may be
made (the policy's `acts`). The portal asks about three of them.
"""

from dataclasses import replace
from datetime import datetime

from cases.locking import credential_of_case, day_of
from cases.protocols import EndedCase
from core.constraints import require_value
from core.errors import Refusal
from hardship.extendable_days import bare_facts
from rules.acts import REFUSALS
from rules.days import day_in_words
from rules.facts import ActFact, Facts
from rules.standing import assess
from trainers.models import Cycle

PETITION, EXTENSION, APPEAL = ("petition", "extension", "appeal")


def has_act(cycle: Cycle, act: ActFact) -> bool:
    """Return whether the policy in force on the day of the act says anything about it."""
    return any(one.code == act.act for one in cycle.policy.version_on(act.on).families.acts)


def check_act(cycle: Cycle, facts: Facts, act: ActFact, *, field: str | None = None) -> None:
    """Raise Refusal, with the policy's own sentence, for an act that the policy excludes, whose days
    are over or have not begun, or which was done as often as it may be. A policy that says nothing
    about it allows it.
    """
    if not has_act(cycle, act):
        return
    asked = replace(facts, more=replace(facts.more, acts=(act,)))
    more = assess(asked, act.on, cycle.policy).more
    answer = more.acts[0] if more else None
    if answer and answer.reason:
        days = {"first_on": day_in_words(answer.first_on), "last_on": day_in_words(answer.last_on)}
        why = REFUSALS[answer.reason].format_map(days)
        raise Refusal(f"{why} {answer.rule.text}", code=answer.reason, field=field)


def check_appeal(case: EndedCase, *, at: datetime) -> None:
    """Raise Refusal when the policy does not let the denial of a case be appealed, or not any more
    (its act "appeal"; `D` is the day of the denial).
    """
    cycle = Cycle.objects.latest_of(credential_of_case(case))
    since = day_of(require_value(case.ended_at), case)
    check_act(cycle, bare_facts(cycle), ActFact(APPEAL, APPEAL, day_of(at, case), since=since))
