"""What changes from one policy, or one of its versions, to another, in sentences."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from rules.days import day_in_words
from rules.policy.check_texts import wrong_texts
from rules.policy.model import Fee, Policy, PolicyVersion, Tier
from staff.policy.comparing import ComparedFigure, compare_versions

HEAD = (
    ("title", "The credential’s title"),
    ("time_zone", "The time zone in which days end"),
    ("currency", "The currency"),
    ("currency_symbol", "The sign of the currency"),
)
UNIT = (
    ("plural", "The unit"),
    ("singular", "The unit’s singular"),
    ("digits", "The decimals of an amount"),
    ("step", "The smallest step of an amount"),
    ("hours_per_unit", "The contact hours in one unit"),
)


HOLDER = (("plural", "What those who are certified are called"), ("singular", "What one of them is called"))


def policy_changes(before: Policy, after: Policy) -> list[str]:
    """Return what changes from the newest version of one policy to the newest of another."""
    parts = ((before, after, HEAD), (before.holder, after.holder, HOLDER), (before.unit, after.unit, UNIT))
    head = [
        _changed(words, getattr(old, name), getattr(new, name))
        for old, new, names in parts
        for name, words in names
        if getattr(old, name) != getattr(new, name)
    ]
    return [*head, *version_changes(before.versions[-1], after.versions[-1])]


def version_changes(before: PolicyVersion, after: PolicyVersion) -> list[str]:
    """Return what changes from one version to another; empty when nothing does."""
    figures = [sentence for row in compare_versions(before, after) if (sentence := _figure(row))]
    words = (*_sentences(before, after), *_texts(before, after))
    return [*figures, *_categories(before, after), *_reminders(before, after), *words]


def stale_texts(policy: Policy, before: PolicyVersion, after: PolicyVersion) -> list[str]:
    """Return the texts of `after` that still name the value that one of its figures had in `before`, or
    that say another number than their own value, also in words; each with its clause.

    A whole number alone, such as 30, is looked for only in the text of its own figure.
    """
    old = {row.label: row.before for row in compare_versions(before, after) if row.changed and row.after}
    numbers = {label: value.partition(" ")[0] for label, value in old.items()}
    anywhere = {*old.values(), *(number for number in numbers.values() if not number.isdecimal())}
    wrong = {one.text: one.place for one, _ in wrong_texts(policy, after)}
    stale = [
        f"{one.clause}: {one.text}"
        for one in after.figures()
        if wrong.pop(one.text, "") or _names_any(one.text, anywhere | {numbers.get(one.label, "")})
    ]
    return [*stale, *(f"{place}: {text}" for text, place in wrong.items())]


def _names_any(text: str, values: Iterable[str]) -> bool:
    return any(value and re.search(rf"(?<![\w.]){re.escape(value)}(?!\w)", text) for value in values)


def needed_amounts(version: PolicyVersion) -> list[int]:
    """Return the total and each category's minimum, in the unit's smallest part."""
    return [version.total, *(one.minimum for one in version.categories)]


def when_in_force(version: PolicyVersion) -> str:
    """Return the sentence that names the first day on which a version is in force."""
    return f"In force from {day_in_words(version.in_force_from)}."


def _changed(what: str, before: object, after: object) -> str:
    return f"{what} is {after}, not {before}."


def _figure(row: ComparedFigure) -> str:
    cited = f" ({row.clause})" if row.clause else ""
    if not row.before:
        return f"{row.label} is new: {row.after}{cited}."
    if not row.after:
        return f"{row.label} falls away; it was {row.before}{cited}."
    return f"{row.label} becomes {row.after}; it was {row.before}{cited}." if row.changed else ""


def _categories(before: PolicyVersion, after: PolicyVersion) -> Iterator[str]:
    old, new = ({one.code: one for one in version.categories} for version in (before, after))
    for code, category in new.items():
        if code not in old:
            yield f"The category {category.label} is new."
            continue
        if old[code].label != category.label:
            yield f"The category {old[code].label} is called {category.label}."
        if old[code].must_be_current != category.must_be_current:
            word = "must" if category.must_be_current else "need no longer"
            yield f"{category.label} {word} be current when an application is received."
    yield from (f"The category {one.label} falls away." for code, one in old.items() if code not in new)


def _reminders(before: PolicyVersion, after: PolicyVersion) -> Iterator[str]:
    for calendar in dict.fromkeys((*before.reminders, *after.reminders)):
        old, new = ({one.code: one for one in v.reminders.get(calendar, ())} for v in (before, after))
        yield from (f"The {calendar} reminder {code} is no longer sent." for code in old if code not in new)
        yield from (f"The {calendar} reminder {code} is new." for code in new if code not in old)
        yield from (
            f"The {calendar} reminder {code} is sent on another day, or to others."
            for code in new
            if code in old and new[code] != old[code]
        )


def _sentences(before: PolicyVersion, after: PolicyVersion) -> Iterator[str]:
    """Yield a sentence for each figure whose own sentence is another, and for each fee and tier whose
    sentence for one person is.
    """
    old = {one.key: one for one in before.stated}
    for one in after.stated:
        if one.key in old and old[one.key].label != one.label:
            yield f"{old[one.key].label} is called {one.label}."
        if one.key in old and old[one.key].value == one.value and old[one.key].text != one.text:
            yield f"{one.label} says: “{one.text}”"
    told = {(kind, one.code): one.explain for kind, one in _explained(before)}
    for kind, row in _explained(after):
        if told.get((kind, row.code), row.explain) != row.explain:
            yield f"{row.label} says to one person: “{row.explain}”"


def _explained(version: PolicyVersion) -> Iterator[tuple[str, Fee | Tier]]:
    yield from (("fee", one) for one in version.fees)
    yield from (("tier", one) for one in version.tiers)


def _texts(before: PolicyVersion, after: PolicyVersion) -> Iterator[str]:
    """Yield a sentence for each clause or reading that is different, new or gone."""
    old, new = (
        {one.code: one for one in chain[object](version.clauses, version.readings)}  # type: ignore[attr-defined]  # both have a code
        for version in (before, after)
    )
    yield from (f"{code} says something else." for code in new if code in old and new[code] != old[code])
    yield from (f"{code} is new." for code in new if code not in old)
    yield from (f"{code} falls away." for code in old if code not in new)
