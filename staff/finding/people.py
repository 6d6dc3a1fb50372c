"""The people who were found, each with the tag and line that their own page Home shows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.conf import settings
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock
from core.deadlines import SOON, full_day
from core.policy_words import opened_with_a_capital
from core.templatetags.words import day
from renewals.models import Application
from rules.days import through_words
from rules.given_status import path_giving_status, status_words
from rules.names import search_words
from rules.policy.families import Path
from rules.policy.load import load_policy
from rules.units import count_of
from staff.finding.asking import SearchMeaning, people_condition
from trainers.given_statuses import statuses_are_given
from trainers.models import Credential, Cycle, Trainer
from trainers.models.words import has_words, longest_first

CAP = 100  # people counted for one question
MOST_ROWS = 150  # of the index: a person may have two words that fit
SHOWN = 20
GIVEN_BY = {"way": "renewed_by", "since": "starts_on", "rules": "policy_code", "through": "expires_on"}
WORD = re.compile(r"[^\s,;-]+")
RENEWAL_LABELS = {
    Application.State.SUBMITTED: ("warn", "Not paid yet"),
    Application.State.IN_REVIEW: ("info", "In review"),
    Application.State.RETURNED: ("warn", "Correction needed"),
}


@dataclass(frozen=True)
class FoundPerson:
    """One person as a row of the page of results."""

    pk: int
    name: SafeString
    email: str
    number: str
    kind: str  # of the tag
    tag: str
    line: str


def found_people(asked: SearchMeaning) -> list[Trainer]:
    """Return at most `MOST_ROWS` people who match; those for whom a typed word is a whole word of
    the name come first. One query.
    """
    if asked.words and not asked.is_too_short:
        first, *others = longest_first(asked.words)
        # A join, which PostgreSQL walks from the index of words and stops when it has enough.
        people = Trainer.objects.filter(*has_words(others, of="pk"), search_words__word__begins=first)
    else:
        people = Trainer.objects.filter(people_condition(asked))
    rows = {one.pk: one for one in _with_standing(people).order_by()[:MOST_ROWS]}
    wanted = set(asked.words)
    return sorted(
        rows.values(), key=lambda one: (-len(wanted & set(search_words(one.name))), one.name, one.pk)
    )


def _with_standing(people: "QuerySet[Trainer]") -> "QuerySet[Trainer]":
    """Return the people annotated with their present credential, its latest cycle and that cycle's
    open renewal.
    """
    newest = Credential.objects.filter(trainer=OuterRef("pk")).current_first()
    owned = Credential.objects.filter(pk=OuterRef("credential_id"))
    latest = Cycle.objects.filter(credential=OuterRef("credential_id")).order_by("-starts_on")
    begun = latest.filter(starts_on__lte=clock.today(settings.TIME_ZONE))
    renewal = Application.objects.filter(cycle=OuterRef("cycle_id"), state__in=RENEWAL_LABELS).order_by("-pk")

    def first_of(rows: "QuerySet[Model]", column: str) -> Subquery:
        return Subquery(rows.values(column)[:1])

    return (
        people.annotate(credential_id=first_of(newest, "pk"))
        .annotate(
            number=first_of(owned, "number"),
            credential_state=first_of(owned, "state"),
            state_on=first_of(owned, "state_on"),
            policy_code=first_of(owned, "policy_code"),
        )
        .annotate(
            cycle_id=first_of(latest, "pk"),
            expires_on=first_of(latest, "expires_on"),
            last_day=first_of(latest, "last_day_to_apply"),
        )
        .annotate(**_given_by(first_of, latest=latest, running=begun))
        .annotate(in_hand=first_of(renewal, "state"))
    )


def person_rows(people: Iterable[object], asked: SearchMeaning) -> list[FoundPerson]:
    """Return the rows of the page for people of `found_people`."""
    return [_row(one, asked) for one in people]


def _row(person: Any, asked: SearchMeaning) -> FoundPerson:
    kind, tag, line = standing_words(person)
    number = Credential(number=person.number or "").display_number
    return FoundPerson(
        person.pk, marked_name(person.name, asked.words), person.email, number, kind, tag, line
    )


def standing_words(person: Any) -> tuple[str, str, str]:
    """Return colour, tag and line for a person with the annotations of `found_people`."""
    if person.credential_state is None:
        return "", "Staff" if person.is_staff else "No certification", ""
    if person.credential_state != Credential.State.IN_FORCE:
        return "bad", "Not active", f"since {day(person.state_on)}" if person.state_on else ""
    if person.expires_on is None:
        return "", "No cycle", ""
    today = clock.today(load_policy(person.policy_code).time_zone)
    path, through = _held(person)
    line = _validity(through, today)
    if person.in_hand:
        return *RENEWAL_LABELS[person.in_hand], line
    if path and today <= through:
        return "warn", opened_with_a_capital(status_words(str(path.status))), line
    return *_by_dates(person.expires_on, person.last_day, today), line


def _given_by(first_of: Callable[..., Subquery], **cycles: "QuerySet[Cycle]") -> dict[str, Subquery]:
    """Return the annotations that `_held` reads; none where no policy gives a status of its own."""
    if not statuses_are_given():
        return {}
    each = product(cycles.items(), GIVEN_BY.items())
    return {f"{name}_{column}": first_of(rows, field) for (name, rows), (column, field) in each}


def _held(person: Any) -> tuple[Path | None, date]:
    """Return the way by which the person has another status than certified today, or None; and the last day on
    which that, or their certification, stays.
    """
    if not getattr(person, "running_since", None):
        return None, person.expires_on
    running, latest = (
        path_giving_status(
            load_policy(getattr(person, f"{name}_rules") or person.policy_code),
            getattr(person, f"{name}_since"),
            getattr(person, f"{name}_way"),
        )
        for name in ("running", "latest")
    )
    stays = (running.status if running else None) == (latest.status if latest else None)
    return running, person.expires_on if stays else person.running_through


def _validity(expires_on: date, today: date) -> str:
    if today <= expires_on:
        return through_words(expires_on)
    return f"since {full_day(expires_on + timedelta(days=1))}"


def _by_dates(expires_on: date, last_day: date, today: date) -> tuple[str, str]:
    left = expires_on - today
    if left > SOON:
        return "ok", "Active"
    if left > timedelta(0):
        return "warn", f"Expires in {count_of(left.days, 'day')}"
    if not left:
        return "warn", "Expires today"
    return ("bad", "Expired") if today <= last_day else ("", "Ended")


def marked_name(name: str, words: list[str]) -> SafeString:
    """Return the name with the typed letters inside <mark>."""
    parts = []
    end = 0
    for found in WORD.finditer(name):
        part, length = found.group(), 0
        folded = "".join(search_words(part)[-1:])
        for word in sorted(words, key=len, reverse=True):
            if folded.startswith(word):
                length = _letters_of(part, word)
                break
        parts.append((name[end : found.start()], part[:length], part[length:]))
        end = found.end()
    joined = format_html_join(
        "",
        "{}{}{}",
        ((before, format_html("<mark>{}</mark>", hit) if hit else "", rest) for before, hit, rest in parts),
    )
    return joined + format_html("{}", name[end:])


def _letters_of(part: str, word: str) -> int:
    """Return how many letters of `part`, a word of a name, match the folded word `word`."""
    for length in range(1, len(part) + 1):
        if "".join(search_words(part[:length])[-1:]).startswith(word):
            return length
    return len(part)
