"""Payouts, their lines and differences: the rows, and what the database refuses about them."""

from types import SimpleNamespace

from payments.models import Difference, Payout, PayoutLine
from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT, DAY


def add_payouts(stage: SimpleNamespace) -> None:
    """Add a payout on its way, one that was read, a line of each, and a difference about each kind of thing."""
    made = {"amount_cents": 9900, "currency": "USD", "live": False, "automatic": True}
    made |= {"made_at": AT, "arrives_on": DAY, "listed": True}
    stage.payout = Payout.objects.create(provider_id="po_1", state="failed", **made)
    stage.read_payout = Payout.objects.create(provider_id="po_2", state="paid", **made)
    line = {"type": "charge", "amount_cents": 9900, "fee_cents": 317, "currency": "USD", "happened_at": AT}
    stage.line = PayoutLine.objects.create(
        payout=stage.payout, provider_id="txn_1", kind="payment", ref="pi_1", entry=stage.payment, **line
    )
    stage.free_line = PayoutLine.objects.create(
        payout=stage.payout, provider_id="txn_2", kind="payment", ref="pi_x", **line
    )
    stage.read_line = PayoutLine.objects.create(
        payout=stage.read_payout, provider_id="txn_3", kind="fee", **line
    )
    Payout.objects.filter(pk=stage.read_payout.pk).update(read_at=AT)
    stage.read_payout.refresh_from_db()
    found = {"found_at": AT}
    stage.of_line = Difference.objects.create(what="not_here", line=stage.free_line, **found)
    stage.of_entry = Difference.objects.create(what="not_there", entry=stage.payment, **found)
    stage.of_payout = Difference.objects.create(what="came_back", payout=stage.payout, **found)
    closed = {"state": "explained", "closed_at": AT, "by": stage.lead, "reason": "A gift."}
    stage.explained = Difference.objects.create(what="amount", line=stage.free_line, **found, **closed)


def payout_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [*_payouts(s), *_lines(s), *_differences(s)]


def _payouts(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("payments_payout_steps", s.payout, state="paid"),
        *change_each(
            "payments_payout_fixed",
            s.payout,
            provider_id="po_x",
            amount_cents=1,
            currency="EUR",
            live=True,
            made_at=s.later,
        ),
        change("payments_payout_fixed", s.payout, automatic=False, listed=False),
        change("payments_payout_read_once", s.read_payout, read_at=s.later),
        remove("payments_payout_kept", s.payout),
        copy("payments_payout_provider_id_key", s.payout, "provider_id"),
        copy("payments_payout_read_what_is_listed", s.payout, read_at=s.at, listed=False),
        copy("payments_payout_listed_if_automatic", s.payout, automatic=False),
    ]


def _lines(s: SimpleNamespace) -> list[Illegal]:
    return [
        *change_each(
            "payments_line_fixed",
            s.free_line,
            payout=s.read_payout,
            provider_id="txn_x",
            kind="refund",
            type="payment",
            ref="pi_y",
            payment_ref="pi_y",
            words="Words.",
            amount_cents=1,
            fee_cents=1,
            currency="EUR",
            happened_at=s.later,
        ),
        change("payments_line_entry_once", s.line, entry=None),
        copy("payments_line_of_entry", s.free_line, entry=s.entry),
        change("payments_line_to_entry", s.free_line, entry=s.entry),
        copy("payments_line_in_time", s.read_line),
        remove("payments_line_kept", s.free_line),
        copy("payments_payoutline_provider_id_key", s.free_line, "provider_id"),
        copy("payments_payoutline_entry_id_key", s.line),
    ]


def _differences(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("payments_difference_steps", s.explained, state="open", closed_at=None, by=None, reason=""),
        *change_each("payments_difference_fixed", s.of_line, what="amount", line=s.line, found_at=s.later),
        change("payments_difference_fixed", s.of_entry, entry=s.entry),
        change("payments_difference_fixed", s.of_payout, payout=s.read_payout),
        remove("payments_difference_kept", s.of_line),
        copy("payments_difference_of_one_thing", s.of_line, entry=s.entry),
        copy("payments_difference_closed_by_whom", s.explained, line=s.read_line, reason=""),
        copy("payments_difference_of_line", s.of_line),
        copy("payments_difference_of_entry", s.of_entry),
        copy("payments_difference_of_payout", s.of_payout),
    ]
