"""The receipt of a charge in a few lines, for the page of what was paid."""

from dataclasses import dataclass

from core import clock
from core.constraints import require_value
from core.templatetags.words import day, money, signed_money
from payments.models import Charge


@dataclass(frozen=True, slots=True)
class ShortReceipt:
    """The lines of a short receipt; `paid` is the label of its total, `pk` the primary key of its charge."""

    pk: int
    lines: list[tuple[str, str]]
    paid: str
    total: str


def short_receipt(charge: Charge | None) -> ShortReceipt | None:
    """Return the short receipt of a charge; None when nothing was paid for it."""
    if charge is None or charge.state != Charge.State.PAID or not charge.paid_cents:
        return None
    lines = [(line["label"], signed_money(line["amount_cents"])) for line in charge.lines]
    if charge.waived_before_paid:
        lines.append(("Waived", signed_money(charge.waived_before_paid)))
    paid_on = clock.date_of(require_value(charge.paid_at), charge.trainer.time_zone)
    return ShortReceipt(charge.pk, lines, f"Paid {day(paid_on)}", money(charge.paid_cents))
