"""Mails to a payer: the receipt, a payment that is being confirmed, a declined payment, a
refund.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NotRequired, TypedDict

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from core import clock
from core.constraints import require_value
from core.templatetags.words import dollars
from outbox.models import Notice
from outbox.notices import Batch, NoticeKind, event_parts, register_kind
from payments.models import Charge, Refund
from payments.notice_codes import CONFIRMING, DECLINED, RECEIPT, RETURN_FAILED, RETURNED
from payments.services.charges import payment_state
from rules.units import format_cents


def _charges(batch: Batch) -> dict[int, Charge]:
    """Return the charge of each notice, by the notice's primary key."""
    keys = {notice.payload["charge"] for notice in batch}
    found = Charge.objects.filter(pk__in=keys).select_related("trainer").with_payments().in_bulk()
    return {notice.pk: found[notice.payload["charge"]] for notice in batch}


def _still_in_state(state: str, batch: Batch) -> set[int]:
    return {pk for pk, charge in _charges(batch).items() if payment_state(charge) == state}


def _contexts(batch: Batch) -> dict[int, dict[str, object]]:
    charges = _charges(batch)
    return {one.pk: visit_words(charges[one.pk], one.payload, told_at=_told_at(one)) for one in batch}


def visit_words(charge: Charge, payload: Mapping[str, object], *, told_at: datetime) -> dict[str, object]:
    """Return the context of the mails about a visit to the payment page, with the amount that it
    asked for.
    """
    return {"cents": charge.due_cents, **payload, **words_for(charge, told_at=told_at)}


def _told_at(notice: Notice) -> datetime:
    """Return when the event happened that the mail reports; a mail that is sent again reports the
    same event at a later date.
    """
    return datetime.fromisoformat(notice.payload["told_at"])


def words_for(charge: Charge, *, told_at: datetime) -> dict[str, object]:
    """Return the context of every mail about a charge; `told_at` is when the reported event
    happened.
    """
    told_on = clock.date_of(told_at, charge.trainer.time_zone)
    return {"charge": charge, "told_on": told_on, "link": resolve_url(settings.LOGIN_REDIRECT_URL)}


def receipt_words(charge: Charge) -> dict[str, object]:
    """Return the context of the receipt of a paid charge."""
    words = words_for(charge, told_at=require_value(charge.paid_at))
    return {**words, "link": reverse("payments:receipt", args=[charge.pk])}


class ReturnedPayload(TypedDict):
    """What the notice of a refund keeps."""

    cents: int
    cause: str
    currency: NotRequired[str]
    hand_reference: NotRequired[str]


def returned_words(charge: Charge, payload: ReturnedPayload, *, told_at: datetime) -> dict[str, object]:
    """Return the context of the mail about a refund; its amount is in the currency of the payment."""
    cents, currency = payload["cents"], payload.get("currency", charge.currency)
    returned = dollars(cents) if currency == charge.currency else f"{format_cents(cents)} {currency}"
    return {**payload, **words_for(charge, told_at=told_at), "returned": returned}


def _returned_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    charges = _charges(batch)
    return {one.pk: returned_words(charges[one.pk], one.payload, told_at=_told_at(one)) for one in batch}


def _refunds(batch: Batch) -> dict[int, Refund]:
    """Return the refund of each notice, by the notice's primary key."""
    keys = {notice.pk: int(event_parts(notice.event)[1]) for notice in batch}
    rows = Refund.objects.in_bulk(set(keys.values()))
    return {pk: rows[refund] for pk, refund in keys.items() if refund in rows}


def _still_returned(batch: Batch) -> set[int]:
    """Return the notices whose refund has not failed after they were queued (Q31)."""
    return {pk for pk, refund in _refunds(batch).items() if refund.state != Refund.State.FAILED}


def _told_before(batch: Batch) -> set[int]:
    """Return the notices about failed refunds whose payers had already got a mail that the refund
    would arrive.
    """
    told = Notice.objects.filter(
        kind=RETURNED, state=Notice.State.SENT, subject__in={one.subject for one in batch}
    )
    known = set(told.values_list("subject", "event"))
    return {one.pk for one in batch if (one.subject, one.event) in known}


def _receipt_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    return {pk: receipt_words(charge) for pk, charge in _charges(batch).items()}


register_kind(NoticeKind(RECEIPT, "Receipt", "receipt", contexts=_receipt_contexts))
register_kind(
    NoticeKind(
        CONFIRMING,
        "The bank takes its time",
        "payment_confirming",
        still_due=lambda batch: _still_in_state("confirming", batch),
        contexts=_contexts,
    )
)
register_kind(
    NoticeKind(
        DECLINED,
        "The bank said no",
        "payment_declined",
        still_due=lambda batch: _still_in_state("declined", batch),
        contexts=_contexts,
    )
)
register_kind(
    NoticeKind(
        RETURNED,
        "Money goes back",
        "payment_returned",
        still_due=_still_returned,
        contexts=_returned_contexts,
    )
)
register_kind(
    NoticeKind(
        RETURN_FAILED,
        "Money did not go back",
        "payment_return_failed",
        still_due=_told_before,
        contexts=_returned_contexts,
    )
)
