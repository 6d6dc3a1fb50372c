"""What a renewal still lacks, in words: an amount of the policy's unit, or else a card or a fact."""

from ceus.card_facts import kinds_asked_of
from core.links import path_of
from rules.answers import Standing
from trainers.models import Cycle


def short_amount(standing: Standing) -> int:
    """Return the largest amount of the policy's unit that a requirement still lacks. Cards, facts and
    numbers of records have no such amount.
    """
    amounts = (one.missing for one in standing.requirements if one.unit == standing.unit)
    return max(amounts, default=0)


def other_needs(standing: Standing) -> list[str]:
    """Return the labels of what is lacking and has no amount, such as a card."""
    return [one.label for one in standing.requirements if one.unit != standing.unit and not one.met]


def lacking_words(standing: Standing) -> str:
    """Return what is lacking, such as "You need 0.4 more" with the unit; "" when nothing is."""
    short, unit = short_amount(standing), standing.unit
    if short:
        return f"You need {unit.format(short)} more {unit.plural}"
    others = other_needs(standing)
    return f"You still need: {', '.join(others)}," if others else ""


def words_to_go(standing: Standing, *, with_unit: bool = False) -> str:
    """Return how much is lacking as a tag, such as "0.4 to go"; for a card or a fact its name."""
    short, unit = short_amount(standing), standing.unit
    if short:
        return f"{unit.words(short) if with_unit else unit.format(short)} to go"
    return ", ".join(f"{one} needed" for one in other_needs(standing)[:1])


def step_to_add(standing: Standing, cycle: Cycle) -> tuple[str, str]:
    """Return (button, path) of the step that adds what is lacking: a course while an amount is, else
    a card, else a fact.
    """
    if short_amount(standing):
        return "Log a course", path_of("ceus:find")
    cards = {one.code for one in kinds_asked_of(cycle)}
    if cards.isdisjoint(standing.unmet):
        return "See what is missing", path_of("trainers:facts")
    return "Add your card", path_of("ceus:cards")
