"""No sequence of a trainer's acts keeps or makes somebody certified later than the rules say (Q25, Q26)."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.errors import Refusal
from tests.audits.scenes import open_periods
from tests.lives.world import ACTS_OF_STAFF, EXPIRES_ON, TRAINERS_ACTS, World, heard_at_once
from tests.renewals.scenes import moment

PAYMENT, QUESTION, BUDGET, LEAST, NOTICE, AUDIT = 7, 28, 30, 3, 3, 30
WAITS_FOR_STAFF = ("submitted", "answered")


class Life(RuleBasedStateMachine):
    """A life that begins a week before the expiration date, with the trainer's acts, some of the staff's, and days.

    The bound is counted beside the portal: the receipt or the expiration date, whichever is later, 7 days of payment,
    14 days for each question and once 14 more, the correction days and 3 for each further return, an audit's days,
    and every day on which something waited for staff.
    """

    rate = "0"

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        open_periods(rate=self.rate)
        self.world = World(moment("2027-03-07"))
        self.days_of_staff = 0
        self.returns = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(act=st.sampled_from(TRAINERS_ACTS))
    def trainer_acts(self, act) -> None:
        self.attempt(act[1])

    @rule(act=st.sampled_from(ACTS_OF_STAFF))
    def staff_act(self, act) -> None:
        self.attempt(act[1])

    @rule(days=st.sampled_from([1, 2, 7, 14, 29, 30, 31]), sweeps=st.booleans())
    def days_pass(self, days, sweeps) -> None:
        for _ in range(days):
            self.days_of_staff += self.waits_for_staff()
            self.world.wait(1, sweeps=sweeps)
        self.count_returns()

    def attempt(self, act) -> None:
        try:
            with transaction.atomic():
                act(self.world)
        except Refusal:
            return
        self.count_returns()

    def count_returns(self) -> None:
        found = self.world.application
        self.returns = max(self.returns, 0)
        if found:
            from core.history import subject_of
            from core.models import HistoryEntry

            self.returns = HistoryEntry.objects.filter(subject=subject_of(found), to_state="returned").count()

    def waits_for_staff(self) -> bool:
        from petitions.models import Petition

        application, audit = self.world.application, self.world.audit
        undecided = Petition.objects.filter(trainer=self.world.jordan, state__in=WAITS_FOR_STAFF).exists()
        return bool(
            application
            and application.state == "in_review"
            and (undecided or application.decided_by_id or (audit and audit.state == "sent"))
        )

    @invariant()
    def certified_within_the_bound(self) -> None:
        world = self.world
        application = world.application
        if application is None or application.state == "approved" or world.today <= EXPIRES_ON:
            return
        received_on = application.received_on or EXPIRES_ON
        if not world.is_certified(world.today):
            return
        assert received_on <= EXPIRES_ON, "received late, and certified before any approval"
        days = PAYMENT + QUESTION * world.asked + BUDGET + LEAST * self.returns + self.days_of_staff
        days += (NOTICE + AUDIT) * 2 + 14 if world.audit else 0
        assert world.today <= EXPIRES_ON + timedelta(days=days)
        assert application.state in ("in_review", "returned")


class AuditedLife(Life):
    rate = "1"


@pytest.mark.parametrize("life", [Life, AuditedLife])
def test_nobody_is_certified_later_than_the_rules_allow_whatever_the_trainer_does(db, storage, life, request):
    examples, steps = (400, 40) if request.config.getoption("--all") else (12, 20)
    with heard_at_once():
        run_state_machine_as_test(
            life,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
