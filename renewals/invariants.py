"""Invariants of renewals: a cycle has one open renewal, its price is fixed, an approval has what
the rules require, and it opens the next cycle.
"""

from collections.abc import Iterator

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from audits.models import Audit, Draw
from ceus.models import CeuRecord
from core import clock
from core.constraints import require_value
from core.deadlines import ONE_DAY
from core.history import subject_of, subject_prefix
from core.invariants import Check, forbidden_steps, states_unlike_history
from core.models import HistoryEntry
from hardship.standing import extended_through
from payments.models import Charge
from renewals.models import OPEN_STATES, Application, Badge
from renewals.services.drawing import is_audit_due
from rules.days import CyclePeriod
from rules.facts import APPLICATION
from rules.reminders import next_reminder_on, renewal_marks
from trainers.models import Cycle

State = Application.State
CLAIMING = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.APPROVED)


def _too_many() -> Iterator[str]:
    for words, states in (("open", OPEN_STATES), ("approved", (State.APPROVED,))):
        groups = (
            Application.objects.filter(state__in=states)
            .order_by()
            .values_list("cycle")
            .annotate(n=Count("pk"))
        )
        for cycle, n in groups.filter(n__gt=1).iterator():
            yield f"cycle {cycle} has {n} {words} renewals"


def _prices_that_do_not_add_up() -> Iterator[str]:
    submitted = Application.objects.filter(received_at__isnull=False).select_related("charge").order_by("pk")
    for one in submitted.iterator(chunk_size=2000):
        total = sum(line["amount_cents"] for line in one.fee_lines)
        if total != one.fee_total_cents:
            yield f"{one.reference} agreed to {one.fee_total_cents}, and its lines make {total}"
        if one.charge and (one.charge.amount_cents, one.charge.currency) != (
            one.fee_total_cents,
            one.fee_currency,
        ):
            yield f"{one.reference} agreed to {one.fee_total_cents}, and owes {one.charge.amount_cents}"


def _charges_of_others() -> Iterator[str]:
    for one in Application.objects.exclude(charge=None).select_related("charge").order_by("pk").iterator():
        charge = require_value(one.charge)
        if charge.subject != subject_of(one) or charge.trainer_id != one.trainer_id:
            yield f"{one.reference} has the charge of {charge.subject}"


def _not_earned() -> Iterator[str]:
    for one in (
        Application.objects.filter(state=State.APPROVED, covered=False)
        .select_related("charge", "renewed_with__charge")
        .order_by("pk")
        .iterator()
    ):
        assessed = one.assessment or {}
        if not assessed.get("eligible") or assessed.get("unmet"):
            yield f"{one.reference} is approved, and its assessment says {assessed.get('unmet') or 'nothing'}"
        paid_with = one.renewed_with or one
        if paid_with.charge is None or paid_with.charge.state != Charge.State.PAID:
            yield f"{one.reference} is approved and not paid"


def _apart_from_their_leader() -> Iterator[str]:
    apart = Application.objects.exclude(renewed_with=None).exclude(state=F("renewed_with__state"))
    for reference, leader in (
        apart.order_by("pk").values_list("reference", "renewed_with__reference").iterator()
    ):
        yield f"{reference} is not in the state of {leader}, with which it is decided"


def _own_cases() -> Iterator[str]:
    for reference in (
        Application.objects.filter(Q(decided_by=F("trainer")) | Q(decided_by=F("cycle__credential__trainer")))
        .order_by("pk")
        .values_list("reference", flat=True)
        .iterator()
    ):
        yield f"{reference} was decided by its own trainer"


def _approved_without_a_next_cycle() -> Iterator[str]:
    later = Cycle.objects.filter(
        credential=OuterRef("cycle__credential"), starts_on__gt=OuterRef("cycle__starts_on")
    )
    approved = Application.objects.filter(~Exists(later), state=State.APPROVED)
    for reference in approved.order_by("pk").values_list("reference", flat=True).iterator():
        yield f"{reference} is approved and opened no cycle"


def _cycles_that_nobody_renewed_for() -> Iterator[str]:
    """Yield the cycles whose previous cycle has no approved renewal. The first cycle after an award
    needs none.
    """
    first = Cycle.objects.filter(credential=OuterRef("credential"), starts_on__lt=OuterRef("starts_on"))
    approved = Application.objects.filter(
        state=State.APPROVED,
        cycle__credential=OuterRef("credential"),
        cycle__starts_on__lt=OuterRef("starts_on"),
    )
    rows = Cycle.objects.filter(Exists(first), ~Exists(approved))
    for pk in rows.order_by("pk").values_list("pk", flat=True).iterator():
        yield f"cycle {pk} was opened without an approved renewal"


def _claims_without_a_renewal() -> Iterator[str]:
    claiming = Application.objects.filter(cycle=OuterRef("claimed_for"), state__in=CLAIMING)
    lost = CeuRecord.objects.filter(~Exists(claiming), claimed_for__isnull=False)
    for pk, cycle in lost.order_by("pk").values_list("pk", "claimed_for").iterator():
        yield f"record {pk} is claimed for cycle {cycle}, for which there is no renewal"


def _unnamed_reopenings() -> Iterator[str]:
    steps = HistoryEntry.objects.filter(
        subject__startswith=subject_prefix(Application), from_state=State.DENIED
    )
    for subject in (
        steps.filter(Q(by=None) | Q(reason="")).order_by("pk").values_list("subject", flat=True).iterator()
    ):
        yield f"{subject} was reopened by nobody or for no reason"


_AUDITED = Draw.objects.audited().filter(cycle=OuterRef("cycle"))


def _approved_around_the_draw() -> Iterator[str]:
    approved = Application.objects.filter(state=State.APPROVED, covered=False)
    for reference in (
        approved.filter(cycle__draw__isnull=True)
        .order_by("pk")
        .values_list("reference", flat=True)
        .iterator()
    ):
        yield f"{reference} is approved and was never drawn"
    passed = Audit.objects.filter(cycle=OuterRef("cycle"), state=Audit.State.PASSED)
    chosen = approved.filter(~Exists(passed), Exists(_AUDITED))
    for reference in chosen.order_by("pk").values_list("reference", flat=True).iterator():
        yield f"{reference} was chosen, and is approved without a passed audit"


def _chosen_without_an_audit() -> Iterator[str]:
    audits = Audit.objects.filter(cycle=OuterRef("cycle"))
    chosen = Application.objects.filter(~Exists(audits), Exists(_AUDITED), state=State.IN_REVIEW)
    for one in chosen.select_related("cycle__credential").order_by("pk").iterator():
        if is_audit_due(one):
            yield f"{one.reference} was chosen and has no audit"


def _calendars_that_stand_still() -> Iterator[str]:
    """Yield the cycles whose next reminder should have been queued by now, or is planned for a
    later day than the rules give.
    """
    approved = Application.objects.filter(cycle=OuterRef("pk"), state=State.APPROVED)
    cycles = Cycle.objects.current().filter(~Exists(approved)).select_related("credential").order_by("pk")
    cycles = cycles.annotate(last_on=extended_through(APPLICATION))
    for cycle in cycles.iterator(chunk_size=2000):
        policy = cycle.policy
        today = clock.today(policy.time_zone)
        coming = next_reminder_on(
            renewal_marks(policy, CyclePeriod(cycle.starts_on, cycle.expires_on), cycle.last_on),  # type: ignore[attr-defined]  # annotated above
            after=today,
        )
        day = cycle.remind_on
        if day and day < today - ONE_DAY:
            yield f"cycle {cycle.pk}: the reminder of {day} was never planned"
        elif coming and (day is None or day > coming):
            yield f"cycle {cycle.pk}: the next reminder is planned for {day}, by the rules for {coming}"


def _badges_without_history() -> Iterator[str]:
    """Yield each badge that nobody is known to have made."""
    entry = HistoryEntry.objects.filter(
        verb="made",
        subject=Concat(Value(subject_prefix(Badge)), Cast(OuterRef("pk"), CharField())),
    )
    for pk in Badge.objects.exclude(Exists(entry)).order_by("pk").values_list("pk", flat=True):
        yield f"badge {pk} has no row of history that says who made it"


def _statuses_that_were_not_given() -> Iterator[str]:
    """Yield each cycle whose status, such as inactive, is not that which the approval of the renewal before
    gave, because the policy's file no longer says what it said.
    """
    approved = Application.objects.filter(state=State.APPROVED, assessment__path__isnull=False, covered=False)
    columns = ("reference", "cycle__credential_id", "cycle__starts_on", "assessment__next_status")
    for reference, credential, starts_on, given in approved.order_by("pk").values_list(*columns).iterator():
        later = Cycle.objects.filter(credential=credential, starts_on__gt=starts_on).select_related(
            "credential"
        )
        path = opened.status_path if (opened := later.order_by("starts_on").first()) else None
        if opened and (path.status if path else None) != given:
            yield f"{reference} gave the status {given or 'active'}, and its next cycle {opened.pk} has another"


CHECKS = [
    Check(11, "Every badge has the row of history of its making", _badges_without_history),
    Check(10, "Every cycle to be renewed knows its next reminder", _calendars_that_stand_still),
    Check(7, "What was chosen is approved with a passed audit only", _approved_around_the_draw),
    Check(7, "What was chosen and is in review has an audit", _chosen_without_an_audit),
    Check(1, "A cycle has at most one open renewal, and at most one approved", _too_many),
    Check(3, "What was agreed to is the sum of its lines, and what is owed", _prices_that_do_not_add_up),
    Check(3, "A renewal has its own charge", _charges_of_others),
    Check(11, "A renewal is in the state that its history tells", lambda: states_unlike_history(Application)),
    Check(13, "What is claimed is claimed by a renewal", _claims_without_a_renewal),
    Check(14, "An approved renewal is paid, and met everything", _not_earned),
    Check(14, "What is decided with another renewal is in its state", _apart_from_their_leader),
    Check(14, "Nobody decides their own renewal", _own_cases),
    Check(14, "An approval opens the next cycle", _approved_without_a_next_cycle),
    Check(14, "A cycle has the status that its renewal gave", _statuses_that_were_not_given),
    Check(14, "A cycle after the first comes from an approval", _cycles_that_nobody_renewed_for),
    Check(15, "A renewal takes only the steps that there are", lambda: forbidden_steps(Application)),
    Check(15, "Only somebody with a reason reopens a denial", _unnamed_reopenings),
]
