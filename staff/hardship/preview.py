"""What a relief would change, shown before anybody confirms it: Home's words, the prices, what
stays, and the mail.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from cases.pages import StateCard
from core.constraints import require_value
from core.history import subject_of
from core.mail import Mail, render_mail
from core.templatetags.words import day
from hardship.fees import fees_of_charge
from hardship.models import Relief
from hardship.notice_codes import WAIVED
from hardship.notices import relief_context
from hardship.standing import fact_of
from outbox.models import Notice
from payments.services.waiving import effect_of_waiver
from renewals.pages.cards import state_of
from renewals.pages.sentences import granted_sentences
from renewals.pages.snapshot import Snapshot
from rules.days import through_words
from rules.standing import assess
from trainers.services.cycles import foreseen_period

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
    """What the page shows beside the form. `proposes` is true when a second person will decide."""

    state: StateCard
    granted: tuple[str, ...]
    prices: tuple[Price, ...]
    changes: tuple[Change, ...]
    mail: Mail
    proposes: bool


def preview_of(snapshot: Snapshot, relief: Relief, *, before_on: date | None) -> Preview:
    """Return what `relief` would change for the trainer of `snapshot`, in which it is not yet
    included. No query.

    `before_on` is the present last day, for a relief that moves a last day.
    """
    after = snapshot_with(snapshot, relief)
    template = "waived" if relief.is_waiver else "more_time"
    return Preview(
        state=state_of(after),
        granted=tuple(granted_sentences(after)),
        prices=tuple(_prices(snapshot, after)),
        changes=tuple(_changes(snapshot, after, relief, before_on)),
        mail=render_mail(template, relief_context(relief)),
        proposes=relief.state == Relief.State.PROPOSED,
    )


def preview_of_charge(relief: Relief, read_snapshot: Callable[[], Snapshot]) -> Preview:
    """Return what a waiver does to its charge and to the trainer's Home. The waiver was saved just
    before, and the caller undoes that.
    """
    effect = _effect_of(relief)
    snapshot = read_snapshot()
    return Preview(
        state=state_of(snapshot),
        granted=tuple(granted_sentences(snapshot)),
        prices=(),
        changes=tuple(_changes_of_charge(relief, effect, snapshot)),
        mail=render_mail("waived", relief_context(relief, effect)),
        proposes=relief.state == Relief.State.PROPOSED,
    )


def _effect_of(relief: Relief) -> Mapping[str, int | None]:
    """Return the effect of a waiver on its charge, as its mail states it; for a proposal, the
    effect that it would have today.
    """
    told = Notice.objects.filter(kind=WAIVED, subject=subject_of(relief)).order_by("-pk").first()
    if told:
        payload: Mapping[str, int | None] = told.payload
        return payload
    charge, cents = require_value(relief.charge), require_value(relief.amount_cents)
    return asdict(effect_of_waiver(charge, cents))


def _changes_of_charge(
    relief: Relief, effect: Mapping[str, int | None], snapshot: Snapshot
) -> Iterator[Change]:
    charge, cents = require_value(relief.charge), require_value(relief.amount_cents)
    line = next(one for one in fees_of_charge(charge) if one.code == relief.fee_code)
    granted = relief.state == Relief.State.GRANTED
    left = line.left if granted else line.left - cents
    yield Change(f"{line.label}, {charge.description}", snapshot.money(left + cents), snapshot.money(left))
    if effect["owed"] is not None:
        yield Change(
            "Left to pay",
            snapshot.money(require_value(effect["owed_before"])),
            snapshot.money(effect["owed"]),
        )
    if effect["owed"] == 0:
        yield Change("What it is for", "waits for the payment", "goes on without one")
    if effect["back"]:
        yield Change("Goes back to where it came from", "nothing", snapshot.money(effect["back"]))
    yield Change("Day of receipt", "as it was")
    yield Change("Expiration date", day(snapshot.cycle.expires_on))


def snapshot_with(snapshot: Snapshot, relief: Relief) -> Snapshot:
    """Return the snapshot as if the relief were granted."""
    granted, facts = fact_of(relief), snapshot.facts
    facts = replace(
        facts,
        extensions=(*facts.extensions, *granted.extensions),
        waivers=(*facts.waivers, *granted.waivers),
    )
    return replace(snapshot, facts=facts, standing=assess(facts, snapshot.today, snapshot.policy))


def _prices(snapshot: Snapshot, after: Snapshot) -> Iterator[Price]:
    for old, new in zip(snapshot.standing.windows, after.standing.windows, strict=True):
        total = snapshot.money(new.fees.total_cents)
        yield Price(new.label, total, new.last_on, old.last_on if old.last_on != new.last_on else None)


def _changes(snapshot: Snapshot, after: Snapshot, relief: Relief, before_on: date | None) -> Iterator[Change]:
    now, then = snapshot.standing.dates, after.standing.dates
    if relief.what in Relief.OF_A_CASE and before_on:
        yield Change(f"{relief.get_what_display()}, {relief.case_ref}", day(before_on), day(relief.last_day))
    yield _day("Last day to complete courses", now.completion_deadline, then.completion_deadline)
    yield _day("Last day to apply", now.last_day_to_apply, then.last_day_to_apply)
    yield Change("Expiration date", day(now.expires_on))
    following = foreseen_period(snapshot.cycle, snapshot.standing)
    yield Change("Next cycle", through_words(following.expires_on))
    if not relief.is_waiver:
        yield Change("Fees", "those of the day on which they apply")
        return
    for old, new in zip(snapshot.standing.windows, after.standing.windows, strict=True):
        before, price = snapshot.money(old.fees.total_cents), snapshot.money(new.fees.total_cents)
        yield Change(f"Price, {new.label.lower()}", before, price if price != before else "")


def _day(label: str, before: date, after: date) -> Change:
    return Change(label, day(before), day(after) if after != before else "")
