"""The day by which we have promised to decide about a case that waits for us."""

from datetime import date

from cases.locking import credential_of_case, day_of
from cases.protocols import DecidedCase
from rules.days import business_day_after

STORED_IN = "answer_due_on"  # the column of a case that stores the day


def promise_day(case: DecidedCase) -> date | None:
    """Return the last day, inclusive, on which we have promised to answer; None while the case does
    not wait for us.

    A petition stores that day. Other models of case declare `WAITS_SINCE`: the state in which the
    case waits for us, and the column with the moment at which that began.
    """
    if not hasattr(case, "WAITS_SINCE"):
        due_on: date | None = getattr(case, STORED_IN)
        return due_on
    state, column = case.WAITS_SINCE
    since = getattr(case, column)
    if case.state != state or since is None:
        return None
    day = day_of(since, case)
    version = credential_of_case(case).policy.version_on(day)
    return business_day_after(day, version.promised_answer_business_days)
