"""Requests of providers on the staff side: read, decided after the mail was shown, undone in time, and
decided by the first of two.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ceus.models import Course
from core import clock
from core.mail import render_mail
from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import kind_of
from providers.models import CourseRequest, Decision
from providers.services.deciding import release_request_decision
from providers.services.requesting import AskedCourse, request_course
from tests.cast import colleague
from tests.ceus.scenes import a_day
from tests.providers.scenes import AT, asked_longer, decided
from tests.reading import text_of

pytestmark = pytest.mark.django_db
FIRST = a_day("approved_from", "6/1/2026")
LAST = a_day("approved_through", "5/31/2028")
APPROVE = {"hundredths": "0.3", "category": "education", "words": "Welcome.", **FIRST, **LAST}
DENY = {"words": "Send the outline."}


@pytest.fixture
def yoga(provider, reporter, clock_at) -> CourseRequest:
    clock_at("2026-06-01 12:00")
    return request_course(
        provider, asked=AskedCourse("Yoga for Backs", "online", 30, "Three hours."), by=reporter, at=AT
    )


@pytest.fixture
def client(signed_in):
    return signed_in(colleague("registrar"))


def page(name: str, row: CourseRequest | Decision) -> str:
    return reverse(f"admin:providers_{row._meta.model_name}_{name}", args=[row.pk])


def seen(client, name: str, request: CourseRequest) -> dict[str, object]:
    return {"seen": client.get(page(name, request)).context["form"].initial["seen"]}


def test_the_page_of_a_request_says_what_is_taught_and_offers_both_decisions(yoga, client):
    response = client.get(page("change", yoga))
    text = text_of(response)
    for words in ("Yoga for Backs", "Harbor Fitness Academy", "Three hours.", "0.3", "Approve", "Deny"):
        assert words in text
    assert page("approve", yoga) in response.content.decode()


@pytest.mark.parametrize(("name", "answers"), [("approve", APPROVE), ("deny", DENY)])
def test_the_preview_of_a_request_decision_shows_the_mail_to_be_sent_and_decides_nothing(
    yoga, client, name, answers
):
    answers = answers | seen(client, name, yoga)
    before = HistoryEntry.objects.count()
    shown = client.post(page(name, yoga), answers).context["mail"]
    assert answers["words"] in shown.text
    assert (HistoryEntry.objects.count(), Decision.objects.count()) == (before, 0)
    client.post(page(name, yoga), answers | {"confirmed": "yes"})
    release_request_decision(Decision.objects.get(), at=clock.now() + timedelta(minutes=10))
    notice = Notice.objects.get(kind="providers.decided")
    known = kind_of("providers.decided")
    assert render_mail(known.template, known.contexts([notice])[notice.pk]) == shown


def test_an_approval_on_the_staff_page_lists_the_course_as_it_was_granted(yoga, client):
    answers = APPROVE | seen(client, "approve", yoga) | {"confirmed": "yes"}
    assert client.post(page("approve", yoga), answers).status_code == 302
    release_request_decision(Decision.objects.get(), at=clock.now() + timedelta(minutes=10))
    course = Course.objects.get(title="Yoga for Backs")
    assert (course.hundredths, course.category) == (30, "education")
    assert (course.approved_from, course.approved_through) == (date(2026, 6, 1), date(2028, 5, 31))


def test_a_denial_without_words_is_refused_at_its_field(yoga, client):
    response = client.post(page("deny", yoga), seen(client, "deny", yoga) | {"words": " "})
    assert response.status_code == 422
    assert "Write the reason." in response.content.decode()
    assert not Decision.objects.exists()


def test_an_approval_with_bad_figures_is_refused_with_the_input_kept(yoga, client):
    answers = APPROVE | seen(client, "approve", yoga) | {"hundredths": "a lot", "words": "Kept words."}
    response = client.post(page("approve", yoga), answers)
    text = response.content.decode()
    assert response.status_code == 422
    assert 'value="a lot"' in text
    assert "Kept words." in text
    assert not Decision.objects.exists()


def test_an_approval_that_ends_no_later_than_now_is_refused_with_a_sentence(course, client, clock_at):
    clock_at("2026-06-01 12:00")
    course.approved_through = date(2028, 5, 31)
    course.save(update_fields=["approved_through"])
    longer = asked_longer()
    answers = APPROVE | seen(client, "approve", longer) | {"confirmed": "yes"}
    response = client.post(page("approve", longer), answers)
    assert response.status_code == 422
    assert "Choose a day after the one on which the approval ends now." in response.content.decode()
    assert not Decision.objects.exists()


def test_a_decision_about_a_request_is_undone_from_its_page_within_ten_minutes(yoga, client):
    answers = DENY | seen(client, "deny", yoga) | {"confirmed": "yes"}
    client.post(page("deny", yoga), answers)
    decision = Decision.objects.get()
    undo = page("undo", decision)
    assert undo in client.get(page("change", yoga)).content.decode()
    client.post(undo, {"confirmed": "yes"})
    decision.refresh_from_db()
    yoga.refresh_from_db()
    assert (decision.state, yoga.state) == ("taken_back", "submitted")
    assert page("deny", yoga) in client.get(page("change", yoga)).content.decode()
    assert not Notice.objects.filter(kind="providers.decided").exists()


def test_a_decision_about_a_request_in_effect_cannot_be_undone(yoga, client):
    decision = decided(yoga, verdict="deny", words="No.")
    client.post(page("undo", decision), {"confirmed": "yes"})
    decision.refresh_from_db()
    assert decision.state == "released"


def test_the_second_who_decides_a_request_reads_who_was_first(yoga, client, signed_in):
    other = signed_in(colleague("lead"))
    late = DENY | seen(other, "deny", yoga) | {"confirmed": "yes"}
    client.post(page("approve", yoga), APPROVE | seen(client, "approve", yoga) | {"confirmed": "yes"})
    response = other.post(page("deny", yoga), late)
    assert response.status_code == 422
    assert colleague("registrar").name in response.content.decode()
    assert Decision.objects.get().verdict == "approve"


@pytest.mark.parametrize("who", ["reviewer", "finance"])
def test_staff_who_do_not_lead_providers_get_no_decision_page_of_a_request(yoga, signed_in, who):
    onlooker = signed_in(colleague(who))
    for name in ("approve", "deny"):
        assert onlooker.get(page(name, yoga)).status_code in (403, 404)
        assert onlooker.post(page(name, yoga), {"confirmed": "yes"}).status_code in (403, 404)
    assert not Decision.objects.exists()
