"""The mails about hardship: an extension, a waiver, a decline, and a waiver that was taken back
(Q34, Q35).
"""

from collections.abc import Callable, Mapping

from django.urls import reverse

from core.deadlines import own_clock_words, zone_words
from hardship.models import Relief
from hardship.notice_codes import DECLINED, MORE_TIME, TAKEN_BACK, WAIVED
from hardship.standing import REASONS
from outbox.notices import Batch, NoticeKind, register_kind, subject_pks

What = Relief.What
# What the trainer can do through the new last day.
DEEDS = {
    What.COMPLETION: "finish courses for this renewal",
    What.APPLICATION: "apply to renew",
    What.BOTH: "finish courses for this renewal and apply",
    What.CORRECTION: "correct your renewal",
    What.ANSWER: "answer us",
}


def relief_context(relief: Relief, effect: Mapping[str, int | None] | None = None) -> dict[str, object]:
    """Return what a mail about a relief needs; `effect` is what a waiver makes of its charge
    (`WaiverEffect`).
    """
    credential = relief.cycle.credential
    policy = credential.policy
    there = (
        own_clock_words(relief.through, policy.time_zone, credential.trainer.time_zone)
        if relief.through
        else ""
    )
    return {
        "relief": relief,
        "deed": DEEDS.get(What(relief.what), ""),
        "because": REASONS[relief.kind],
        "expires_on": relief.cycle.expires_on,
        "zone": zone_words(policy.time_zone),
        "elsewhere": there,
        "is_of_cycle": relief.what not in (*Relief.OF_A_CASE, What.FEE),
        "amount": fee_words(relief),
        **_effect_words(relief, effect or {}),
        "link": reverse("hardship:reliefs"),  # not its own page: the preview before it is saved has no number
        "link_label": "See it in the portal",
    }


def _effect_words(relief: Relief, effect: Mapping[str, int | None]) -> dict[str, object]:
    """Return what is left to pay, what is refunded and for what, when a waiver reduces a charge."""
    money, charge = relief.cycle.policy.money, relief.charge
    before, owed, back = (effect.get(name) for name in ("owed_before", "owed", "back"))
    return {
        "of_what": charge.description if charge else "",
        "settles": owed == 0,
        "owed_before": money(before) if before else "",
        "owed": money(owed) if owed else "",
        "back": money(back) if back else "",
    }


def fee_words(relief: Relief) -> str:
    """Return how much of a fee is waived, such as "$30 of the late fee" or "the late fee"; empty
    for an extension.
    """
    if not relief.fee_code:
        return ""
    policy = relief.cycle.policy
    fees = [fee for version in policy.versions for fee in (*version.fees, version.petition_fee)]
    label = next((fee.label for fee in reversed(fees) if fee.code == relief.fee_code), relief.fee_code)
    the_fee = f"the {label[0].lower()}{label[1:]}"
    if relief.amount_cents is None:
        return the_fee
    return f"{policy.money(relief.amount_cents)} of {the_fee}"


def _contexts(batch: Batch) -> dict[int, Mapping[str, object]]:
    wanted = subject_pks(batch)
    found = Relief.objects.select_related("cycle__credential__trainer", "charge")
    rows, effects = found.in_bulk(set(wanted.values())), {one.pk: one.payload for one in batch}
    return {pk: relief_context(rows[row], effects[pk]) for pk, row in wanted.items() if row in rows}


def _still_true(state: str) -> Callable[[Batch], set[int]]:
    """Return a function that tests whether the relief is still in the state that the mail reports."""

    def due(batch: Batch) -> set[int]:
        wanted = subject_pks(batch)
        states = dict(Relief.objects.filter(pk__in=wanted.values()).values_list("pk", "state"))
        return {pk for pk, row in wanted.items() if states.get(row) == state}

    return due


for _kind, _label, _template, _state in (
    (MORE_TIME, "A last day was moved for hardship", "more_time", Relief.State.GRANTED),
    (WAIVED, "A fee was waived", "waived", Relief.State.GRANTED),
    (DECLINED, "A request for more time or a waiver was declined", "relief_declined", Relief.State.DECLINED),
    (TAKEN_BACK, "A waiver was taken back", "waiver_taken_back", Relief.State.TAKEN_BACK),
):
    register_kind(
        NoticeKind(
            kind=_kind, label=_label, template=_template, still_due=_still_true(_state), contexts=_contexts
        )
    )
