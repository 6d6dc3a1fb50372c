"""No sequence of a trainer's acts makes somebody certified for longer than the rules allow (Q25, Q26)."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from hardship.extendable_days import extendable_days_of
from hardship.grants import ReliefGrant
from hardship.services.deciding import grant_relief
from petitions.models import Petition
from tests.audits.scenes import open_periods
from tests.lives.world import ACTS_OF_STAFF, EXPIRES_ON, TRAINERS_ACTS, World, heard_at_once
from tests.renewals.scenes import moment

PAYMENT, QUESTION, OWN_TIME, BUDGET, LEAST, NOTICE, AUDIT, REPLACEMENT = 7, 14, 14, 30, 3, 3, 30, 14


class Life(RuleBasedStateMachine):
    """A life from a week before the expiration date: the trainer's acts, the staff's, and days with or without sweeps.

    The bound is counted beside the portal: the receipt or the expiration date, whichever is later, 7 days of payment,
    14 days for each question and once 14 more, the correction days and 3 for each further return, an audit's days,
    every day on which the staff had something to decide, and the days that a lead granted.
    """

    rate = "0"

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        open_periods(rate=self.rate)
        self.world = World(moment("2027-03-07"))
        self.days_of_staff = self.replacements = self.granted = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(act=st.sampled_from(TRAINERS_ACTS))
    def trainer_acts(self, act) -> None:
        self.attempt(act)

    @rule(act=st.sampled_from(ACTS_OF_STAFF))
    def staff_act(self, act) -> None:
        self.attempt(act)

    @rule(days=st.sampled_from([1, 2, 7, 14, 29, 30, 31]), sweeps=st.booleans())
    def days_pass(self, days, sweeps) -> None:
        for _ in range(days):
            self.days_of_staff += self.staff_can_decide()
            self.world.wait(1, sweeps=sweeps)

    @rule(period=st.integers(0, 3), days=st.sampled_from([1, 30, 200]))
    def lead_extends(self, period, days) -> None:
        """Grant the days to one of the last days that can be extended, counted from that last day."""
        world = self.world
        found = extendable_days_of(world.cycle, world.today)
        if period >= len(found):
            return
        one = found[period]
        through = one.on + timedelta(days=days)
        grant = ReliefGrant(one.what, "illness", case_ref=one.case_ref, through=through)
        self.granted += days * self.attempt(("extend", partial(self.grant, grant)))

    def grant(self, grant: ReliefGrant, world: World) -> None:
        grant_relief(world.cycle, by=world.lead, at=world.now, grant=grant, words="Get well.")

    def attempt(self, act) -> bool:
        name, take = act
        try:
            with transaction.atomic():
                take(self.world)
        except Refusal:
            return False
        self.replacements += name == "ask_replacements"
        return True

    def staff_can_decide(self) -> bool:
        """Whether a person could end the wait today: a petition, an audit or a renewal is in their queue."""
        application, audit = self.world.application, self.world.audit
        if application is None or application.state != "in_review":
            return False
        if audit and audit.is_open:
            return audit.state == "sent"
        mine = Petition.objects.filter(trainer=self.world.jordan)
        return (
            mine.filter(state__in=("submitted", "answered")).exists()
            or not mine.filter(state="question").exists()
        )

    @property
    def bound(self):
        application, audit = self.world.application, self.world.audit
        received_on = application.received_on or EXPIRES_ON
        returns = HistoryEntry.objects.filter(subject=subject_of(application), to_state="returned").count()
        days = (
            PAYMENT
            + (QUESTION + OWN_TIME) * self.world.asked
            + BUDGET
            + LEAST * returns
            + self.days_of_staff
            + self.granted
        )
        if audit:
            days += NOTICE + AUDIT + REPLACEMENT * self.replacements + 2
        return max(received_on, EXPIRES_ON) + timedelta(days=days)

    @invariant()
    def certified_within_the_bound(self) -> None:
        world, application = self.world, self.world.application
        if world.today <= EXPIRES_ON or application is None or application.state == "approved":
            return
        if world.is_certified(world.today):
            assert application.state in ("in_review", "returned")
            assert application.received_on <= EXPIRES_ON
            assert world.today <= self.bound


@pytest.mark.usefixtures("db", "storage")
def test_a_trainer_with_a_returned_renewal_is_certified_after_expiration_up_to_the_last_allowed_day():
    """Without this, the search could hold because nobody it meets is ever certified that late."""
    open_periods(rate="0")
    with heard_at_once():
        world = World(moment("2027-03-13"))
        world.act("ask_petition")
        world.act("pay_petition", 1)
        world.act("submit")
        world.act("pay")
        world.wait(2)
        assert world.is_certified(date(2027, 3, 15))
        world.act("decide_petition", 1, "deny")
        world.wait(29)
        assert world.application.state == "returned"
        assert world.is_certified(date(2027, 4, 13))
        world.wait(3)
        assert world.application.state == "denied"
        assert not world.is_certified(world.today)


class AuditedLife(Life):
    rate = "1"


@pytest.mark.parametrize("life", [Life, AuditedLife])
@pytest.mark.usefixtures("db", "storage")
def test_in_random_histories_nobody_is_certified_longer_than_the_rules_allow(life, size):
    examples = size(6, 400)
    chosen = settings(
        max_examples=examples,
        stateful_step_count=20 if examples == 6 else 40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    with heard_at_once():
        run_state_machine_as_test(life, settings=chosen)
