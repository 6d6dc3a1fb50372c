"""The cards that the rules ask for, and those that a trainer keeps."""

from dataclasses import dataclass
from datetime import date

from ceus.card_facts import kinds_asked_of
from ceus.models import HeldCard
from ceus.standing import standing_for
from core.templatetags.words import day
from rules.asking import CardKind
from rules.cards import accepted_card
from rules.facts import CardFact
from trainers.models import Cycle, Trainer

CURRENT, ENDED, LATER = ("ok", "Current"), ("", "Ended"), ("info", "Not yet valid")


@dataclass(frozen=True, slots=True)
class NeededCard:
    """A card that the rules ask for: whether it is there, and the sentence about its days."""

    label: str
    line: str
    why: str
    met: bool
    kind: str


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A kept card with its tag on the page: `tag_kind` and `tag`."""

    card: HeldCard
    label: str
    line: str
    tag_kind: str
    tag: str


@dataclass(frozen=True, slots=True)
class CardsPage:
    """What the rules ask for now, every kept card, and those that staff refused."""

    needed: tuple[NeededCard, ...]
    kept: tuple[KeptCard, ...]
    refused: tuple[KeptCard, ...]
    kinds: tuple[CardKind, ...]


def cards_page_of(cycle: Cycle, trainer: Trainer, *, today: date) -> CardsPage:
    """Return what the page of the trainer's cards says. Few queries, however many cards there are."""
    kinds = kinds_asked_of(cycle)
    known = {one.code: one for one in kinds}
    standing = standing_for(cycle, today=today) if kinds else None
    asked = {one.code: one for one in standing.requirements} if standing else {}
    needed = tuple(
        NeededCard(one.label, asked[one.code].text, one.why, asked[one.code].met, one.code)
        for one in kinds
        if one.code in asked
    )
    rows = list(HeldCard.objects.owned_by(trainer).exclude(state=HeldCard.State.REMOVED))
    shown = [_kept_card(one, known.get(one.kind), today) for one in rows]
    return CardsPage(
        needed=needed,
        kept=tuple(one for one in shown if one.card.state == HeldCard.State.KEPT),
        refused=tuple(one for one in shown if one.card.state == HeldCard.State.REFUSED),
        kinds=kinds,
    )


def card_label(card: HeldCard, cycle: Cycle) -> str:
    """Return what the policy calls the kind of a card."""
    labels = {one.code: one.label for one in kinds_asked_of(cycle)}
    return labels.get(card.kind, card.kind_words)


def _kept_card(card: HeldCard, kind: CardKind | None, today: date) -> KeptCard:
    label, lasts = (kind.label, kind.lasts_months) if kind else (card.kind_words, None)
    last_on = accepted_card(CardFact(card.kind, card.valid_from, card.valid_through), lasts).valid_through
    tag = LATER if card.valid_from > today else ENDED if last_on and last_on < today else CURRENT
    line = f"Issued on {day(card.valid_from)}. "
    line += f"Valid through {day(card.valid_through)}" if card.valid_through else "It has no last day"
    line += (
        f". Our rules accept it through {day(last_on)}" if last_on and last_on != card.valid_through else ""
    )
    return KeptCard(card, label, line, *tag)
