"""One application for two certifications in review: decided, returned, audited and reopened for both at once."""

from datetime import date, timedelta

import pytest

from audits.models import Audit
from ceus.models import CeuRecord
from core.errors import Refusal
from outbox.models import Notice
from payments.services import receive_event
from renewals import services
from renewals.models import Application
from renewals.services.deciding import release_renewal_decision
from renewals.services.fees import decide_approved_fee
from tests.audits import scenes as audit_scenes
from tests.payments.scenes import event, mail_of
from tests.reading import text_of
from tests.renewals import scenes
from tests.renewals.decided import deny_application, reopen_application, return_application
from tests.renewals.together import DAY, PRICED, SEVERAL, broken, ends, log_course, of, submitted
from tests.twice import FIRST, SECOND
from trainers.models import Credential

pytestmark = pytest.mark.django_db
BY_HAND = 'values = { auto_approve = { value = false, label = "At once", clause = "house", text = "People look." } }\n'
AT = scenes.moment(DAY)


@pytest.fixture
def waiting(pair, clock_at):
    """Both renewals in review, paid, under a policy by which people look at each."""
    clock_at(DAY)
    first, second = pair(version=PRICED + SEVERAL + BY_HAND)
    log_course(first)
    scenes.pay(submitted(first, SECOND), DAY)
    assert states() == ["in_review", "in_review"]
    return first, second


def states() -> list[str]:
    rows = Application.objects.order_by("cycle__credential__number")
    return list(rows.values_list("state", flat=True))


def test_one_decision_pending_for_ten_minutes_approves_both(waiting, reviewer):
    first, second = waiting
    decision = services.decide_application(of(second), verdict="approve", by=reviewer, at=AT)
    assert decision.application == of(first)
    assert states() == ["in_review", "in_review"]
    with pytest.raises(Refusal, match="can still be taken back"):
        release_renewal_decision(decision, at=AT + timedelta(minutes=9))
    release_renewal_decision(decision, at=AT + timedelta(minutes=10))
    assert states() == ["approved", "approved"]
    assert (ends(FIRST), ends(SECOND)) == (date(2029, 3, 14), date(2029, 6, 30))
    assert of(second).decided_by == reviewer
    assert broken() == []
    price = of(first).assessment["fees"]
    assert (price["total"], of(first).charge.amount_cents) == ("149.00", 14900)
    assert [(one["code"], one["amount"]) for one in price["lines"]] == [
        ("renewal", "99.00"),
        ("further", "50.00"),
    ]


def test_staff_read_in_one_place_what_goes_with_a_renewal_and_wait_for_one_decision(
    waiting, reviewer, signed_in
):
    first, second = waiting
    assert [one.cycle_id for one in Application.objects.waiting()] == [first.pk]
    desk = signed_in(reviewer)
    page = text_of(desk.get(f"/staff/renewals/application/{of(first).pk}/review/"))
    assert f"Renewed with it Body Trainer, 5512 0007 {of(second).reference} All pass" in page
    assert "Renewed with it: Body Trainer, 5512 0007, through June 30, 2029." in page
    other = desk.get(f"/staff/renewals/application/{of(second).pk}/review/")
    assert "Approve this renewal" not in text_of(other)
    assert f"It is decided with {of(first).reference}" in text_of(other)


def test_a_return_and_its_correction_are_about_both(waiting, reviewer):
    first, second = waiting
    services_returned = return_application(of(first), by=reviewer, at=AT, reason="We cannot read it.")
    assert states() == ["returned", "returned"]
    assert of(second).correct_through == services_returned.correct_through
    services.correct_application(of(second), by=first.credential.trainer, at=scenes.moment("2027-03-05"))
    assert states() == ["in_review", "in_review"]
    assert of(second).correction_days_spent == of(first).correction_days_spent == 3
    assert broken() == []


def test_a_denial_is_of_both_and_two_leads_reopen_both(waiting, reviewer, lead):
    first, second = waiting
    deny_application(of(first), by=reviewer, at=AT, reason="It is not yours.")
    assert states() == ["denied", "denied"]
    assert of(second).end_reason == "It is not yours."
    (mail,) = Notice.objects.filter(kind="renewals.denied")
    assert "This is about certifications 1193 4482 and 5512 0007." in mail_of(mail).text
    assert not CeuRecord.objects.exclude(claimed_for=None).exists()
    reopen_application(of(second), by=lead, at=scenes.moment("2027-03-03"), reason="It is.")
    assert states() == ["in_review", "in_review"]
    assert CeuRecord.objects.filter(claimed_for=second).exists()
    assert broken() == []


def test_an_audit_of_either_one_is_waited_for_and_not_passing_it_denies_both(pair, clock_at):
    clock_at(DAY)
    first, second = pair(rate="1")
    log_course(first)
    scenes.pay(submitted(first, SECOND), DAY)
    assert states() == ["in_review", "in_review"]
    assert sorted(Audit.objects.values_list("renewal", flat=True)) == sorted(
        [of(first).reference, of(second).reference]
    )
    theirs = Audit.objects.get(renewal=of(second).reference)
    services.withdraw_application(of(first), by=first.credential.trainer, at=AT)
    theirs.refresh_from_db()
    assert (states(), theirs.is_open) == (["withdrawn", "withdrawn"], False)


@pytest.mark.parametrize("of_which", [0, 1])
def test_a_failed_audit_of_either_one_denies_both_frees_their_courses_and_ends_the_other_audit(
    pair, reviewer, clock_at, of_which
):
    clock_at(DAY)
    cycles = pair(version=PRICED + 'several = { credits = "separate" }\n', rate="1")
    for cycle in cycles:
        log_course(cycle)
    scenes.pay(submitted(cycles[0], SECOND), DAY)
    audits = [Audit.objects.get(renewal=of(one).reference) for one in cycles]
    failed, other = audits[of_which], audits[1 - of_which]
    audit_scenes.judge(failed, reviewer, at=DAY, verdict="refused", words="It is somebody else's.")
    audit_scenes.closed(failed, "fail", reviewer, at=DAY, words="It is somebody else's.")
    services.advance_audited_renewals(failed, at=AT)
    other.refresh_from_db()
    assert (states(), failed.state, other.state) == (["denied", "denied"], "failed", "ended")
    assert {of(one).end_reason for one in cycles} == {"It is somebody else's."}
    assert not CeuRecord.objects.exclude(claimed_for=None).exists()
    assert (ends(FIRST), ends(SECOND)) == (date(2027, 3, 14), date(2027, 6, 30))
    assert broken() == []


def test_a_fee_that_went_back_after_the_approval_suspends_both(pair, lead, clock_at):
    clock_at(DAY)
    first, second = pair()
    log_course(first)
    application = scenes.pay(submitted(first, SECOND), DAY)
    assert states() == ["approved", "approved"]
    payment = application.charge.ledger.get(kind="payment")
    thing = {"id": "dp_1", "amount": 14900, "currency": "usd", "livemode": False, "status": "lost"}
    thing |= {"payment_intent": payment.provider_ref, "reason": "fraudulent"}
    receive_event(event("charge.dispute.closed", thing, at=AT), at=AT)
    decide_approved_fee(
        of(first), verdict="end", reason="It was charged back.", by=lead, at=scenes.moment("2027-03-04")
    )
    found = Credential.objects.filter(number__in=(FIRST, SECOND)).values_list("state", flat=True)
    assert list(found) == ["suspended", "suspended"]


def test_a_course_that_the_first_renewal_uses_does_not_count_for_the_second_where_credits_are_separate(
    pair, clock_at
):
    clock_at(DAY)
    first, second = pair(version=PRICED + 'several = { credits = "separate" }\n')
    course = log_course(first)
    log_course(second, course=course.course)
    with pytest.raises(Refusal, match="5512 0007: ") as refused:
        submitted(first, SECOND)
    assert refused.value.code == "cannot_join"
    assert not Application.objects.exists()
    log_course(second)
    assert submitted(first, SECOND).state == "submitted"
