"""Pay a fee that is due in a cycle (the policy's `dues`): its charge is raised when the trainer begins."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cases.reviewers import require_owner
from core.clock import date_of
from core.errors import Refusal
from core.history import record_history, subject_of
from core.policy_words import fitting_policies
from hardship.extendable_days import bare_facts_of_all
from payments.models import Charge, CheckoutSession
from payments.services.charges import charge_line, raise_charge, void_charge
from payments.services.refund_checks import fee_went_back
from payments.services.returning import ask_after_return
from renewals.models import YearlyFee
from renewals.services.moving import lock_renewal_of
from rules.cycle_ends import E
from rules.dues import PAID
from rules.facts import Facts
from rules.fees import FeeLine
from rules.more import DueAnswer
from rules.next_cycles import may_leave_series
from rules.policy.model import Policy
from rules.standing import assess
from rules.wide import dues_of_ended_cycle
from trainers.models import Cycle, Trainer

ENDED = "The certification ended."
OTHER_AMOUNT = "Another amount is due by now."


@dataclass(frozen=True, slots=True)
class NumberedDue:
    """A fee that falls due in one cycle of a certification. `number` is its place among the fees of all
    its cycles, the first cycle's first, so that it stays when one is paid or a cycle begins.
    """

    number: int
    cycle: Cycle
    answer: DueAnswer


def has_dues(policy: Policy) -> bool:
    """Return whether any version of the policy has fees that fall due in a cycle."""
    return policy.wide and any(version.families.dues for version in policy.versions)


def dues_of(cycle: Cycle, today: date) -> tuple[DueAnswer, ...]:
    """Return the fees that fall due in the cycle and are paid by themselves, by their days."""
    return dues_of_all([cycle], {cycle.pk: today})[cycle.pk]


def dues_of_all(cycles: Iterable[Cycle], days: Mapping[int, date]) -> dict[int, tuple[DueAnswer, ...]]:
    """Return what `dues_of` returns for each of these cycles on its day in `days`, by the cycle's primary
    key. As many queries for many cycles as for one; none where no policy has such fees.
    """
    kept = list(cycles)
    asking = [one for one in kept if has_dues(one.policy)]
    found: dict[int, tuple[DueAnswer, ...]] = {one.pk: () for one in kept}
    over = [one.pk for one in asking if one.expires_on < days[one.pk]]
    followed = Cycle.objects.filter(pk__in=over).exclude(pk__in=Cycle.objects.current().filter(pk__in=over))
    ended = set(followed.values_list("pk", flat=True)) if over else set()
    facts = bare_facts_of_all(asking) if asking else {}
    starts = _starts_that_replace(asking)
    return found | {
        one.pk: _before_next(one, starts, _dues(one, facts[one.pk], days[one.pk], ended=one.pk in ended))
        for one in asking
    }


def _starts_that_replace(cycles: Iterable[Cycle]) -> dict[int, list[date]]:
    """Return the first days of cycles that may have begun before the one before them ended, by credential.
    One query; none where no policy counts cycles from the receipt or the approval.
    """
    asking = {one.credential_id for one in cycles if may_leave_series(one.policy)}
    rows = Cycle.objects.filter(credential__in=asking).exclude(counted_from=E) if asking else ()
    found: dict[int, list[date]] = {}
    for one in rows:
        found.setdefault(one.credential_id, []).append(one.starts_on)
    return found


def _before_next(
    cycle: Cycle, starts: Mapping[int, list[date]], dues: tuple[DueAnswer, ...]
) -> tuple[DueAnswer, ...]:
    """Return the fees that fall due before a later cycle takes the place of `cycle`: from then on that one
    has its own.
    """
    later = [day for day in starts.get(cycle.credential_id, []) if day > cycle.starts_on]
    return tuple(one for one in dues if one.due_on < min(later)) if later else dues


def numbered_dues(cycle: Cycle, today: date) -> list[NumberedDue]:
    """Return the fees of every cycle of the certification of `cycle`, which is its latest one, by their
    days. As many queries for many cycles as for one; none where no policy has such fees.
    """
    return numbered_dues_of_all([cycle], {cycle.pk: today})[cycle.pk]


def numbered_dues_of_all(cycles: Collection[Cycle], days: Mapping[int, date]) -> dict[int, list[NumberedDue]]:
    """Return what `numbered_dues` returns for each of these cycles of different certifications on its day
    in `days`, by the cycle's primary key. As many queries for many certifications as for one.
    """
    if not cycles or not any(map(has_dues, fitting_policies())):
        return {one.pk: [] for one in cycles}
    latest = {one.credential_id: one for one in cycles}
    every = list(Cycle.objects.filter(credential__in=latest).order_by("starts_on"))
    for one in every:
        one.credential = latest[one.credential_id].credential
    facts, starts = bare_facts_of_all(every), _starts_that_replace(every)
    found: dict[int, list[NumberedDue]] = {one.pk: [] for one in cycles}
    for one in every:
        newest = latest[one.credential_id]
        today, numbered = days[newest.pk], found[newest.pk]
        ended = one.expires_on < today and one.pk != newest.pk
        for due in _before_next(one, starts, _dues(one, facts[one.pk], today, ended=ended)):
            numbered.append(NumberedDue(len(numbered) + 1, one, due))
    return found


def earlier_dues(cycle: Cycle, today: date) -> list[NumberedDue]:
    """Return the unpaid fees of the cycles before `cycle`, the latest one of its certification; see
    `numbered_dues`.
    """
    found = numbered_dues(cycle, today)
    return [one for one in found if one.cycle.pk != cycle.pk and one.answer.state != PAID]


def _dues(cycle: Cycle, facts: Facts, today: date, *, ended: bool) -> tuple[DueAnswer, ...]:
    """Return the fees of a cycle as the version in force today states them; of one that has ended and
    has a next one, as that of its last day did: a fee that came later was never due in it.
    """
    if ended:
        found = dues_of_ended_cycle(facts, today, cycle.policy)
    else:
        more = assess(facts, today, cycle.policy).more
        found = more.dues if more else ()
    return tuple(one for one in found if not one.with_renewal)


def raise_yearly_fee(cycle: Cycle, *, code: str, due_on: date, by: Trainer, at: datetime) -> YearlyFee:
    """Return the due fee of the cycle with its charge, which is raised once. Raises Refusal for a fee
    that is not due in the cycle, or is paid.
    """
    with transaction.atomic():
        cycle, _ = lock_renewal_of(cycle)
        require_owner(cycle, by)
        policy = cycle.policy
        today = date_of(at, policy.time_zone)
        due = next((one for one in dues_of(cycle, today) if (one.code, one.due_on) == (code, due_on)), None)
        if due is None:
            raise Refusal("This fee is not due in your cycle.", code="no_due")
        if due.state == PAID:
            raise Refusal("This fee is paid.", code="paid")
        fee = YearlyFee.objects.standing().filter(cycle=cycle, code=code, due_on=due_on).first()
        if fee and fee.charge and _costs_otherwise(fee.charge, due):
            void_charge(fee.charge, by=by, at=at, reason=OTHER_AMOUNT)
            fee.charge.refresh_from_db()
        if fee and _is_over(fee):
            fee.ended_at = at
            fee.save(update_fields=["ended_at"])
            fee = None
        if fee is None:
            fee = YearlyFee.objects.create(cycle=cycle, code=code, due_on=due_on)
        if fee.charge is None:
            _raise(fee, due, by=by, at=at)
    return fee


def _costs_otherwise(charge: Charge, due: DueAnswer) -> bool:
    """Return whether a charge that was begun and not paid is of another amount than is due now: it was
    begun in time, or nothing of it is late any more. What a bank is confirming is left to it.
    """
    sessions = charge.sessions.filter(state=CheckoutSession.State.CONFIRMING)
    return charge.state == Charge.State.OPEN and charge.amount_cents != due.cents and not sessions.exists()


def _is_over(fee: YearlyFee) -> bool:
    """Return whether the charge of a due fee counts no more: it was voided, or its money went back."""
    return fee.charge is not None and (fee.charge.state == Charge.State.VOID or fee_went_back(fee.charge))


def void_open_fees(trainer: Trainer, *, by: Trainer | None, at: datetime) -> int:
    """Void the charges of due fees that a person never paid; return how many. Idempotent."""
    waiting = Charge.objects.open().filter(trainer=trainer, yearly_fee__isnull=False).order_by("pk")
    for charge in waiting:
        void_charge(charge, by=by, at=at, reason=ENDED)
    return len(waiting)


def finish_due_payment(fee: YearlyFee, *, at: datetime, wait: bool) -> YearlyFee:
    """Ask the payment service whether the fee is paid. Must not run inside a transaction."""
    if fee.charge:
        ask_after_return(fee.charge, at=at, wait=wait)
        fee.charge.refresh_from_db()
    return fee


def _raise(fee: YearlyFee, due: DueAnswer, *, by: Trainer, at: datetime) -> None:
    cycle, policy = fee.cycle, fee.cycle.policy
    line = FeeLine(due.code, due.label, due.cents, due.rule.clause, due.rule.text)
    fee.charge = raise_charge(
        trainer=cycle.credential.trainer,
        subject=subject_of(fee),
        kind="yearly_fee",
        description=f"{due.label}, certification {cycle.credential.display_number}"[:160],
        lines=[charge_line(line)],
        currency=policy.currency,
        policy_version=policy.version_name(date_of(at, policy.time_zone)),
        by=by,
        at=at,
    )
    fee.save(update_fields=["charge"])
    detail = {"due_on": due.due_on.isoformat()}
    record_history(fee, "begun", trainer=cycle.credential.trainer, by=by, at=at, detail=detail)
