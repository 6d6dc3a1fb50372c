"""Sentences that are the same under every policy: about a record, a requirement, and the status."""

from rules.counting import (
    AFTER_DEADLINE,
    BEFORE_CYCLE,
    CATEGORY_CAP,
    DUPLICATE,
    NOT_APPROVED,
    NOT_CURRENT,
    PENDING_RECORD,
    UNKNOWN_CATEGORY,
    Count,
    CountBasis,
    RuledCount,
)
from rules.days import day_in_words
from rules.facts import APPLICATION, COMPLETION, REJECTED, RecordFact
from rules.policy.model import PolicyVersion
from rules.units import Unit

ACTIVE, EXPIRED, TERMINATED = "active", "expired", "terminated"
STATUS_SENTENCES = {
    ACTIVE: "You are certified through {expires_on}, to the end of that day.",
    EXPIRED: "Your certification expired on {expires_on}. You can still renew it through {last_on}.",
    TERMINATED: "Your certification ended on {expires_on}. The last day to renew it was {last_on}.",
}
EXTENSION_CLAUSE = "Q34"
EXTENSION_SENTENCES = {
    COMPLETION: "Your last day to complete courses was moved to",
    APPLICATION: "Your last day to apply was moved to",
}
RECORD_SENTENCES = {
    UNKNOWN_CATEGORY: "This does not count, because the category “{category}” is not one of ours.",
    PENDING_RECORD: "This does not count yet, because it has not been accepted.",
    NOT_APPROVED: "This does not count, because the course was not approved on {completed_on}.",
    BEFORE_CYCLE: "This does not count, because {completed_on} is before your first day, {earning_first_on}.",
    AFTER_DEADLINE: "This does not count, because {completed_on} is after the last day for courses, {earning_last_on}.",
    NOT_CURRENT: "This does not count, because it ended on {valid_through}, before {received_on}.",
    DUPLICATE: "This does not count, because the same course counts once in a cycle.",
    CATEGORY_CAP: "{counted} of {claimed} count, because {label} counts {most} at most.",
}
REJECTED_SENTENCE = "This does not count, because it was not accepted."
COUNTED_SENTENCE = "This counts {claimed}."
CITED_EFFECTS = (
    ACTIVE,
    EXPIRED,
    TERMINATED,
    *(effect for effect in RECORD_SENTENCES if effect != CATEGORY_CAP),
)


def record_sentence(unit: Unit, record: RecordFact, result: Count, basis: CountBasis) -> str:
    """Return the sentence that tells the trainer how much a record counts, and why."""
    if isinstance(result, RuledCount):
        return result.said
    category = basis.version.category(record.category)
    valid_through = record.valid_through or record.completed_on
    places = {
        "category": record.category,
        "completed_on": day_in_words(record.completed_on),
        "valid_through": day_in_words(valid_through),
        "received_on": day_in_words(basis.received_on),
        "earning_first_on": day_in_words(basis.earning_first_on),
        "earning_last_on": day_in_words(basis.earning_last_on),
        "counted": unit.format(result.counted),
        "claimed": unit.words(record.ceus),
    }
    if category and category.most:
        places |= {"label": category.label, "most": unit.words(category.most.amount)}
    return _record_template(record, result).format_map(places)


def record_clause(record: RecordFact, result: Count, version: PolicyVersion) -> str:
    """Return the clause behind a record's count, empty when it simply counts in full; a cap is cited
    from its category.
    """
    if isinstance(result, RuledCount):
        return result.rule.clause
    if result.reason is None:
        return ""
    category = version.category(record.category)
    if result.reason == CATEGORY_CAP and category and category.most:
        return category.most.clause
    return version.cites[result.reason]


def requirement_sentence(unit: Unit, label: str, counted: int, required: int) -> str:
    """Return the sentence for the trainer on how much of a requirement is met; `label` is the
    category's, empty for the total.
    """
    have = f"You have {unit.format(counted)} of {unit.words(required)}{f' in {label}' if label else ''}."
    return have if counted >= required else f"{have} You need {unit.format(required - counted)} more."


def _record_template(record: RecordFact, result: Count) -> str:
    if result.reason is None:
        return COUNTED_SENTENCE
    if result.reason == NOT_APPROVED and record.state == REJECTED:
        return REJECTED_SENTENCE
    return RECORD_SENTENCES[result.reason]
