"""Payouts: their state is stored as the provider reports it, and then their lines are read."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from core.history import record_history
from core.transitions import move
from payments import gateway
from payments.errors import ForStaff
from payments.facts import LineFacts, PayoutFacts
from payments.models import LedgerEntry, Payout, PayoutLine
from payments.models.payout import PayoutLineQuerySet
from payments.services.differences import note_line_differences, note_payout_differences

log = logging.getLogger(__name__)
ASKED_BACK = timedelta(days=30)  # a bank sends a payout back within days: later nothing changes
BATCH = 500


def ask_payouts(*, at: datetime) -> int:
    """Ask the provider for its newest payouts, or for all the first time, and store them; return
    how many were new or changed.

    Must not run inside a transaction. Raises ProviderDown; nothing is stored of a list that was not
    read to its end.
    """
    newest = Payout.objects.order_by("-made_at").values_list("made_at", flat=True).first()
    told = list(gateway.find_payouts(newest - ASKED_BACK if newest else None))
    known = {
        one.provider_id: one
        for one in Payout.objects.filter(provider_id__in=[one.provider_id for one in told])
    }
    done = 0
    for facts in reversed(told):
        if _is_news(facts, known.get(facts.provider_id)):
            try:
                record_payout(facts, at=at)
                done += 1
            except ForStaff:
                log.exception("the payout %s contradicts our rows", facts.provider_id)
    return done


def _is_news(facts: PayoutFacts, known: Payout | None) -> bool:
    if known is None:
        return True
    return (facts.state, facts.listed) != (known.state, known.listed) or _differs(facts, known)


def _differs(facts: PayoutFacts, known: Payout) -> bool:
    told = (facts.amount_cents, facts.currency, facts.live, facts.automatic)
    return told != (known.amount_cents, known.currency, known.live, known.automatic)


@transaction.atomic
def record_payout(facts: PayoutFacts, *, at: datetime) -> Payout:
    """Record one report of the provider about a payout. Idempotent. Reports may arrive in any
    order, because an earlier step never replaces a later one.

    Raises ForStaff when the report has another amount than before.
    """
    payout, new = Payout.objects.get_or_create(
        provider_id=facts.provider_id,
        defaults={
            "state": facts.state,
            "amount_cents": facts.amount_cents,
            "currency": facts.currency,
            "live": facts.live,
            "automatic": facts.automatic,
            "made_at": facts.made_at,
            "arrives_on": facts.arrives_on,
            "trouble": facts.trouble,
            "listed": facts.listed,
        },
    )
    if new:
        record_history(payout, payout.state, trainer=None, by=None, at=at, change=("", payout.state))
    else:
        payout = _follow(Payout.objects.select_for_update().get(pk=payout.pk), facts, at=at)
    note_payout_differences(payout, at=at)
    return payout


def _follow(payout: Payout, facts: PayoutFacts, *, at: datetime) -> Payout:
    if _differs(facts, payout):
        raise ForStaff(f"The payout {facts.provider_id} is of {facts.amount_cents} {facts.currency}.")
    payout.listed = payout.listed or facts.listed
    payout.trouble = facts.trouble or payout.trouble
    if facts.state in Payout.TRANSITIONS[payout.state]:
        payout.arrives_on = facts.arrives_on
        return move(payout, facts.state, facts.state, trainer=None, by=None, at=at, reason=facts.trouble)
    payout.save()
    return payout


def fetch_lines(payout: Payout, *, at: datetime) -> Payout:
    """Read all lines of a payout and compare them with our ledger. Idempotent: either all lines are
    stored or none.

    Must not run inside a transaction. Raises ProviderDown, ProviderRefused or ForStaff.
    """
    return _keep_lines(payout, list(gateway.find_payout_lines(payout.provider_id)), at=at)


@transaction.atomic
def _keep_lines(payout: Payout, told: Iterable[LineFacts], *, at: datetime) -> Payout:
    payout = Payout.objects.select_for_update().get(pk=payout.pk)
    if payout.read_at is not None:
        return payout
    made = [_line_of(payout, facts) for facts in told]
    PayoutLine.objects.bulk_create(made, batch_size=BATCH)
    payout.read_at = at
    payout.save(update_fields=["read_at"])
    link_lines(payout.lines.unlinked())
    note_line_differences(payout, at=at)
    note_payout_differences(payout, at=at)
    return payout


def _line_of(payout: Payout, facts: LineFacts) -> PayoutLine:
    return PayoutLine(
        payout=payout,
        provider_id=facts.provider_id,
        kind=facts.kind,
        type=facts.type,
        ref=facts.ref,
        payment_ref=facts.payment_ref,
        words=facts.words,
        amount_cents=facts.amount_cents,
        fee_cents=facts.fee_cents,
        currency=facts.currency,
        happened_at=facts.happened_at,
    )


def link_lines(lines: PayoutLineQuerySet) -> int:
    """Link each line to the row of our ledger with its kind and its name at the provider, if that
    row has no line yet. Return how many lines were linked. Idempotent.
    """
    linked = 0
    waiting = list(lines.exclude(ref="").only("pk", "kind", "ref", "entry").order_by("pk"))
    for start in range(0, len(waiting), BATCH):
        linked += _link_batch(waiting[start : start + BATCH])
    return linked


def _link_batch(lines: list[PayoutLine]) -> int:
    entries = LedgerEntry.objects.filter(provider_ref__in=[line.ref for line in lines], line__isnull=True)
    free = {(one.kind, one.provider_ref): one for one in entries}
    linked = []
    for line in lines:
        entry = free.pop((line.kind, line.ref), None)
        if entry is not None:
            line.entry = entry
            linked.append(line)
    PayoutLine.objects.bulk_update(linked, ["entry"])
    return len(linked)
