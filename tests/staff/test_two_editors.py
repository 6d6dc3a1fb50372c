"""Two people edit one row of the catalogue: the later one is refused, keeps what was typed, and
overwrites nothing.
"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceus.models import Course, Topic
from core.models import HistoryEntry
from tests import factories
from tests.staff.scenes import row_form, row_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db) -> Course:
    topic = Topic.objects.create(name="Nutrition", slug="nutrition")
    course = factories.CourseFactory(title="Fuel", about="Before")
    course.topics.add(topic)
    return course


@pytest.fixture
def editors(registrar, lead, desk):
    """Rae Registrar and Lee Lead, each in their own browser."""
    return desk(registrar), desk(lead)


def errors(page) -> dict[str, list[str]]:
    return page.context["adminform"].form.errors


def test_the_later_of_two_people_who_edit_a_course_is_refused_with_the_name_of_the_first(course, editors):
    rae, lee = editors
    first, second = (
        row_form(rae, course, title="Fuel for runners"),
        row_form(lee, course, title="Fuel for swimmers"),
    )
    assert rae.post(row_url(course), first).status_code == 302
    page = lee.post(row_url(course), second)
    assert page.status_code == 422
    assert errors(page)["__all__"] == [
        "Rae Registrar saved this while you had the page open, so nothing of yours was saved yet. "
        "What you typed is kept. Read what is new, then save again."
    ]
    assert errors(page)["title"] == [
        "Rae Registrar changed this from “Fuel” to “Fuel for runners”. Save again to put yours in its place."
    ]
    assert page.context["adminform"].form["title"].value() == "Fuel for swimmers"
    assert Course.objects.get().title == "Fuel for runners"


def test_after_an_edit_conflict_the_page_shows_ones_own_input_and_the_other_persons_change(course, editors):
    rae, lee = editors
    second = row_form(lee, course, title="Fuel for swimmers", topics=[course.topics.get().pk])
    first = row_form(rae, course, hundredths="0.5", about="After", approved_through="2099-12-31", topics=[])
    assert rae.post(row_url(course), first).status_code == 302
    page = lee.post(row_url(course), second)
    form = page.context["adminform"].form
    assert errors(page)["hundredths"] == [
        "Rae Registrar changed this from “0.4” to “0.5”. You had not changed it, so it shows theirs."
    ]
    again = {name: form[name].value() for name in form.fields}
    assert (again["hundredths"], again["about"], again["topics"]) == ("0.5", "After", [])
    assert lee.post(row_url(course), {k: "" if v is None else v for k, v in again.items()}).status_code == 302
    saved = Course.objects.get()
    assert (saved.title, saved.hundredths, saved.about) == ("Fuel for swimmers", 50, "After")
    assert saved.approved_through == date(2099, 12, 31)
    assert not saved.topics.exists()


@pytest.mark.parametrize("what", ["provider", "topic"])
def test_an_edit_conflict_on_a_provider_or_topic_is_refused_too(course, editors, what):
    rae, lee = editors
    row = course.provider if what == "provider" else course.topics.get()
    first, second = row_form(rae, row, name="Red Hill"), row_form(lee, row, name="Blue Lake")
    assert rae.post(row_url(row), first).status_code == 302
    assert lee.post(row_url(row), second).status_code == 422
    row.refresh_from_db()
    assert row.name == "Red Hill"


def test_an_edit_conflict_is_also_reported_on_the_confirmation_page_of_affected_trainers(
    course, jordan, editors, clock_at
):
    clock_at("2026-06-01")
    factories.CeuRecordFactory(credential=jordan.credentials.get(), course=course)
    rae, lee = editors
    answers = row_form(lee, course, hundredths="0.3", ceus_from="2026-01-01")
    mark = lee.post(row_url(course), answers).context["mark"]
    assert rae.post(row_url(course), row_form(rae, course, about="After")).status_code == 302
    sent = answers | {"reason": "Why", "records": "kept", "mark": mark, "confirmed": "yes"}
    assert lee.post(row_url(course), sent).status_code == 422
    assert Course.objects.get().hundredths == 40


def test_saving_twice_from_an_outdated_page_is_refused_even_for_the_same_person(course, editors):
    rae, _ = editors
    first = row_form(rae, course, title="Fuel for runners")
    assert rae.post(row_url(course), first).status_code == 302
    page = rae.post(row_url(course), first)
    assert page.status_code == 422
    assert HistoryEntry.objects.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "-1", str(2**63)])
def test_an_edit_form_without_a_valid_newest_history_value_is_refused(course, editors, seen):
    rae, _ = editors
    page = rae.post(row_url(course), row_form(rae, course, title="Fuel for runners") | {"seen": seen})
    assert page.status_code == 422
    assert Course.objects.get().title == "Fuel"


def test_an_edit_page_reads_the_newest_history_before_the_row(course, editors):
    """Whoever saves between the two reads is noticed; the other way round they would be overwritten."""
    rae, _ = editors
    with CaptureQueriesContext(connection) as asked:
        rae.get(row_url(course))
    reads = [one["sql"] for one in asked]
    history = max(n for n, sql in enumerate(reads) if 'FROM "core_historyentry"' in sql)
    row = max(n for n, sql in enumerate(reads) if 'FROM "ceus_course" WHERE "ceus_course"."id"' in sql)
    assert history < row


@pytest.mark.parametrize(
    ("name", "first", "second", "now"),
    [
        ("name", {"name": "Jordan Lake"}, {"name": "Jordan Hill"}, "Jordan Lake"),
        ("email", {"email": "lake@example.org"}, {"email": "hill@example.org"}, "lake@example.org"),
        ("time-zone", {"time_zone": "Asia/Tokyo"}, {"time_zone": "Europe/Warsaw"}, "Asia/Tokyo"),
        ("roles", {"works_here": "on"}, {"groups": []}, "works here"),
    ],
)
def test_an_account_changed_by_a_colleague_meanwhile_is_not_overwritten(
    jordan, root, desk, name, first, second, now
):
    one, other = desk(root), desk(root)
    page = reverse(f"admin:trainers_trainer_{name}", args=[jordan.pk])
    shown = {"present": other.get(page).context["action"].present, "reason": "She wrote.", "confirmed": "yes"}
    assert one.post(page, first | shown).status_code == 302
    told = other.post(page, second | shown)
    assert told.status_code == 422
    assert f"it is “{now}” now" in told.content.decode()
    assert f'name="present" value="{now}"' in told.content.decode()
    assert other.post(page, first | shown).status_code == (422 if name == "roles" else 302)
    # An address that waits for its reader is taken back before another is asked for.
    again = other.post(page, second | shown | {"present": now}).status_code
    assert again == (422 if name == "email" else 302)
