"""A reviewer asks the trainer a question: it is pending for some minutes, can be undone, and is no
decision.
"""

import pytest
from django.urls import reverse

from core import clock
from outbox.models import Notice
from petitions import services
from petitions.models import Decision, Petition
from petitions.notice_codes import QUESTION
from petitions.reasons import TO_ASK
from petitions.tasks import release_decisions
from staff.petitions.actions import ROOM
from tests.petitions import scenes as stage
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition(jordan, clock_at) -> Petition:
    return stage.submitted(jordan, at=clock_at("2027-01-20 10:32"))


@pytest.fixture
def client(desk, reviewer):
    return desk(reviewer)


def ask(client, petition: Petition, **answers: str):
    url = reverse("admin:petitions_petition_ask", args=[petition.pk])
    seen = client.get(url).context["form"].initial["seen"]
    return client.post(url, {"seen": seen, "confirmed": "yes", **answers})


def state_of(petition: Petition) -> str:
    return Petition.objects.get(pk=petition.pk).state


def test_a_reviewers_question_is_pending_for_ten_minutes_and_is_then_sent_with_its_reason(
    petition, client, reviewer, clock_at
):
    answer = ask(client, petition, reason_code="taught")
    assert "Undo" in text_of(client.get(answer.url))
    decision = Decision.objects.get()
    assert (decision.verdict, decision.reason_code, decision.words) == ("ask", "taught", TO_ASK["taught"])
    assert (state_of(petition), petition.questions.count()) == ("submitted", 0)
    assert not Notice.objects.filter(kind=QUESTION).exists()
    clock_at("2027-01-20 10:42")
    release_decisions()
    question = petition.questions.get()
    assert (question.text, question.asked_by, question.asked_at) == (TO_ASK["taught"], reviewer, clock.now())
    assert state_of(petition) == "question"
    assert Notice.objects.get(kind=QUESTION).send_at == clock.now()


def test_a_pending_question_is_hidden_from_the_trainer_and_only_its_author_or_a_lead_can_undo_it(
    petition, client, jordan, stranger, second_reviewer, signed_in, desk
):
    ask(client, petition, words="Who taught it?")
    own = reverse("petitions:petition", args=[petition.reference])
    assert "Who taught it?" not in text_of(signed_in(jordan).get(own))
    answer = {"text": "Sam did."}
    assert (
        signed_in(jordan).post(reverse("petitions:answer", args=[petition.reference]), answer).status_code
        >= 400
    )
    assert signed_in(stranger).get(own).status_code == 404
    undo = reverse("admin:petitions_decision_undo", args=[Decision.objects.get().pk])
    for person, refused in ((jordan, 404), (stranger, 404), (second_reviewer, 422)):
        assert signed_in(person).post(undo, {"confirmed": "yes"}).status_code == refused, person
    assert Decision.objects.get().state == "pending"


def test_a_question_undone_while_it_is_pending_is_never_sent(petition, client):
    ask(client, petition, words="Who taught it?")
    undo = reverse("admin:petitions_decision_undo", args=[Decision.objects.get().pk])
    assert client.post(undo, {"confirmed": "yes"}).status_code == 302
    release_decisions()
    assert (state_of(petition), petition.questions.count()) == ("submitted", 0)
    assert not Notice.objects.filter(kind=QUESTION).exists()


def test_a_question_without_words_and_reason_is_refused_at_its_field(petition, client):
    answer = ask(client, petition)
    assert answer.status_code == 422
    assert "Write your question." in text_of(answer)
    assert list(answer.context["form"].errors) == ["words"]


def test_a_withdrawn_petition_is_not_asked_about(petition, client, jordan, clock_at):
    ask(client, petition, words="Who taught it?")
    services.withdraw_petition(petition, by=jordan, at=clock.now())
    clock_at("2027-01-20 10:42")
    release_decisions()
    assert Decision.objects.get().state == "taken_back"
    assert petition.questions.count() == 0


def test_a_reviewer_who_only_asked_a_question_may_decide_the_second_review(
    petition, client, jordan, reviewer, lead, clock_at
):
    ask(client, petition, words="Who taught it?")
    clock_at("2027-01-20 10:42")
    release_decisions()
    answered = services.answer_question(petition, by=jordan, at=clock.now(), text="Ana Lee.")
    stage.decided(answered, "deny", by=lead, at=clock.now())
    services.ask_another_look(petition, by=jordan, at=clock_at("2027-01-21"), why="Look at page two.")
    assert ROOM.next_waiting(reviewer) == reverse("admin:petitions_petition_review", args=[petition.pk])
    assert ROOM.next_waiting(lead) == "/staff/petitions/petition/"


def test_a_question_is_not_counted_as_a_decision_and_has_its_own_label_in_the_list_of_decisions(
    petition, client, lead, desk, clock_at
):
    ask(client, petition, words="Who taught it?")
    clock_at("2027-01-20 10:42")
    release_decisions()
    assert list(Decision.objects.conclusions()) == []
    rows = "/staff/petitions/decision/?says="
    assert petition.reference in text_of(client.get(f"{rows}asked"))
    assert petition.reference not in text_of(client.get(f"{rows}decided"))
