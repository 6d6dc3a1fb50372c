"""Whether a card, such as CPR, is valid on a day or on every day of a span."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from rules.conditions import Context, condition_holds
from rules.days import add_days, add_months
from rules.facts import CardFact
from rules.more import CardAnswer
from rules.policy.families import Card


def card_answers(cards: Iterable[Card], context: Context, days: Mapping[str, date]) -> tuple[CardAnswer, ...]:
    """Return the answer for each card that this person needs or may count; `days` has the day of
    each anchor.
    """
    return tuple(_answer(one, context, days) for one in cards if condition_holds(one.when, context))


def _answer(card: Card, context: Context, days: Mapping[str, date]) -> CardAnswer:
    first_on, last_on = card.span.among(days)
    codes = (card.code, *card.served_by)
    own = [
        accepted_card(one, card.lasts_months)
        for one in context.facts.more.cards
        if one.card in codes and (not card.formats or one.format in card.formats)
    ]
    met = is_covered(own, first_on, last_on)
    return CardAnswer(card.code, card.label, card.rule, first_on, last_on, met, card.worth if met else 0)


def accepted_card(card: CardFact, months: int | None) -> CardFact:
    """Return a card as it is accepted: where the policy says how many `months` one lasts, so long from its
    first day at most.
    """
    if months is None or card.valid_from is None:
        return card
    last_on = add_days(add_months(card.valid_from, months), -1)
    return replace(card, valid_through=min(card.valid_through or last_on, last_on))


def is_covered(cards: Iterable[CardFact], first_on: date, last_on: date) -> bool:
    """Return whether at least one card is valid on each day from `first_on` through `last_on`. When
    one card ends, another may cover the days after it.
    """
    missing_from = first_on
    for card in sorted(cards, key=lambda one: one.valid_from or date.min):
        if (card.valid_from or date.min) > missing_from:
            return False
        if card.valid_through is None or card.valid_through >= last_on:
            return True
        missing_from = max(missing_from, card.valid_through + timedelta(days=1))
    return False
