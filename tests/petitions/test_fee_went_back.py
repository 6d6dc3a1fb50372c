"""A petition whose fee was refunded is never approved, and reviewers see it in time (S10, I6)."""

from datetime import timedelta

import pytest

from cases.decisions import record_stuck
from ceus.models import CeuRecord
from core.errors import Refusal
from payments.services import receive_event, refuse_refund, request_refund, return_by_hand
from petitions import services
from petitions.invariants import CHECKS
from petitions.models import Decision, Petition
from tests.cast import colleague
from tests.payments.scenes import paid, visit
from tests.petitions import scenes
from tests.reading import refused_with, text_of

pytestmark = pytest.mark.django_db
CHECK = "A petition is not approved after its fee was given back"


@pytest.fixture
def petition(jordan, stranger, at) -> Petition:
    scenes.submitted(stranger, at=at)
    return scenes.submitted(jordan, at=at)


def give_back(petition, by, at, cents=2500):
    payment = petition.charge.ledger.get(kind="payment")
    words = {"cause": "our_error", "reason": "Charged by mistake."}
    return request_refund(payment, amount_cents=cents, by=by, at=at, **words)


def found() -> list[str]:
    (check,) = (one for one in CHECKS if one.name == CHECK)
    return list(check.find())


@pytest.mark.parametrize("cents", [2500, 1])
def test_a_petition_with_a_refunded_fee_can_be_denied_but_not_approved(
    petition, finance, reviewer, at, cents
):
    give_back(petition, finance, at, cents)
    with pytest.raises(Refusal, match="given back, so it cannot be approved. Decline it") as refused:
        services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    assert refused.value.code == "fee_went_back"
    assert scenes.decided(petition, "deny", by=reviewer, at=at).state == "denied"


def test_a_refund_of_the_fee_that_was_not_approved_leaves_the_petition_unchanged(
    petition, finance, reviewer, at, monkeypatch
):
    monkeypatch.setattr("payments.services.refund_checks.second_person_above", lambda charge, at: 2499)
    refund = give_back(petition, finance, at)
    assert refund.state == "waiting"
    refuse_refund(refund, reason="It was right.", by=colleague("second_finance"), at=at)
    assert scenes.decided(petition, "approve", by=reviewer, at=at).state == "approved"


def test_refunding_an_accidental_second_payment_does_not_stop_the_petition(petition, finance, reviewer, at):
    second = visit(petition.charge, idempotency_key="twice", provider_id="cs_twice", opened_at=at)
    receive_event(paid(second, name="evt_twice", payment_intent="pi_twice"), at=at)
    failed = petition.charge.refunds.get()
    type(failed).objects.filter(pk=failed.pk).update(state="failed", ended_at=at)
    return_by_hand(failed, hand_reference="Check 4", reason="The card is closed.", by=finance, at=at)
    assert scenes.decided(petition, "approve", by=reviewer, at=at + timedelta(hours=1)).state == "approved"
    assert found() == []


def test_a_refund_of_one_petition_does_not_stop_another(petition, stranger, finance, reviewer, at):
    give_back(petition, finance, at)
    assert scenes.decided(stranger.petitions.get(), "approve", by=reviewer, at=at).state == "approved"
    assert found() == []


def test_a_denied_petition_with_a_refunded_fee_cannot_be_reconsidered(
    petition, jordan, finance, reviewer, at, signed_in
):
    scenes.decided(petition, "deny", by=reviewer, at=at)
    browser, page = signed_in(jordan), f"/petitions/{petition.reference}/"
    assert "Ask for another look" in text_of(browser.get(page))
    give_back(petition, finance, at)
    told = text_of(browser.get(page))
    assert "Ask for another look" not in told
    assert "You can ask again with a new petition." in told
    assert browser.get(f"{page}another-look/").status_code == 302
    answer = browser.post(f"{page}another-look/", {"why": "Page two."})
    assert answer.status_code == 409
    assert "We returned the fee, so we cannot look again." in text_of(answer)


def test_a_reopened_petition_whose_fee_is_then_refunded_cannot_be_approved(
    petition, jordan, finance, reviewer, at
):
    scenes.decided(petition, "deny", by=reviewer, at=at)
    services.ask_another_look(petition, by=jordan, at=at, why="Page two.")
    give_back(petition, finance, at)
    with pytest.raises(Refusal, match="cannot be approved"):
        services.decide_petition(petition, verdict="approve", by=colleague("second_reviewer"), at=at)


def test_a_pending_approval_can_be_undone_after_the_fee_is_refunded(petition, finance, reviewer, at):
    decision = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    give_back(petition, finance, at)
    later = at + timedelta(minutes=10)
    with pytest.raises(Refusal, match="given back") as refused:
        services.release_petition_decision(decision, at=later)
    decision.refresh_from_db()
    assert (decision.state, CeuRecord.objects.count()) == ("pending", 0)
    record_stuck(decision, refused.value, at=later)
    decision.refresh_from_db()
    assert "given back" in decision.stuck_reason
    assert services.take_back_decision(decision, by=reviewer, at=later).state == "taken_back"


def test_an_approval_that_took_effect_cannot_be_undone(petition, reviewer, at):
    decision = services.decide_petition(petition, verdict="approve", by=reviewer, at=at)
    later = at + timedelta(minutes=10)
    services.release_petition_decision(decision, at=later)
    with pytest.raises(Refusal, match="has taken effect"):
        services.take_back_decision(decision, by=reviewer, at=later)
    assert (Decision.objects.get().state, CeuRecord.objects.count()) == ("released", 1)


def test_the_invariant_check_reports_a_petition_approved_after_its_fee_was_refunded(
    petition, finance, reviewer, at
):
    scenes.decided(petition, "approve", by=reviewer, at=at)
    refund = give_back(petition, finance, at + timedelta(days=1))
    assert found() == []
    type(refund).objects.filter(pk=refund.pk).update(requested_at=at)
    assert found() == [f"{petition.reference} was approved after its fee was given back"]


def test_a_lead_cannot_decide_about_the_fee_of_a_petition_that_is_not_approved(jordan, lead, at):
    petition = scenes.submitted(jordan, at=at)
    with refused_with("Only a petition that was approved is decided about.", "out_of_order"):
        services.decide_petition_fee(petition, verdict="keep", reason="Why.", by=lead, at=at)
