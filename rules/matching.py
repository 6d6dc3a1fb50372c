"""Whether a record is one of those that a limit of the policy describes."""

from rules.facts import RecordFact
from rules.policy.terms import LimitedRecords


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
