"""What a trainer may ask or report, and until when: appeals, petitions, extensions, reports. Also
when an audit is drawn, and from whom.
"""

from collections.abc import Mapping
from datetime import date

from rules.conditions import Context, condition_holds
from rules.days import add_days, add_months
from rules.facts import ActFact, CourseFact, FactsError
from rules.more import ActAnswer, AuditAnswer
from rules.policy.building_blocks import LimitedRecords
from rules.policy.families import ActRule, AuditRules

EXCLUDED, NOT_FOR_YOU, TOO_OFTEN = "excluded", "not_for_you", "too_often"
TOO_EARLY, TOO_LATE = "too_early", "too_late"
REFUSALS = {  # what somebody reads who may not ask
    EXCLUDED: "We cannot be asked for this.",
    NOT_FOR_YOU: "You cannot ask for this.",
    TOO_OFTEN: "You have asked for this already.",
    TOO_EARLY: "You can ask for this from {first_on}.",
    TOO_LATE: "The last day to ask for this was {last_on}.",
}
ALWAYS, BY_RATE, NEVER = "always", "rate", "never"


def act_answers(
    acts: tuple[ActRule, ...], context: Context, days: Mapping[str, date]
) -> tuple[ActAnswer, ...]:
    """Return whether each act that the question names is allowed; `days` has the day of each anchor
    of the cycle. Raises FactsError for an act that the policy does not have.
    """
    known = {one.code: one for one in acts}
    found = []
    for number, fact in enumerate(context.facts.more.acts):
        if fact.act not in known:
            message = f"This must be one of {', '.join(known)}." if known else "This policy has no acts."
            raise FactsError("unknown_act", f"acts[{number}].act", message)
        found.append(_answer(known[fact.act], fact, context, days))
    return tuple(found)


def _answer(act: ActRule, fact: ActFact, context: Context, days: Mapping[str, date]) -> ActAnswer:
    since = fact.since or (fact.course.completed_on if fact.course else fact.on)
    first_on, last_on = act.bounds.among({**days, "D": since})
    answer_by = None if act.answer_days is None else add_days(fact.on, act.answer_days)
    reason = _reason(act, fact, context, (first_on, last_on))
    return ActAnswer(fact.id, act.code, act.rule, reason, first_on, last_on, answer_by, act.cents)


def _reason(act: ActRule, fact: ActFact, context: Context, days: tuple[date, date]) -> str | None:
    if not condition_holds(act.when, context):
        return NOT_FOR_YOU
    if fact.course and is_excluded(fact.course, act.without):
        return EXCLUDED
    if act.at_most is not None and fact.before >= act.at_most:
        return TOO_OFTEN
    if fact.on < days[0]:
        return TOO_EARLY
    return TOO_LATE if fact.on > days[1] else None


def is_excluded(course: CourseFact, without: LimitedRecords) -> bool:
    """Return whether at least one list of `without` names something of the course: its category, a
    topic, its provider or its format.
    """
    details = course.details
    return (
        course.category in without.categories
        or any(one in without.topics for one in details.topics)
        or details.provider in without.providers
        or details.format in without.formats
        or bool(without.outside and details.provider not in without.outside)
    )


def audit_answer(audit: AuditRules, rate: str, context: Context) -> AuditAnswer:
    """Return when an audit is drawn, such as at submission, and whether this person is audited
    always, by the rate, or never.
    """
    audited_on = context.facts.more.audited_on
    spared = audited_on is not None and context.received_on < add_months(audited_on, audit.not_within_months)
    if audit.always and condition_holds(audit.always, context):
        chance = ALWAYS
    elif spared or not condition_holds(audit.when, context):
        chance = NEVER
    else:
        chance = BY_RATE
    return AuditAnswer(audit.drawn, chance, rate, audit.failing, audit.rule)
