"""Every change that needs two people is refused to one person, even to a superuser with every role."""

from collections.abc import Callable
from datetime import date

import pytest

from audits import services as audits
from cases.revoking import agree_to_revocation, propose_revocation
from core import clock
from core.errors import Refusal
from outbox import letters
from payments.services import approve_refund, request_refund
from staff.roles import GROUPS
from tests import factories
from tests.audits.scenes import open_periods
from tests.cast import member
from tests.renewals import scenes
from trainers.models import Trainer
from trainers.services.erasing import agree_to_erasure, propose_erasure
from trainers.services.factors import ask_for_reset, confirm_reset

pytestmark = pytest.mark.django_db
Second = Callable[[Trainer], object]
WHY = "A letter of November 3."


@pytest.fixture
def both(clock_at) -> Trainer:
    """Return a superuser who has every role."""
    clock_at("2027-01-05 12:00")
    return member("Bo Both", *GROUPS, is_superuser=True)


@pytest.fixture
def other(both) -> Trainer:
    return member("Ann Other", *GROUPS)


def revocation(by: Trainer, jordan: Trainer) -> Second:
    credential = jordan.credentials.get()
    proposal = propose_revocation(credential, by=by, at=clock.now(), on=date(2027, 1, 4), reason=WHY)
    return lambda who: agree_to_revocation(proposal, by=who, at=clock.now())


def erasure(by: Trainer, jordan: Trainer) -> Second:
    asked = propose_erasure(jordan, by=by, at=clock.now(), reason=WHY)
    return lambda who: agree_to_erasure(asked, by=who, at=clock.now())


def lost_factor(by: Trainer, jordan: Trainer) -> Second:
    reset = ask_for_reset(member("Rory Reviewer", "reviewer"), by=by, at=clock.now(), reason=WHY)
    return lambda who: confirm_reset(reset, by=who, at=clock.now())


def long_letter(by: Trainer, jordan: Trainer) -> Second:
    people = [factories.TrainerFactory(email=f"kim{n}@example.org").pk for n in range(101)]
    told = {"title": "We are closed", "words": "Hello.", "audience": "certified"}
    letter = letters.write_letter(by=by, at=clock.now(), **told)
    letters.propose_letter(letter, by=by, at=clock.now())
    return lambda who: letters.approve_letter(letter, recipients=people, by=who, at=clock.now())


def large_refund(by: Trainer, jordan: Trainer) -> Second:
    factories.everything_met(jordan)
    application = scenes.pay(scenes.submit(jordan, "2027-03-15"), "2027-03-15")
    payment = application.charge.ledger.get(kind="payment")
    told = {"amount_cents": 12900, "cause": "our_error", "reason": WHY}
    refund = request_refund(payment, by=by, at=clock.now(), **told)
    return lambda who: approve_refund(refund, by=who, at=clock.now())


def asked_audit(by: Trainer, jordan: Trainer) -> Second:
    open_periods(rate="0")
    factories.everything_met(jordan)
    application = scenes.submit(jordan, "2027-01-04")
    details = {"renewal": application.reference, "received_on": date(2027, 1, 4), "cause": WHY}
    audit = audits.propose_audit(application.cycle, by=by, at=clock.now(), **details)
    return lambda who: audits.agree_audit(audit, by=who, at=clock.now())


RULES = (revocation, erasure, lost_factor, long_letter, large_refund, asked_audit)


@pytest.mark.parametrize("rule", RULES)
def test_no_two_person_rule_lets_one_person_with_every_role_act_as_both(rule, both, other, jordan):
    second = rule(both, jordan)
    with pytest.raises(Refusal) as refused:
        second(both)
    assert refused.value.code in ("same_person", "second_person")
    second(other)
