"""Petitions on the staff side: read, decided after a preview of the mail, undone in time; never
one's own, and the first of two reviewers decides.
"""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from core import clock
from core.mail import render_mail
from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import kind_of
from petitions import services
from petitions.models import Decision, Petition
from petitions.notices import APPROVED, DENIED, QUESTION
from staff.petitions.actions import ROOM
from tests.cast import colleague, member
from tests.petitions import scenes as stage
from tests.reading import text_of

pytestmark = pytest.mark.django_db
NOW = "2027-01-20 10:32"
DECLINE = {"reason_code": "entry_level", "words": ""}
ASK = {"words": "Which exercises were taught?"}


def page(name: str, petition: Petition) -> str:
    return reverse(f"admin:petitions_petition_{name}", args=[petition.pk])


def seen(client, name: str, petition: Petition) -> dict[str, object]:
    return {"seen": client.get(page(name, petition)).context["form"].initial["seen"]}


def mail_sent(kind: str) -> object:
    """What the outbox will send, rendered as the sender does."""
    notice = Notice.objects.get(kind=kind)
    known = kind_of(kind)
    return render_mail(known.template, known.contexts([notice])[notice.pk])


@pytest.fixture
def petition(jordan, clock_at) -> Petition:
    return stage.submitted(jordan, at=clock_at(NOW))


@pytest.fixture
def client(desk, reviewer):
    return desk(reviewer)


def test_the_review_of_a_petition_shows_facts_checks_evidence_and_missing_ceus(petition, client):
    text = client.get(page("review", petition)).content.decode()
    files = [one.document_id for one in petition.evidence.all()]
    assert len(files) == 2
    assert all(f"doc={pk}&" in unescape(text) for pk in files)
    for words in (
        *(
            "Jordan Rivera",
            "Kettlebell Biomechanics",
            "Northside Barbell Club",
            "Hip hinge mechanics",
            "Ana Lee, MS",
        ),
        *("Why it matters", "4 of 4 passed", "10 business days left", "agreed to its fee", "is paid"),
        *("Nothing about this course or provider.", "Approve 0.4 CEUs"),
    ):
        assert words in text


def test_the_review_shows_earlier_petition_decisions_with_the_ceus_granted(
    petition, stranger, client, clock_at
):
    other = stage.submitted(stranger, at=clock_at(NOW))
    fewer = {"hundredths": 30, "reason_code": "fewer", "words": "Three hours."}
    stage.decided(other, "approve", by=colleague("reviewer"), at=clock_at(NOW), **fewer)
    text = client.get(page("review", petition)).content.decode()
    assert "<strong>0.3 approved</strong> · same course" in text
    assert other.reference in text
    assert "Three hours." in text


@pytest.mark.parametrize(
    ("name", "answers", "kind"),
    [
        ("approve", {"hundredths": "0.4"}, APPROVED),
        ("approve", {"hundredths": "0.3", "reason_code": "fewer", "words": "Three hours."}, APPROVED),
        ("decline", DECLINE, DENIED),
        ("ask", ASK, QUESTION),
    ],
)
def test_the_preview_of_a_petition_decision_shows_the_mail_to_be_sent_and_decides_nothing(
    petition, client, clock_at, name, answers, kind
):
    answers = answers | seen(client, name, petition)
    before = HistoryEntry.objects.count()
    shown = client.post(page(name, petition), answers).context["mail"]
    assert shown.text
    assert (HistoryEntry.objects.count(), Decision.objects.count()) == (before, 0)
    client.post(page(name, petition), answers | {"confirmed": "yes"})
    for decision in Decision.objects.all():
        services.release_petition_decision(decision, at=clock.now() + timedelta(minutes=10))
    assert mail_sent(kind) == shown


def test_granting_fewer_ceus_without_a_reason_is_refused_with_the_input_kept(petition, client):
    answers = {"hundredths": "0.3", "words": "Three hours."} | seen(client, "approve", petition)
    response = client.post(page("approve", petition), answers)
    assert response.status_code == 422
    text = response.content.decode()
    assert "Choose a reason." in text
    assert "Three hours." in text
    assert 'value="0.3"' in text
    assert not Decision.objects.exists()


def test_approving_a_completion_that_already_counts_is_refused_before_the_mail_preview(
    petition, client, clock_at
):
    first = stage.submitted(petition.trainer, at=clock_at(NOW), learned="The same event.")
    stage.decided(first, "approve", by=colleague("reviewer"), at=clock_at(NOW))
    response = client.post(
        page("approve", petition), {"hundredths": "0.4"} | seen(client, "approve", petition)
    )
    assert response.status_code == 422
    assert "“Kettlebell Biomechanics” on that day already counts" in response.content.decode()
    assert not petition.decisions.exists()


def test_the_form_refuses_to_approve_an_event_whose_other_petition_has_a_pending_approval_and_keeps_the_input(
    petition, client, clock_at
):
    first = stage.submitted(petition.trainer, at=clock_at(NOW), learned="The same event.")
    services.decide_petition(first, verdict="approve", by=colleague("reviewer"), at=clock_at(NOW))
    sentence = f"{first.reference} is for the same event, and its approval is pending."
    assert client.get(page("review", petition)).context["offer"].refusal.startswith(sentence)
    typed = {"hundredths": "0.3", "reason_code": "fewer", "words": "Three hours."}
    response = client.post(page("approve", petition), typed | seen(client, "approve", petition))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "Three hours." in text_of(response)
    assert not petition.decisions.exists()


@pytest.mark.parametrize("ceus", ["", "0", "x", "-1", "1000"])
def test_approving_an_impossible_amount_of_ceus_is_refused(petition, client, ceus):
    answers = {"hundredths": ceus, "confirmed": "yes"} | seen(client, "approve", petition)
    assert client.post(page("approve", petition), answers).status_code == 422
    assert not Decision.objects.exists()


def test_choosing_a_reason_fills_in_its_standard_text_which_the_reviewer_can_edit(petition, client):
    answers = DECLINE | seen(client, "decline", petition)
    shown = client.post(page("decline", petition), answers)
    usual = "The course does not go beyond the level at which you were certified."
    assert usual in shown.context["mail"].text
    again = client.post(page("decline", petition), answers | {"words": usual, "change": "yes"})
    assert usual in again.content.decode()
    assert again.context["mail"] is None
    other = answers | {"reason_code": "off_topic", "words": usual}
    assert "not about the work" in client.post(page("decline", petition), other).context["mail"].text
    assert not Decision.objects.exists()


def test_declining_a_petition_without_a_reason_is_refused(petition, client):
    for answers, sentence in (
        ({}, "Choose a reason."),
        ({"reason_code": "other"}, "Write the reason in words"),
    ):
        response = client.post(page("decline", petition), answers | seen(client, "decline", petition))
        assert response.status_code == 422
        assert sentence in response.content.decode()


def test_a_petition_decision_says_when_it_takes_effect_and_opens_the_next_petition(
    petition, stranger, client, clock_at
):
    later = stage.submitted(stranger, at=clock_at(NOW))
    answers = {"hundredths": "0.4", "confirmed": "yes"} | seen(client, "approve", petition)
    response = client.post(page("approve", petition), answers, follow=True)
    assert response.redirect_chain == [(page("review", later), 302)]
    told = text_of(response)
    assert "Approved: 0.4 CEUs for Jordan Rivera." in told
    assert "It takes effect at 10:42 am, in 10 minutes" in told
    undo = reverse("admin:petitions_decision_undo", args=[Decision.objects.get().pk])
    assert f'action="{undo}"' in response.content.decode()


def test_a_petition_decision_can_be_undone_until_it_takes_effect(petition, client, clock_at):
    answers = {"hundredths": "0.4", "confirmed": "yes"} | seen(client, "approve", petition)
    client.post(page("approve", petition), answers)
    undo = reverse("admin:petitions_decision_undo", args=[Decision.objects.get().pk])
    assert undo in client.get(page("review", petition)).content.decode()
    assert undo in client.get(page("change", petition)).content.decode()
    clock_at("2027-01-20 10:41")
    for _ in range(2):
        assert client.post(undo).headers["Location"] == page("review", petition)
    assert Decision.objects.get().state == "taken_back"
    assert HistoryEntry.objects.filter(verb="taken back").count() == 1
    assert client.post(page("approve", petition), answers).status_code == 422
    assert Decision.objects.count() == 1


def test_a_petition_decision_in_effect_cannot_be_undone(petition, client, clock_at):
    answers = {"hundredths": "0.4", "confirmed": "yes"} | seen(client, "approve", petition)
    client.post(page("approve", petition), answers)
    clock_at("2027-01-20 10:42")
    decision = Decision.objects.get()
    services.release_petition_decision(decision, at=clock.now())
    response = client.post(reverse("admin:petitions_decision_undo", args=[decision.pk]))
    assert response.status_code == 422
    assert "has taken effect" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "answers", "second"),
    [("approve", {"hundredths": "0.4"}, 302), ("decline", DECLINE, 302), ("ask", ASK, 302)],
)
def test_a_double_click_on_a_petition_decision_has_one_effect(petition, client, name, answers, second):
    answers = answers | {"confirmed": "yes"} | seen(client, name, petition)
    assert client.post(page(name, petition), answers).status_code == 302
    before = HistoryEntry.objects.count()
    assert client.post(page(name, petition), answers).status_code == second
    assert HistoryEntry.objects.count() == before


def test_staff_cannot_decide_their_own_petition(petition, jordan, desk):
    jordan.is_staff = True
    jordan.save()
    jordan.groups.add(*member("Rita Reviewer", "lead").groups.all())
    client = desk(jordan)
    review = client.get(page("review", petition)).content.decode()
    assert "Somebody else must decide about it" in review
    assert page("approve", petition) not in review
    for name, answers in (("approve", {"hundredths": "0.4"}), ("decline", DECLINE), ("ask", ASK)):
        response = client.post(page(name, petition), answers | seen(client, name, petition))
        assert response.status_code == 422
        assert "Somebody else must decide about your own petition." in response.content.decode()


def test_a_petition_to_reconsider_is_offered_only_to_another_reviewer(
    petition, jordan, reviewer, lead, clock_at
):
    stage.decided(petition, "deny", by=reviewer, at=clock_at(NOW))
    services.ask_another_look(petition, by=jordan, at=clock_at("2027-01-21"), why="Look at page two.")
    assert ROOM.next_waiting(reviewer) == "/staff/petitions/petition/"
    assert ROOM.next_waiting(jordan) == "/staff/petitions/petition/"
    assert ROOM.next_waiting(lead) == page("review", petition)


@pytest.mark.parametrize("first", ["decided about", "asked about"])
@pytest.mark.parametrize(("name", "answers"), [("approve", {"hundredths": "0.4"}), ("ask", ASK)])
def test_the_second_of_two_reviewers_sees_who_decided_first(petition, client, lead, name, answers, first):
    answers = answers | {"confirmed": "yes"} | seen(client, name, petition)
    if first == "decided about":
        services.decide_petition(petition, verdict="approve", by=lead, at=clock.now())
    else:
        services.ask_question(petition, by=lead, at=clock.now(), text="What?")
    before = HistoryEntry.objects.count()
    response = client.post(page(name, petition), answers)
    assert response.status_code == 422
    assert f"Lee Lead {first} this petition before you." in response.content.decode()
    assert HistoryEntry.objects.count() == before


def test_extending_the_time_to_answer_needs_a_later_day_and_a_reason(petition, client, reviewer):
    services.ask_question(petition, by=reviewer, at=clock.now(), text="What?")
    extend = page("extend", petition)
    day = {"through_month": "2", "through_day": "10", "through_year": "2027"}
    assert client.post(extend, day).status_code == 422
    early = client.post(extend, day | {"through_day": "2", "reason": "Travel."})
    assert early.status_code == 422
    assert "Choose a day after February 3, 2027" in early.content.decode()
    for _ in range(2):
        assert client.post(extend, day | {"reason": "Travel."}).status_code == 302
    assert str(petition.questions.get().answer_through) == "2027-02-10"
    assert HistoryEntry.objects.filter(verb="more time to answer").count() == 1


def test_read_only_staff_can_view_a_petition_but_not_decide_it(
    petition, onlooker, reviewer, desk, signed_in, stranger
):
    decision = services.decide_petition(petition, verdict="approve", by=reviewer, at=clock.now())
    client = desk(onlooker)
    text = client.get(page("review", petition)).content.decode()
    assert "certificate" in text.lower()
    assert "/documents/" not in text
    undo = reverse("admin:petitions_decision_undo", args=[decision.pk])
    assert undo not in text
    for url in (undo, *(page(name, petition) for name in ("approve", "ask", "decline", "extend"))):
        assert client.get(url).status_code == 403
        assert client.post(url, {"confirmed": "yes"}).status_code == 403
        assert signed_in(stranger).get(url).status_code == 404
