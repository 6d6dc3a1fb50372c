"""What the database refuses about cards that the rules ask for, yearly fees, and renewals with others."""

from datetime import date
from types import SimpleNamespace

from ceus.models import HeldCard
from renewals.models import YearlyFee
from tests.factories import DocumentFactory
from tests.guards.changes import Illegal, change, change_each, copy, remove


def card_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    proof, given = DocumentFactory(owner=s.jordan), {"valid_from": date(2026, 5, 3), "added_at": s.at}
    s.held_card = HeldCard.objects.create(
        trainer=s.jordan, kind="cpr", document=DocumentFactory(owner=s.jordan), **given
    )
    s.card_removed = HeldCard.objects.create(
        trainer=s.jordan, kind="cpr", document=s.document, state="removed", ended_at=s.at, **given
    )
    s.yearly_fee = YearlyFee.objects.create(cycle=s.cycle, code="dues", due_on=date(2027, 1, 1))
    s.paid_fee = YearlyFee.objects.create(
        cycle=s.cycle, code="dues", due_on=date(2026, 1, 1), charge=s.charge
    )
    another = {"document": proof}
    return [
        copy("ceus_heldcard_document_id_key", s.held_card, "document"),
        copy("ceus_heldcard_kind_given", s.held_card, **another, kind=""),
        copy("ceus_heldcard_order", s.held_card, **another, valid_through=date(2020, 1, 1)),
        copy("ceus_heldcard_one_end", s.held_card, **another, ended_at=s.at),
        copy("ceus_heldcard_refused_why", s.held_card, **another, state="refused", ended_at=s.at),
        copy("ceus_heldcard_words_length", s.held_card, **another, words="x" * 2001),
        *_renewed_with(s),
        copy("renewals_yearlyfee_once", s.yearly_fee),
        copy("renewals_yearlyfee_charge_id_key", s.paid_fee, "charge", code="other"),
        copy("renewals_yearlyfee_code_given", s.yearly_fee, code=""),
        copy("renewals_yearlyfee_code_length", s.yearly_fee, code="x" * 41),
        change("ceus_heldcard_steps", s.card_removed, state="kept", ended_at=None),
        remove("ceus_heldcard_kept", s.held_card),
        *_described(s),
        *change_each(
            "ceus_heldcard_fixed",
            s.held_card,
            kind="aed",
            format="online",
            valid_from=date(2026, 1, 1),
            valid_through=date(2029, 1, 1),
            document=proof,
            added_at=s.later,
        ),
    ]


def _described(s: SimpleNamespace) -> list[Illegal]:
    """Return texts that are too long, and the changes of what a logged course was."""
    another = {"document": DocumentFactory(owner=s.jordan)}
    return [
        copy("ceus_heldcard_kind_length", s.held_card, **another, kind="x" * 41),
        copy("ceus_heldcard_format_length", s.held_card, **another, format="x" * 41),
        *change_each(
            "ceus_ceurecord_described", s.record, provider_code="own", topics="law", format="online"
        ),
    ]


def _renewed_with(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("renewals_led", s.draft, state="withdrawn", ended_at=s.at, renewed_with=s.in_review),
        *change_each("renewals_led_fixed", s.led, covered=False, renewed_with=s.in_review),
        change("renewals_leader_first", s.led, state="approved", assessment={}, ended_at=s.at),
        copy("renewals_leader_first_new", s.led, state="approved", assessment={}, ended_at=s.at),
    ]
