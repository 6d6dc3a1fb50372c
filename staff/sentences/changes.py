"""What a row of history changed, before and after, as markup."""

from collections.abc import Iterator
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.models import HistoryEntry
from core.policy_words import amount_in_words, in_policy_words
from core.templatetags.words import day

NAMES = {
    "completed_on": "day",
    "valid_through": "valid through",
    "hundredths": in_policy_words("{units}"),
    "approved": "counts",
    "email": "email address",
    "time_zone": "time zone",
    "wants_reminders": "reminders",
    "works_here": "works here",
}
NOTHING = "nothing"


def changes_of(entry: HistoryEntry) -> list[tuple[str, str, str]]:
    """Return (what, before, after) in words for each value that `entry` changed; unchanged ones are
    left out.
    """
    found = (
        (name, _value_in_words(name, before), _value_in_words(name, after))
        for name, before, after in _pairs(entry.detail)
    )
    return [(NAMES.get(name, name.replace("_", " ")), was, now) for name, was, now in found if was != now]


def marked_changes(entry: HistoryEntry) -> SafeString:
    """Return the changes as markup: the value before struck out, the value after in bold."""
    changes = changes_of(entry)
    alone = len(changes) == 1
    return format_html_join(
        ", ",
        "{}<del>{}</del> → <strong>{}</strong>",
        (("" if alone else f"{what}: ", was, now) for what, was, now in changes),
    ) or format_html("{}", "no further words")


def _pairs(detail: dict[str, object]) -> Iterator[tuple[str, object, object]]:
    """Yield each pair of values that a detail keeps: {"name": [before, after]}, or {"before": …, "after": …}."""
    before, after = detail.get("before"), detail.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        yield from ((name, before[name], after.get(name)) for name in before)
    elif isinstance(before, str) and isinstance(after, str):
        yield "day", before, after
    for name, value in detail.items():
        if isinstance(value, list) and len(value) == 2 and name != "records":
            yield name, value[0], value[1]


def _value_in_words(name: str, value: object) -> str:
    if name == "roles" and isinstance(value, list) and value:
        return ", ".join(["works here" if value[0] else "does not work here", *map(str, value[1:])])
    if isinstance(value, list):
        return ", ".join(_value_in_words(name, one) for one in value) or NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, "", "None"):
        return NOTHING
    if name == "hundredths":
        return amount_in_words(int(str(value)))
    return _day_words(str(value))


def _day_words(text: str) -> str:
    """Return an ISO date in words, and any other text as it is."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
