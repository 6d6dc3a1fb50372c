"""A renewal whose fee was refunded or disputed: finance decides before the approval, a lead after
it; a won dispute restores the fee (Q31).
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from core.errors import Refusal
from outbox.models import Notice
from payments.invariants import CHECKS as payment_checks
from payments.models import FeeDecision
from payments.services import receive_event
from renewals import services, tasks
from renewals.invariants import CHECKS as renewal_checks
from renewals.models import Application
from tests.payments.scenes import event
from tests.policies import follow, with_figures
from tests.reading import state_of, text_of
from tests.renewals import scenes
from tests.renewals.decided import reopen_application

pytestmark = pytest.mark.django_db
DAY = "2027-03-02"
NOON = scenes.moment(DAY)
WAITS = "Its fee went back, so it is not approved until finance has decided about it."


@pytest.fixture(autouse=True)
def _nothing_that_must_never_happen(clock_at):
    clock_at(DAY)
    yield
    about_money = [one for one in (*payment_checks, *renewal_checks) if one.number in (3, 4, 5, 6, 14)]
    assert [sentence for check in about_money for sentence in check.find()] == []


@pytest.fixture
def by_hand(monkeypatch):
    """Staff approve every renewal."""
    follow(with_figures(auto_approve=False), monkeypatch)


def disputed(application, status="needs_response", *, days=1, cents=9900):
    thing = {
        "id": "dp_1",
        "amount": cents,
        "currency": "usd",
        "livemode": False,
        "payment_intent": application.charge.ledger.get(kind="payment").provider_ref,
        "reason": "fraudulent",
        "status": status,
    }
    kind = "closed" if status in ("won", "lost") else "created"
    at = NOON + timedelta(days=days)
    told = event(f"charge.dispute.{kind}", thing, name=f"evt_{status}", at=at)
    assert receive_event(told, at=at).state == "processed"
    application.refresh_from_db()
    return application


@pytest.fixture
def paid(ready):
    """Jordan's renewal of $99.00, paid, disputed at the bank before it went on."""
    application = scenes.settle(scenes.submit(ready, DAY), DAY)
    disputed(application)
    return services.advance_application(application, at=NOON)


@pytest.fixture
def approved(ready):
    return scenes.renew(ready, DAY)


def decide(application, by, verdict="keep", reason="It was paid by check.", act=services.decide_open_fee):
    return act(application, verdict=verdict, reason=reason, by=by, at=NOON)


def test_a_renewal_with_a_disputed_fee_is_not_approved_automatically(paid):
    assert paid.state == "in_review"
    tasks.finish_paid()
    assert state_of(paid) == "in_review"


def test_a_reviewer_cannot_approve_a_renewal_with_a_disputed_fee(paid, reviewer):
    with pytest.raises(Refusal, match=WAITS) as refused:
        services.decide_application(paid, verdict="approve", by=reviewer, at=NOON)
    assert refused.value.code == "fee_went_back"


def test_a_renewal_that_finance_lets_continue_without_its_fee_is_approved_at_once(paid, finance):
    assert decide(paid, finance).state == "approved"
    decision = FeeDecision.objects.get()
    assert (decision.verdict, decision.kept_cents, decision.by) == ("keep", 0, finance)
    decide(paid, finance)
    assert FeeDecision.objects.count() == 1


def test_finance_can_deny_a_renewal_with_a_lost_fee_with_a_reason_shown_to_the_trainer(paid, finance):
    disputed(paid, "lost", days=2)
    ended = decide(paid, finance, "end", "Your bank took the fee back.")
    assert (ended.state, ended.end_reason) == ("denied", "Your bank took the fee back.")
    assert Notice.objects.filter(kind="renewals.denied", state="due").count() == 1
    view = scenes.home_on(DAY, paid.trainer)
    assert "Your bank took the $99 that you paid back." in view.state.line


def test_a_won_dispute_lets_the_renewal_continue(paid):
    disputed(paid, "won", days=2)
    assert services.advance_application(paid, at=NOON).state == "approved"


def test_a_partly_disputed_fee_stops_the_approval_like_a_fully_disputed_one(ready):
    application = scenes.settle(scenes.submit(ready, DAY), DAY)
    disputed(application, cents=1)
    assert services.advance_application(application, at=NOON).state == "in_review"


@pytest.mark.parametrize("who", ["reviewer", "lead"])
def test_only_finance_can_decide_about_the_lost_fee_of_an_undecided_renewal(paid, request, who):
    with pytest.raises(Refusal) as refused:
        decide(paid, request.getfixturevalue(who))
    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("said", "field"),
    [({"verdict": "x"}, "verdict"), ({"reason": " "}, "reason"), ({"reason": "x" * 2001}, "reason")],
)
def test_a_fee_decision_without_verdict_or_reason_is_refused_at_its_field(paid, finance, said, field):
    with pytest.raises(Refusal) as refused:
        decide(paid, finance, **said)
    assert (refused.value.field, FeeDecision.objects.count()) == (field, 0)


def test_no_fee_decision_is_possible_while_the_fee_is_fully_paid(ready, finance, by_hand):
    application = scenes.renew(ready, DAY)
    with pytest.raises(Refusal) as refused:
        decide(application, finance)
    assert refused.value.code == "not_back"


def test_a_pending_renewal_approval_does_not_take_effect_while_its_fee_is_disputed(ready, reviewer, by_hand):
    application = scenes.renew(ready, DAY)
    decision = services.decide_application(application, verdict="approve", by=reviewer, at=NOON)
    disputed(application)
    with pytest.raises(Refusal, match=WAITS):
        services.release_renewal_decision(decision, at=NOON + timedelta(minutes=10))
    assert state_of(application) == "in_review"


def test_a_renewal_stays_approved_when_its_fee_is_lost(approved):
    disputed(approved)
    disputed(approved, "lost", days=2)
    assert approved.state == "approved"
    assert state_of(approved.cycle.credential) == "in_force"


@pytest.mark.parametrize(("verdict", "state"), [("keep", "in_force"), ("end", "suspended")])
def test_a_lead_decides_about_an_approved_renewal_with_a_lost_fee_and_the_trainer_gets_a_mail(
    approved, lead, verdict, state
):
    disputed(approved)
    disputed(approved, "lost", days=2)
    decide(approved, lead, verdict, "We wrote to you.", act=services.decide_approved_fee)
    decide(approved, lead, verdict, "We wrote to you.", act=services.decide_approved_fee)
    assert state_of(approved.cycle.credential) == state
    assert Application.objects.get().state == "approved"
    assert Notice.objects.filter(kind="renewals.fee_decided").count() == 1


def test_a_further_refund_after_a_fee_decision_needs_a_new_decision(ready, finance, by_hand, reviewer):
    application = scenes.renew(ready, DAY)
    disputed(application, cents=3000)
    decide(application, finance)
    payment = application.charge.ledger.get(kind="payment")
    refund = {
        "id": "re_1",
        "amount": 100,
        "currency": "usd",
        "status": "succeeded",
        "payment_intent": payment.provider_ref,
    }
    receive_event(event("refund.created", refund, name="evt_refund"), at=NOON)
    with pytest.raises(Refusal, match=WAITS):
        services.decide_application(application, verdict="approve", by=reviewer, at=NOON)


def test_a_reopened_renewal_with_a_lost_fee_needs_a_new_decision_by_anyone_in_finance(
    paid, finance, second_finance, lead
):
    decide(paid, finance, "end", "Your bank took the fee back.")
    reopen_application(paid, by=lead, at=NOON, reason="They will pay.")
    assert decide(paid, finance, "end", "Your bank took the fee back.").state == "denied"
    reopen_application(paid, by=lead, at=NOON, reason="They have paid.")
    assert decide(paid, second_finance).state == "in_review"  # a person reopened it, so a person decides
    assert FeeDecision.objects.count() == 3


def test_the_second_of_two_finance_people_deciding_about_a_fee_is_refused(
    ready, finance, second_finance, by_hand
):
    application = disputed(scenes.renew(ready, DAY))
    decide(application, finance)
    with pytest.raises(Refusal, match="has decided this while you had it open"):
        decide(application, second_finance, "end", "It is gone.")


def test_the_database_refuses_to_approve_a_renewal_with_a_lost_fee(paid):
    with pytest.raises(DatabaseError, match="renewals_fee_kept"), transaction.atomic():
        Application.objects.filter(pk=paid.pk).update(state="approved", ended_at=NOON, assessment={})


def test_the_database_refuses_a_decision_about_ones_own_fee_and_changes_to_fee_decisions(paid, finance):
    row = {"charge": paid.charge, "verdict": "keep", "reason": "Why.", "kept_cents": 0, "decided_at": NOON}
    with pytest.raises(DatabaseError, match="payments_feedecision_of_another"), transaction.atomic():
        FeeDecision.objects.create(by=paid.trainer, **row)
    decide(paid, finance)
    with pytest.raises(DatabaseError, match="payments_feedecision_no_update"), transaction.atomic():
        FeeDecision.objects.update(reason="Other.")
    with pytest.raises(DatabaseError, match="payments_feedecision_no_delete"), transaction.atomic():
        FeeDecision.objects.all().delete()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("needs_response", "The $99 that you paid is disputed at your bank, which has not decided."),
        ("lost", "Your bank took the $99 that you paid back."),
    ],
)
def test_home_and_the_renewal_page_describe_the_fee_as_in_the_ledger(paid, signed_in, status, words):
    disputed(paid, status, days=2)
    view = scenes.home_on(DAY, paid.trainer)
    assert (view.state.tag, view.state.heading) == (
        "Fee missing",
        "Your renewal waits, because its fee went back",
    )
    assert words in view.state.line
    assert [(row.line, row.tag) for row in view.tasks if row.title.startswith("Pay")] == [
        (words, "Went back")
    ]
    page = text_of(signed_in(paid.trainer).get(f"/renew/{paid.reference}/"))
    assert words in page
    assert "We have your payment" not in page


def test_a_partial_refund_is_shown_with_its_amount(approved, finance, signed_in):
    payment = approved.charge.ledger.get(kind="payment")
    refund = {
        "id": "re_1",
        "amount": 3000,
        "currency": "usd",
        "status": "succeeded",
        "payment_intent": payment.provider_ref,
    }
    receive_event(event("refund.created", refund, name="evt_refund"), at=NOON)
    page = text_of(signed_in(approved.trainer).get(f"/renew/{approved.reference}/"))
    assert "We returned $30 of the $99 that you paid." in page


def test_a_receipt_shows_amounts_disputed_and_taken_back_by_the_bank(approved, signed_in):
    disputed(approved)
    browser, page = signed_in(approved.trainer), f"/payments/{approved.charge_id}/receipt/"
    assert "This payment is disputed at your bank, which has not decided." in text_of(browser.get(page))
    disputed(approved, "lost", days=2)
    shown = text_of(browser.get(page))
    assert "$99.00 taken back by your bank on March 4, 2027" in shown
    assert "has not decided" not in shown
    assert browser.get(f"/payments/{approved.charge_id}/receipt.pdf").status_code == 200
    assert "Taken back by your bank" in text_of(browser.get("/payments/"))
