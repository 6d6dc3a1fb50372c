"""The values of the places in a sentence: who did it, to what, and what changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from string import Formatter

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.models import HistoryEntry
from core.policy_words import amount_in_words
from core.templatetags.words import day, money
from rules.units import count_of
from staff.sentences.changes import marked_changes
from staff.sentences.wording import Sentence

SYSTEM = "The portal"


@dataclass(frozen=True, slots=True)
class MentionedRow:
    """What a sentence needs to know of a row: its name, such as "renewal R-7KQ2MD", its URL, and
    what was decided about it.
    """

    name: str
    url: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class EntryInWords:
    """A row of history, and `things`: the rows that its sentence may mention, by subject."""

    entry: HistoryEntry
    sentence: Sentence
    things: Mapping[str, MentionedRow] = field(default_factory=dict)

    @property
    def thing(self) -> MentionedRow:
        return self.things.get(self.entry.subject, MentionedRow(self.sentence.noun))


def who_did(told: EntryInWords) -> SafeString:
    """Return who did it: staff by their name in bold, the trainer themselves by their first
    name.
    """
    by = told.entry.by
    if by is None:
        return format_html("{}", SYSTEM)
    if by.pk == told.entry.trainer_id:
        return format_html("{}", by.get_short_name())
    return format_html("<strong>{}</strong>", by.name)


def its_name(told: EntryInWords) -> SafeString:
    thing = told.thing
    return format_html('<a href="{}">{}</a>' if thing.url else "{1}", thing.url, thing.name)


def its_name_first(told: EntryInWords) -> SafeString:
    """Return the name of the row with a capital letter, for the beginning of a sentence."""
    thing = told.thing
    name = thing.name[:1].upper() + thing.name[1:]
    return format_html('<a href="{}">{}</a>' if thing.url else "{1}", thing.url, name)


def _verdict(told: EntryInWords) -> str:
    return f": {told.thing.verdict}" if told.thing.verdict else ""


def _total(told: EntryInWords) -> str:
    cents = told.entry.detail.get("total_cents")
    return f" for {money(cents)}" if cents else ""


def _cents(told: EntryInWords) -> str:
    cents = told.entry.detail.get("cents")
    return money(cents) if isinstance(cents, int) else "a part"


def _relief(told: EntryInWords) -> str:
    """Return what was asked for or granted in hardship, such as "more time through June 30, 2028"."""
    detail = told.entry.detail
    fee, through = detail.get("fee"), detail.get("through") or detail.get("asked_through")
    if fee:
        amount = f"{_cents(told)} of " if "cents" in detail else ""
        name = str(fee).replace("_", " ").removesuffix(" fee")
        return f"a waiver of {amount}the {name} fee"
    return f"more time through {through}" if through else "a waiver"


def _ceus(told: EntryInWords) -> str:
    hundredths = told.entry.detail.get("hundredths")
    return f": {amount_in_words(hundredths)}" if isinstance(hundredths, int) else ""


def _count(told: EntryInWords) -> str:
    number = len(told.entry.detail.get("records", ()))
    return count_of(number, "course")


def _role(told: EntryInWords) -> str:
    role = told.entry.detail.get("role")
    return f" as {role}" if role else ""


def _day(told: EntryInWords, key: str) -> str:
    text = told.entry.detail.get(key)
    return day(date.fromisoformat(text)) if text else "that day"


PLACES: Mapping[str, Callable[[EntryInWords], str]] = {
    "who": who_did,
    "it": its_name,
    "It": its_name_first,
    "changes": lambda told: marked_changes(told.entry),
    "verdict": _verdict,
    "total": _total,
    "ceus": _ceus,
    "cents": _cents,
    "relief": _relief,
    "count": _count,
    "role": _role,
    "due": lambda told: _day(told, "due_on"),
    "on": lambda told: _day(told, "on"),
    "moved": lambda told: str(told.entry.detail.get("moved") or "nothing"),
    "address": lambda told: str(told.entry.detail.get("address") or "their address"),
}


@cache
def places_of(text: str) -> frozenset[str]:
    """Return the names of the places in a sentence."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def history_sentence(told: EntryInWords) -> SafeString:
    """Return the sentence for a row of history, with every place filled in."""
    text = told.sentence.text
    values = {name: conditional_escape(PLACES[name](told)) for name in places_of(text)}
    return mark_safe(text.format(**values))  # noqa: S308 - the text is ours, and every value is escaped
