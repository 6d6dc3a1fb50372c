"""The cards that a policy asks for (its `cards`), and those that a trainer keeps, as facts for the rules."""

from collections.abc import Mapping, Sequence

from ceus.models import HeldCard
from rules.asking import CardKind, card_kinds
from rules.facts import CardFact
from trainers.circumstances import register_circumstances
from trainers.models import Cycle


def kinds_asked_of(cycle: Cycle) -> tuple[CardKind, ...]:
    """Return the kinds of cards that the policy of a cycle knows, for this cycle and later ones."""
    return card_kinds(cycle.policy, cycle.starts_on)


def label_of_card(card: HeldCard) -> str:
    """Return what the policies of its owner's credentials call the kind of a card."""
    for credential in card.trainer.credentials.order_by("pk"):
        for kind in card_kinds(credential.policy, card.valid_from):
            if kind.code == card.kind:
                return kind.label
    return card.kind_words


@register_circumstances
def _held_cards(cycles: Sequence[Cycle]) -> Mapping[int, Mapping[str, object]]:
    """Return the kept cards of each cycle's owner. One query; none where no policy asks for cards."""
    asking = [one for one in cycles if kinds_asked_of(one)]
    if not asking:
        return {}
    found: dict[int, list[CardFact]] = {one.credential.trainer_id: [] for one in asking}
    rows = HeldCard.objects.kept().filter(trainer__in=found).order_by("pk")
    for owner, kind, first_on, last_on, held in rows.values_list(
        "trainer_id", "kind", "valid_from", "valid_through", "format"
    ):
        found[owner].append(CardFact(kind, first_on, last_on, held or None))
    return {one.pk: {"cards": tuple(found[one.credential.trainer_id])} for one in asking}
