"""The receipt as a PDF: the words of the receipt's page, and the same bytes every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import strip_tags

from core.organisation import OrganisationFacts
from core.paper import FONT, can_write, new_paper
from core.templatetags.words import at, money, place, signed_money
from payments.models import Charge, LedgerEntry
from payments.services.charges import payment_state

if TYPE_CHECKING:
    from fpdf import FPDF

Kind = LedgerEntry.Kind
MOVED = {  # how money moved after it was paid
    Kind.REFUND: "returned to you on",
    Kind.UNDONE: "came back to us, because your bank did not take it, on",
    Kind.DISPUTE: "taken back by your bank on",
    Kind.WON: "given back to us by your bank on",
}
DISPUTED = "This payment is disputed at your bank, which has not decided."
MARGIN, LABEL, LINE = 25, 50, 7


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
    title = f"Receipt {charge.pk}"
    pdf = new_paper(orientation="portrait", title=title, made_at=charge.paid_at or charge.raised_at)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_page()
    _text(pdf, "Receipt", size=24, bold=True)
    if receipt.seller_lines():
        _text(pdf, "\n".join(receipt.seller_lines()))
        pdf.ln(3)
    for label, text in receipt.facts():
        _fact(pdf, label, text, bold=label == "Total paid")
    _text(pdf, "Where it came from", size=14, bold=True)
    for movement in receipt.movements():
        _text(pdf, movement)
    if not charge.live:
        _text(pdf, "This was a practice payment: no money moved.", bold=True)
    _text(pdf, "Paid on our payment service’s own page. We never see or keep a card number.")
    _text(pdf, f"Questions about this payment: {receipt.seller.support_email}")
    return bytes(pdf.output())


def _fact(pdf: "FPDF", label: str, text: str, *, bold: bool) -> None:
    pdf.set_font(FONT, "B" if bold else "", 11)
    top = pdf.get_y()
    pdf.multi_cell(LABEL, LINE, label, align="L", new_x="LMARGIN", new_y="NEXT")
    under = pdf.get_y()
    pdf.set_xy(MARGIN + LABEL, top)
    pdf.multi_cell(0, LINE, text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(max(under, pdf.get_y()))


def _text(pdf: "FPDF", text: str, *, size: int = 11, bold: bool = False) -> None:
    pdf.ln(3)
    pdf.set_font(FONT, "B" if bold else "", size)
    pdf.multi_cell(0, size * 0.6, text, align="L", new_x="LMARGIN", new_y="NEXT")
