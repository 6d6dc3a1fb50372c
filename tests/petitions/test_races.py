"""Fifty processes at once on one petition: one charge, one decision, one record (I6, I13)."""

import pytest

from ceus.models import CeuRecord
from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge
from petitions import services
from petitions.models import Decision, Petition
from tests.cast import colleague
from tests.petitions import scenes
from tests.petitions.racing import AT
from tests.race import race

ACT = "tests.petitions.racing:{}".format


@pytest.fixture
def held(jordan) -> Decision:
    return services.decide_petition(
        scenes.submitted(jordan, at=AT), verdict="approve", by=colleague("reviewer"), at=AT
    )


def test_fifty_simultaneous_agreements_create_one_25_dollar_charge(real_database, jordan):
    petition = scenes.draft(jordan, at=AT)
    assert race(real_database, ACT("send"), str(petition.pk)) == {"unpaid": 50}
    assert Charge.objects.get().amount_cents == 2500


def test_fifty_simultaneous_settlements_submit_a_petition_once(real_database, jordan):
    petition = scenes.unpaid(jordan, at=AT)
    scenes.pay(petition.charge, at=AT)
    assert race(real_database, ACT("complete"), str(petition.pk)) == {"submitted": 50}
    assert HistoryEntry.objects.filter(verb="paid", subject=f"petitions.petition:{petition.pk}").count() == 1
    assert Notice.objects.filter(kind="petitions.received").count() == 1


def test_when_two_reviewers_decide_at_once_the_second_gets_the_name_of_the_first(real_database, jordan):
    petition = scenes.submitted(jordan, at=AT)
    reviewer, second_reviewer = colleague("reviewer"), colleague("second_reviewer")
    outcomes = race(real_database, ACT("decide"), str(petition.pk), reviewer.email, second_reviewer.email)
    held = Decision.objects.get()
    winner = held.by.name
    assert outcomes == {
        held.verdict: 25,
        f"refused: {winner} has decided this already. Take that decision back first.": 25,
    }


def test_fifty_simultaneous_sweeps_create_one_ceu_record(real_database, held):
    assert race(real_database, ACT("release"), str(held.pk)) == {"released": 50}
    assert CeuRecord.objects.count() == 1
    assert Notice.objects.filter(kind="petitions.approved").count() == 1


def test_a_petition_withdrawn_as_its_approval_takes_effect_is_either_withdrawn_or_approved(
    real_database, held
):
    outcomes = race(real_database, ACT("release_or_withdraw"), str(held.pk))
    petition, decision = Petition.objects.get(), Decision.objects.get()
    assert (petition.state, decision.state) in {("approved", "released"), ("withdrawn", "taken_back")}
    assert CeuRecord.objects.count() == (petition.state == "approved")
    late = "refused: A petition that is approved cannot be withdrawn."
    assert outcomes == (
        {"released": 25, late: 25} if petition.state == "approved" else {"withdrawn": 25, "taken_back": 25}
    )


def test_a_petition_decision_undone_as_it_takes_effect_ends_either_in_effect_or_undone(real_database, held):
    outcomes = race(real_database, ACT("take_back_or_release"), str(held.pk))
    decision = Decision.objects.get()
    late = "refused: This decision has taken effect, so it cannot be taken back."
    assert set(outcomes) <= ({"released", late} if decision.state == "released" else {"taken_back"})
    assert CeuRecord.objects.count() == (decision.state == "released")
