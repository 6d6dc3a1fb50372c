"""The answer of the public calculator: a standing in words, and its windows drawn to scale."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html

from cases.pages import Row
from core.deadlines import short_day_with_year
from core.forms import DatePartsWidget
from core.templatetags.words import day, on, until
from renewals.pages.check import fee_rows
from renewals.pages.snapshot import Snapshot
from renewals.pages.timeline import Timeline, price_timelines
from rules.answers import Standing
from rules.policy.model import Policy
from rules.wording import ACTIVE, TERMINATED


@dataclass(frozen=True, slots=True)
class PriceBand:
    """A window of the policy: its name, its price, and a sentence that says what it means."""

    label: str
    price: str
    sentence: str
    clause: str  # for staff
    current: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of the calculator. `price` is its heading: an amount, or why there is none."""

    tag_kind: str
    tag: str
    price: str
    heading: str
    sentences: tuple[str, ...]
    fees: tuple[Row, ...]
    dates: tuple[Row, ...]
    bands: tuple[PriceBand, ...]
    timelines: tuple[Timeline, ...]
    why: tuple[str, ...]
    standing: Standing


def own_calculator_values(snapshot: Snapshot) -> dict[str, str]:
    """Return the values with which the calculator's form begins for this trainer: a renewal that is
    received today. None for a certification for life, which is not renewed, nor for an inactive one or the like: the
    calculator knows nothing of ways to renew.
    """
    if snapshot.cycle.is_for_life or snapshot.certification.given:
        return {}
    courses = sum(
        answer.counted
        for answer in snapshot.standing.records
        if not snapshot.card_category or answer.record.category != snapshot.card_category.code
    )
    dates = {
        "expires_on": snapshot.cycle.expires_on,
        "awarded_on": snapshot.credential.awarded_on,
        "apply_on": snapshot.today,
        "card_through": snapshot.card_through,
    }
    parts = {
        f"{name}_{part}": str(getattr(when, part))
        for name, when in dates.items()
        if when
        for part in DatePartsWidget.parts
    }
    return {**parts, "ceus": snapshot.policy.unit.format(courses)}


def answer_of(standing: Standing, policy: Policy) -> Answer:
    """Return in words what the public calculator found: the standing for the dates and amounts that
    the visitor typed.
    """
    heading, kind, tag = _heading(standing)
    missing = tuple(one.text for one in standing.requirements if not one.met)
    complete = ("You have everything that you need.",)
    fees = standing.fees
    return Answer(
        tag_kind=kind,
        tag=tag,
        price=_price(standing, policy),
        heading=heading,
        sentences=missing or complete,
        fees=fee_rows(
            ({"label": one.label, "amount_cents": one.amount_cents, "text": one.text} for one in fees.lines),
            "Total",
        )
        if fees and fees.total_cents and standing.accepts_application
        else (),
        dates=tuple(_dates(standing)),
        bands=tuple(_bands(standing, policy)),
        timelines=price_timelines(
            standing.windows,
            standing.received_on,
            f"Your day, {short_day_with_year(standing.received_on)}",
            money=policy.money,
        ),
        why=tuple(one.text for one in standing.explanations),
        standing=standing,
    )


def _heading(standing: Standing) -> tuple[str, str, str]:
    """Return (the status on the day in a sentence, tag kind, tag)."""
    asked, expires_on = day(standing.received_on), day(standing.dates.expires_on)
    if standing.status == ACTIVE:
        heading = f"On {asked} you are certified, through {expires_on}."
    else:
        heading = f"On {asked} your certification has expired."
    if standing.eligible:
        return heading, "ok" if standing.status == ACTIVE else "warn", "You can renew"
    if standing.accepts_application:
        return heading, "warn", "Something is missing"
    ended = standing.status == TERMINATED
    return heading, "bad" if ended else "", "Ended" if ended else "Not yet"


def _price(standing: Standing, policy: Policy) -> str:
    """Return the price on the day, such as "$129"; before the first window, its price and first
    day; after the last, that it is too late.
    """
    if standing.accepts_application and standing.fees:
        return _money(standing.fees.total_cents, policy, "Nothing to pay")
    first = standing.windows[0]
    if standing.received_on < first.first_on:
        return f"{_money(first.fees.total_cents, policy, 'Nothing to pay')} from {day(first.first_on)}"
    ended = standing.status == TERMINATED
    return "You can no longer renew" if ended else "You cannot renew on this day"


def _money(cents: int, policy: Policy, nothing: str) -> str:
    return policy.money(cents) if cents else nothing


def _dates(standing: Standing) -> Iterator[Row]:
    dates = standing.dates
    yield Row("First day to renew", on(dates.opens_on))
    yield Row("Last day for courses of this cycle", on(dates.completion_deadline))
    yield Row("Last day to renew at all", on(dates.last_day_to_apply))
    period = dates.next_cycle
    yield Row("Next cycle", format_html("{} {}", on(period.starts_on), until(period.expires_on)))


def _bands(standing: Standing, policy: Policy) -> Iterator[PriceBand]:
    for window in standing.windows:
        yield PriceBand(
            label=window.label,
            price=_money(window.fees.total_cents, policy, "Nothing"),
            sentence=window.text,
            clause=window.clause,
            current=window.first_on <= standing.received_on <= window.last_on,
        )
