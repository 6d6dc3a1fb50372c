"""Staff who declare to know a trainer, on a case or on the trainer's page: from then on somebody
else decides.
"""

import pytest
from django.urls import reverse

from cases.desk import assignment_of
from cases.models import Conflict
from cases.services import add_note, record_conflict, take_case
from core import clock
from core.errors import Refusal
from core.models import HistoryEntry
from petitions.models import Petition
from petitions.services import decide_petition
from tests.petitions import scenes as stage
from tests.reading import text_of

pytestmark = pytest.mark.django_db
SENT = "2027-01-20 10:00"


@pytest.fixture
def petition(jordan, clock_at) -> Petition:
    return stage.submitted(jordan, at=clock_at(SENT))


def of_person(name: str, trainer) -> str:
    return reverse(f"admin:trainers_trainer_{name}", args=[trainer.pk])


def review(petition: Petition) -> str:
    return reverse("admin:petitions_petition_review", args=[petition.pk])


def test_a_colleague_who_declares_to_know_a_person_loses_the_assigned_cases_of_that_person(
    petition, jordan, stranger, reviewer, desk
):
    take_case(petition, by=reviewer, at=clock.now())
    client = desk(reviewer)
    asked = client.get(of_person("know", jordan))
    assert "From then on you decide about none of their cases" in text_of(asked)
    told = client.post(of_person("know", jordan), {"confirmed": "yes"}, follow=True)
    assert "You get no more cases of Jordan Rivera." in text_of(told)
    assert "You have said that you know Jordan" in text_of(told)
    assert of_person("know", jordan) not in told.content.decode()
    assert assignment_of(petition) is None
    assert of_person("know", stranger) in client.get(of_person("change", stranger)).content.decode()
    client.post(of_person("know", jordan), {"confirmed": "yes"})
    assert Conflict.objects.count() == 1
    assert HistoryEntry.objects.filter(verb="known").count() == 1


def test_a_reviewer_who_knows_the_person_can_read_the_case_but_gets_no_button_to_decide(
    petition, jordan, reviewer, lead, desk
):
    decides = reverse("admin:petitions_petition_decline", args=[petition.pk])
    assert decides in desk(reviewer).get(review(petition)).content.decode()
    record_conflict(jordan, by=reviewer, at=clock.now())
    page = desk(reviewer).get(review(petition))
    assert "You know this person, so somebody else decides." in text_of(page)
    assert decides not in page.content.decode()
    assert decides in desk(lead).get(review(petition)).content.decode()


def test_a_reviewer_with_a_pending_decision_must_undo_it_before_declaring_to_know_the_person(
    petition, jordan, reviewer
):
    decide_petition(petition, verdict="approve", by=reviewer, at=clock.now())
    with pytest.raises(Refusal, match="You have decided about a petition of theirs. Undo that first."):
        record_conflict(jordan, by=reviewer, at=clock.now())
    assert not Conflict.objects.exists()


@pytest.mark.parametrize("role", ["finance", "read_only", "stranger"])
def test_staff_who_decide_about_no_cases_cannot_declare_that_they_know_a_person(request, jordan, role, desk):
    person = request.getfixturevalue(role)
    assert desk(person).post(of_person("know", jordan), {"confirmed": "yes"}).status_code in (403, 404)
    with pytest.raises(Refusal):
        record_conflict(jordan, by=person, at=clock.now())


def test_staff_cannot_declare_that_they_know_themselves(reviewer):
    with pytest.raises(Refusal, match="Somebody else decides about your own cases anyway"):
        record_conflict(reviewer, by=reviewer, at=clock.now())


def test_the_person_page_shows_the_notes_about_the_person_and_their_cases_with_links(
    petition, jordan, stranger, reviewer, lead, read_only, finance, desk
):
    client = desk(reviewer)
    assert "None yet." in text_of(client.get(of_person("change", jordan)))
    client.post(of_person("note", jordan), {"text": "Calls back on <b>Monday</b>."})
    add_note(petition, text="Asked the provider.", by=lead, at=clock.now())
    add_note(stranger, text="Of somebody else.", by=lead, at=clock.now())
    page = client.get(of_person("change", jordan))
    words = text_of(page)
    assert "Asked the provider. Lee Lead" in words
    assert f"about {petition.reference}" in words
    assert "Calls back on &lt;b&gt;Monday&lt;/b&gt;." in page.content.decode()
    assert "Of somebody else." not in words
    assert words.index("Asked the provider.") < words.index("Calls back on")
    assert desk(jordan).get(of_person("change", jordan)).status_code == 404
    assert "Add a note…" not in text_of(desk(read_only).get(of_person("change", jordan)))
    assert desk(read_only).get(of_person("note", jordan)).status_code == 403


def test_a_colleague_reads_no_notes_about_themselves(reviewer, lead, desk):
    add_note(reviewer, text="Away in May.", by=lead, at=clock.now())
    assert "Away in May." not in text_of(desk(reviewer).get(of_person("change", reviewer)))
    assert "Away in May." in text_of(desk(lead).get(of_person("change", reviewer)))
