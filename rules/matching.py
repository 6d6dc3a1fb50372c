"""Whether a record is one of those that a limit of the policy describes, and whether two values stand in order."""

from datetime import date

from rules.days import CyclePeriod
from rules.facts import RecordFact
from rules.policy.amounts import RecordLimit, RecordWeight
from rules.policy.building_blocks import LimitedRecords


def is_limited(record: RecordFact, limit: RecordLimit | RecordWeight, period: CyclePeriod) -> bool:
    """Return whether a limit is about the record: it describes it, and it was completed in its days."""
    if not matches_limit(record, limit.over):
        return False
    if limit.within is None:
        return True
    first_on, last_on = limit.days or limit.within.days_in(period)
    return first_on <= record.completed_on <= last_on


def matches_limit(record: RecordFact, over: LimitedRecords) -> bool:
    """Return whether `over` describes the record."""
    details = record.details
    return (
        (not over.categories or record.category in over.categories)
        and (not over.topics or any(one in over.topics for one in details.topics))
        and (not over.providers or details.provider in over.providers)
        and details.provider not in over.outside
        and (not over.formats or details.format in over.formats)
    )


def in_order(first: object, last: object) -> bool:
    """Return whether two days, or two numbers, stand in this order or are equal. Other values, and a
    fact that is not given, stand in no order.
    """
    match first, last:
        case date() as first_on, date() as last_on:
            return first_on <= last_on
        case int() as least, int() as most:
            return least <= most
    return False
