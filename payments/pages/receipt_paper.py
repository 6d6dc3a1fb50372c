"""The receipt as a PDF document: the words of the receipt's page, and the same bytes every time."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import strip_tags

from core.flowing import Flow
from core.organisation import OrganisationFacts
from core.paper import can_write
from core.templatetags.words import at, money, place, signed_money
from payments.models import Charge, LedgerEntry
from payments.services.charges import payment_state

Kind = LedgerEntry.Kind
MOVED = {  # how money moved after it was paid
    Kind.REFUND: "returned to you on",
    Kind.UNDONE: "came back to us, because your bank did not take it, on",
    Kind.DISPUTE: "taken back by your bank on",
    Kind.WON: "given back to us by your bank on",
}
DISPUTED = "This payment is disputed at your bank, which has not decided."


@dataclass(frozen=True, slots=True)
class Receipt:
    """A paid charge and its ledger rows, with times in the payer's zone. `paid` holds the payments,
    `returned` the later refunds and disputes.
    """

    charge: Charge
    paid: list[LedgerEntry]
    returned: list[LedgerEntry]
    seller: OrganisationFacts

    def facts(self) -> Iterator[tuple[str, str]]:
        charge, zone = self.charge, self.charge.trainer.time_zone
        yield "Receipt number", str(charge.pk)
        yield "Paid by", f"{charge.trainer.name}, {charge.trainer.email}"
        if charge.paid_at:
            yield "Paid on", f"{strip_tags(at(charge.paid_at, zone))} ({place(zone)} time)"
        yield "For", charge.description
        for line in charge.lines:
            yield line["label"], signed_money(line["amount_cents"])
        if charge.waived_before_paid:
            yield "Waived", signed_money(charge.waived_before_paid)
        yield "Total paid", f"{money(charge.paid_cents or 0)} {charge.currency}"

    def seller_lines(self) -> list[str]:
        return [self.seller.full_name, *self.seller.address_lines] if self.seller.full_name else []

    def movements(self) -> Iterator[str]:
        zone = self.charge.trainer.time_zone
        for entry in self.paid:
            yield f"A payment, taken on {strip_tags(at(entry.at, zone))}. Reference {entry.provider_ref}"
        for entry in self.returned:
            amount, when = money(abs(entry.amount_cents)), strip_tags(at(entry.at, zone))
            how = MOVED[Kind(entry.kind)]
            yield f"{amount} {how} {when}. {entry.reason}. Reference {entry.reference}"
        if payment_state(self.charge) == "disputed":
            yield DISPUTED


def has_pdf(receipt: Receipt) -> bool:
    """Return whether the font of the PDF has every letter of the receipt."""
    facts = (f"{label}{text}" for label, text in receipt.facts())
    return all(map(can_write, (*facts, *receipt.movements(), *receipt.seller_lines())))


def render_receipt(receipt: Receipt) -> bytes:
    """Return the bytes of the PDF of a receipt."""
    charge = receipt.charge
    facts, movements = list(receipt.facts()), list(receipt.movements())
    paper = Flow(
        receipt.seller,
        title=f"Receipt {charge.pk}",
        made_at=charge.paid_at or charge.raised_at,
        words="".join((*(text for _, text in facts), *movements)),
        heading="",
    )
    paper.write("Receipt", tag="H1", size=24, bold=True)
    paper.y += 4
    for label, text in facts:
        paper.add_fact(label, text, bold=label == "Total paid")
    paper.y += 6
    paper.write("Where it came from", tag="H2", size=14, bold=True)
    for movement in movements:
        paper.write(movement)
    paper.y += 4
    if not charge.live:
        paper.write("This was a practice payment: no money moved.", bold=True)
    paper.write("Paid on our payment service’s own page. We never see or keep a card number.")
    paper.write(f"Questions about this payment: {receipt.seller.support_email}")
    return paper.content()
