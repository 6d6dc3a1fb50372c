"""Links on the page of a trainer: to the refund of a payment, to a colleague's case, to undoing a
decision.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.services.assigning import take_case
from payments.models import Dispute
from payments.services import receive_event, request_refund
from petitions.services import decide_petition
from tests.payments.scenes import NOON, charge_for, kept_payment, paid, visit
from tests.petitions import scenes as petitions
from tests.renewals import scenes as renewals

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(clock_at):
    clock_at("2027-03-02")


def refund_page(person) -> str:
    return reverse("admin:trainers_trainer_refund", args=[person.pk])


def give_back(payment) -> str:
    return reverse("admin:payments_ledgerentry_give_back", args=[payment.pk])


def person_page(desk, viewer, person):
    return desk(viewer).get(reverse("admin:trainers_trainer_change", args=[person.pk])).context["page"]


def test_the_refund_link_on_a_trainers_page_opens_the_refund_of_their_only_payment(jordan, finance, desk):
    payment = kept_payment(charge_for(jordan))
    groups = person_page(desk, finance, jordan).actions
    links = {link.label: link.url for group in groups for link in group.links}
    answer = desk(finance).get(links["Refund a payment…"])
    assert (answer.status_code, answer.url) == (302, give_back(payment))


def test_the_refund_link_on_a_trainers_page_lists_only_that_trainers_payments_when_there_are_several(
    jordan, stranger, finance, desk
):
    first = kept_payment(charge_for(jordan))
    second = charge_for(jordan, "tests.thing:2")
    receive_event(paid(visit(second), name="evt_2", payment_intent="pi_second"), at=NOON)
    text = desk(finance).get(refund_page(jordan)).content.decode()
    assert give_back(first) in text
    assert give_back(second.ledger.get(kind="payment")) in text
    assert "Nothing of theirs can be given back" in desk(finance).get(refund_page(stranger)).content.decode()


def test_a_completely_refunded_payment_is_not_offered_for_a_refund(jordan, finance, desk):
    payment = kept_payment(charge_for(jordan))
    request_refund(payment, amount_cents=12900, cause="our_error", reason="Twice.", by=finance, at=NOON)
    assert "Nothing of theirs" in desk(finance).get(refund_page(jordan)).content.decode()


def test_only_finance_can_choose_a_payment_to_refund_and_not_for_themselves(jordan, reviewer, finance, desk):
    assert desk(reviewer).get(refund_page(jordan)).status_code == 403
    assert desk(finance).get(refund_page(finance)).status_code == 403


def test_the_person_page_says_which_colleague_an_open_case_is_assigned_to(
    jordan, reviewer, second_reviewer, desk
):
    petition = petitions.submitted(jordan, at=renewals.moment("2027-03-02"))
    assert [one.assignee for one in person_page(desk, reviewer, jordan).cases] == [""]
    take_case(petition, by=second_reviewer, at=NOON)
    assert [one.assignee for one in person_page(desk, reviewer, jordan).cases] == [second_reviewer.name]


@pytest.mark.parametrize(
    ("state", "left"), [("to_answer", "9 days"), ("answered", "the bank decides"), ("inquiry", "9 days")]
)
def test_the_person_page_shows_the_last_day_to_answer_an_open_dispute(jordan, finance, desk, state, left):
    payment = kept_payment(charge_for(jordan))
    told = {"opened_at": NOON, "opened_on": NOON.date(), "told_at": NOON, "status": "x"}
    last = NOON.date() + timedelta(days=9)
    about = {"charge": payment.charge, "payment": payment, "provider_id": "dp_1", "amount_cents": 12900}
    Dispute.objects.create(**about, **told, state=state, answer_through=last)
    assert [one.left for one in person_page(desk, finance, jordan).cases] == [left]


def undo_urls(desk, viewer, person) -> list[str]:
    return [line.undo_url for line in person_page(desk, viewer, person).timeline.lines if line.undo_url]


def test_the_timeline_offers_to_undo_a_pending_decision_only_to_its_author_or_a_lead(
    jordan, reviewer, second_reviewer, lead, finance, desk
):
    petition = petitions.submitted(jordan, at=renewals.moment("2027-03-02"))
    decision = decide_petition(petition, verdict="approve", by=reviewer, at=NOON)
    undo = reverse("admin:petitions_decision_undo", args=[decision.pk])
    assert undo_urls(desk, reviewer, jordan) == [undo]
    assert undo_urls(desk, lead, jordan) == [undo]
    assert undo_urls(desk, second_reviewer, jordan) == []
    assert undo_urls(desk, finance, jordan) == []
    desk(reviewer).post(undo, {"confirmed": "yes"})
    assert undo_urls(desk, reviewer, jordan) == []
