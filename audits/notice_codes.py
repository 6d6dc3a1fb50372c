"""The codes of the notices about audits. Services queue by code; `notices.py` has the wording."""

OPENED = "audits.opened"
REMINDER = "audits.reminder"
SENT = "audits.sent"
REPLACE = "audits.replace"
MORE_TIME = "audits.more_time"
NO_MORE_TIME = "audits.no_more_time"


def all_kinds() -> tuple[str, ...]:
    """Return the codes of all notices about an audit."""
    return (OPENED, REMINDER, SENT, REPLACE, MORE_TIME, NO_MORE_TIME)
