"""Statements of learning systems (xAPI 1.0.3, cmi5), read as rows of a report. The account name of
the actor is the certification number of the person who completed a course; the course is the last
part of the activity's id, or its extension `course`. Statements with other verbs are ignored.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.errors import Refusal
from providers.models.batch import MOST_ROWS
from providers.rows import ReadRow, read_row
from rules.policy.model import Policy

COMPLETING = (
    "http://adlnet.gov/expapi/verbs/completed",
    "http://adlnet.gov/expapi/verbs/passed",
    "https://w3id.org/xapi/adl/verbs/completed",
    "https://w3id.org/xapi/adl/verbs/passed",
)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}(:?\d{2})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadStatements:
    """The statements of one request: the id of each, and the rows of those that report a completion."""

    ids: list[str]
    rows: list[ReadRow]


def read_statements(
    body: bytes, policy: Policy, *, at: datetime, new_id: Callable[[], object]
) -> ReadStatements:
    """Return the statements of a request. Raises Refusal for one that is no statement: then none is
    taken, as the specification asks.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal("The body is no JSON.", code="json") from None
    listed = found if isinstance(found, list) else [found]
    if not 0 < len(listed) <= MOST_ROWS:
        raise Refusal(f"Send from 1 to {MOST_ROWS:,} statements.", code="count")
    ids, rows = [], []
    for place, one in enumerate(listed, 1):
        if not isinstance(one, dict):
            raise Refusal(f"Statement {place} is no object.", code="statement")
        ids.append(_id_of(one, place) or str(new_id()))
        verb = _part(one, "verb").get("id")
        if not isinstance(verb, str) or not isinstance(one.get("object"), dict) or not _part(one, "actor"):
            raise Refusal(f"Statement {place} lacks its actor, verb or object.", code="statement")
        if verb in COMPLETING and _part(one, "result").get("success") is not False:
            rows.append(_row(place, one, policy, at))
    if len(set(ids)) != len(ids):
        raise Refusal("Two statements have the same id.", code="twice")
    return ReadStatements(ids, rows)


def _row(place: int, statement: dict[str, object], policy: Policy, at: datetime) -> ReadRow:
    actor = _part(statement, "actor")
    return read_row(
        place,
        number=_text(_part(actor, "account").get("name")),
        name=_text(actor.get("name")) or None,
        course=_course_of(_part(statement, "object")),
        completed_on=_day_of(statement.get("timestamp"), policy, at, place),
        ceus="",
        unit=policy.unit,
    )


def _course_of(activity: dict[str, object]) -> str:
    """Return the code of the course: an extension whose name ends in `course`, or the last part of the id."""
    extensions = _part(_part(activity, "definition"), "extensions")
    for name, value in extensions.items():
        if name.rstrip("/").rpartition("/")[2] == "course" and isinstance(value, str):
            return value
    return _text(activity.get("id")).rstrip("/").rpartition("/")[2]


def _day_of(moment: object, policy: Policy, at: datetime, place: int) -> str:
    """Return the day of a statement in the policy's time zone; today for one without a timestamp."""
    zone = ZoneInfo(policy.time_zone)
    if moment is None:
        return at.astimezone(zone).date().isoformat()
    try:
        if not isinstance(moment, str) or not _MOMENT.fullmatch(moment):
            raise ValueError
        return datetime.fromisoformat(moment).astimezone(zone).date().isoformat()
    except (ValueError, OverflowError):
        raise Refusal(f"Statement {place} has a timestamp that is none.", code="timestamp") from None


def _id_of(statement: dict[str, object], place: int) -> str:
    given = statement.get("id")
    if given is None:
        return ""
    try:
        return str(UUID(given if isinstance(given, str) else ""))
    except ValueError:
        raise Refusal(f"Statement {place} has an id that is no UUID.", code="id") from None


def _part(whole: dict[str, object], name: str) -> dict[str, object]:
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
