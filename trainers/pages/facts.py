"""What the rules need to know about a trainer: what they state themselves, and what staff state."""

from dataclasses import dataclass

from core.templatetags.words import day
from rules.asking import COUNTRIES, TRAINER, AskedFact
from rules.policy.read_conditions import DAY, YES_NO
from trainers.circumstances import facts_asked_of, known_facts, why_these_stay
from trainers.countries import country_names
from trainers.fact_forms import why_asked
from trainers.models import Credential, Cycle

UNKNOWN = "Not stated"


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as a page shows it, with the reason why it is asked."""

    label: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class FactsPage:
    """The facts that the trainer states (`asked`), what is known of them, the rows of those that only
    staff state, and why nothing can be changed now, or "".
    """

    asked: tuple[AskedFact, ...]
    known: dict[str, object]
    own: tuple[FactRow, ...]
    of_staff: tuple[FactRow, ...]
    why_kept: str


def page_of_facts(cycle: Cycle) -> FactsPage:
    """Return what the page of a cycle's facts says."""
    asked = facts_asked_of(cycle)
    known = known_facts(cycle.credential, asked)
    theirs = tuple(one for one in asked if one.by == TRAINER)
    return FactsPage(
        asked=theirs,
        known=known,
        own=fact_rows(theirs, known),
        of_staff=fact_rows(tuple(one for one in asked if one.by != TRAINER), known),
        why_kept=_why_kept(cycle.credential, theirs),
    )


def _why_kept(credential: Credential, theirs: tuple[AskedFact, ...]) -> str:
    """Return why none of these facts can be changed now; "" when one can."""
    why = [why_these_stay(credential, [one]) for one in theirs]
    return why[0] if why and all(why) else ""


def fact_rows(asked: tuple[AskedFact, ...], known: dict[str, object]) -> tuple[FactRow, ...]:
    """Return the facts in words."""
    return tuple(FactRow(one.label, value_words(one, known.get(one.code)), why_asked(one)) for one in asked)


def value_words(fact: AskedFact, value: object) -> str:
    """Return the value of a fact in words."""
    if value is None:
        return UNKNOWN
    if fact.kind == YES_NO:
        return "Yes" if value else "No"
    if fact.kind == DAY:
        return day(value)  # type: ignore[arg-type]  # a fact of this kind is a date
    if fact.kind == COUNTRIES:
        return country_names().get(str(value), str(value))
    return str(value).replace("_", " ").capitalize()
