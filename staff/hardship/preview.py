"""What a relief would change, shown before anybody confirms it: Home's words, the prices, what
stays, and the mail.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cases.pages import StateCard
from core.mail import Mail, render_mail
from core.templatetags.words import day
from hardship.models import Relief
from hardship.notices import relief_context
from hardship.standing import fact_of
from renewals.pages.cards import state_of
from renewals.pages.case import Case
from renewals.pages.sentences import granted_sentences
from rules.standing import assess

What = Relief.What


@dataclass(frozen=True, slots=True)
class Change:
    """A date or a price before and after a relief; `after` is empty when it stays."""

    label: str
    before: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """One price with its last day; `was` is the last day without the relief when it moves, else
    None.
    """

    label: str
    total: str
    last_on: date
    was: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the page shows beside the form. `proposes` says that a second person will decide."""

    state: StateCard
    granted: tuple[str, ...]
    prices: tuple[Price, ...]
    changes: tuple[Change, ...]
    mail: Mail
    proposes: bool


def preview_of(case: Case, relief: Relief, *, before_on: date | None) -> Preview:
    """Return what `relief` would change for the trainer of `case`, which does not contain it yet.
    No query.

    `before_on` is the present last day, for a relief about a case.
    """
    after = case_with(case, relief)
    template = "waived" if relief.is_waiver else "more_time"
    return Preview(
        state=state_of(after),
        granted=tuple(granted_sentences(after)),
        prices=tuple(_prices(case, after)),
        changes=tuple(_changes(case, after, relief, before_on)),
        mail=render_mail(template, relief_context(relief)),
        proposes=relief.state == Relief.State.PROPOSED,
    )


def case_with(case: Case, relief: Relief) -> Case:
    """Return the case as if the relief were granted."""
    granted, facts = fact_of(relief), case.facts
    facts = replace(
        facts,
        extensions=(*facts.extensions, *granted.extensions),
        waivers=(*facts.waivers, *granted.waivers),
    )
    return replace(case, facts=facts, standing=assess(facts, case.today, case.policy))


def _prices(case: Case, after: Case) -> Iterator[Price]:
    for old, new in zip(case.standing.windows, after.standing.windows, strict=True):
        total = case.money(new.fees.total_cents)
        yield Price(new.label, total, new.last_on, old.last_on if old.last_on != new.last_on else None)


def _changes(case: Case, after: Case, relief: Relief, before_on: date | None) -> Iterator[Change]:
    now, then = case.standing.dates, after.standing.dates
    if relief.what in Relief.OF_A_CASE and before_on:
        yield Change(f"{relief.get_what_display()}, {relief.case_ref}", day(before_on), day(relief.last_day))
    yield _day("Last day to complete courses", now.completion_deadline, then.completion_deadline)
    yield _day("Last day to apply", now.last_day_to_apply, then.last_day_to_apply)
    yield Change("Expiration date", day(now.expires_on))
    yield Change("Next cycle", f"through {day(now.next_cycle.expires_on)}")
    if not relief.is_waiver:
        yield Change("Fees", "those of the day on which they apply")
        return
    for old, new in zip(case.standing.windows, after.standing.windows, strict=True):
        before, price = case.money(old.fees.total_cents), case.money(new.fees.total_cents)
        yield Change(f"Price, {new.label.lower()}", before, price if price != before else "")


def _day(label: str, before: date, after: date) -> Change:
    return Change(label, day(before), day(after) if after != before else "")
