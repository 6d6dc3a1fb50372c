"""Staff edit the catalogue: CEUs as they are printed, with history, and a search index that follows
every change.
"""

import pytest
from django.urls import reverse

from ceus.models import Course, Provider, Topic
from core.models import HistoryEntry
from tests import factories
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(db) -> dict[str, object]:
    provider = factories.ProviderFactory(name="Blue Lake Education")
    topic = Topic.objects.create(name="Nutrition", slug="nutrition")
    return {
        "title": "Fuel for the long run",
        "provider": provider.pk,
        "category": "education",
        "hundredths": "0.4",
        "format": "online",
        "topics": [topic.pk],
        "approved_from": "2026-01-01",
        "approved_through": "",
        "about": "",
        "link": "https://example.org/fuel",
    }


def add(client, answers):
    return client.post(reverse("admin:ceus_course_add"), answers)


def save(client, row, answers):
    """Open the page of the row, and send its form with `answers`."""
    url = reverse(f"admin:ceus_{row._meta.model_name}_change", args=[row.pk])
    seen = client.get(url).context["adminform"].form.initial["seen"]
    return client.post(url, {"seen": seen} | answers)


def test_adding_a_course_writes_history_slug_and_search_text(answers, registrar, desk, clock_at):
    moment = clock_at("2027-03-02")
    assert add(desk(registrar), answers).status_code == 302
    course = Course.objects.get()
    assert (course.hundredths, course.slug) == (40, "fuel-for-the-long-run")
    for word in ("fuel", "blue", "nutrition"):
        assert word in course.search_text
    entry = HistoryEntry.objects.get(subject=f"ceus.course:{course.pk}")
    assert (entry.verb, entry.by, entry.at) == ("added", registrar, moment)


def test_two_courses_with_one_title_get_different_slugs(answers, registrar, desk):
    add(desk(registrar), answers)
    add(desk(registrar), answers | {"approved_from": "2026-02-01"})
    assert set(Course.objects.values_list("slug", flat=True)) == {
        "fuel-for-the-long-run",
        "fuel-for-the-long-run-2",
    }


def test_a_course_title_without_latin_letters_gets_a_slug_too(answers, registrar, desk):
    add(desk(registrar), answers | {"title": "运动营养"})
    assert Course.objects.get().slug == "item"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        *(
            ({"hundredths": typed}, "hundredths")
            for typed in (
                "",
                "0",
                "-1",
                "NaN",
                "1e9",
                "0,5",
                "٣",
                "0.123",
                "100.01",
                "9" * 31,
                "=1+1",
                "\x00",
            )
        ),
        ({"approved_through": "2025-12-31"}, "approved_through"),
        ({"approved_from": "2026-02-30"}, "approved_from"),
        ({"approved_from": "soon"}, "approved_from"),
        ({"title": "x" * 161}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": ""}, "title"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"about": "x" * 2001}, "about"),
        ({"category": "made up"}, "category"),
        ({"provider": "999999"}, "provider"),
        ({"topics": ["x"]}, "topics"),
        ({"format": ""}, "format"),
    ],
)
def test_an_invalid_value_of_a_course_is_refused_at_its_field(answers, registrar, desk, change, field):
    response = add(desk(registrar), answers | change)
    assert response.status_code == 422
    assert field in response.context["adminform"].form.errors
    assert f'href="#id_{field}' in response.content.decode()
    assert not Course.objects.exists()


def test_a_course_may_have_a_category_that_only_another_policy_of_the_portal_knows(
    answers, registrar, desk, follow_body
):
    rules = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
    swimming = '[[versions.categories]]\ncode = "swimming"\nlabel = "Swimming"\nmust_be_current = false\n'
    follow_body(rules, beside={"second": rules + swimming})
    page = text_of(desk(registrar).get(reverse("admin:ceus_course_add")))
    assert "Category Education Swimming CEUs" in page
    add(desk(registrar), {**answers, "category": "swimming"})
    assert Course.objects.get(title=answers["title"]).category == "swimming"


def test_adding_the_same_course_twice_is_refused(answers, registrar, desk):
    add(desk(registrar), answers)
    assert add(desk(registrar), answers).status_code == 422
    assert Course.objects.count() == 1


def test_changing_a_course_records_the_old_and_the_new_values_in_history(answers, registrar, desk):
    client = desk(registrar)
    add(client, answers)
    course = Course.objects.get()
    change = reverse("admin:ceus_course_change", args=[course.pk])
    assert 'value="0.4"' in client.get(change).content.decode()
    save(client, course, answers | {"title": "Fuel for a marathon", "hundredths": "0.5", "topics": []})
    course.refresh_from_db()
    assert (course.title, course.hundredths, course.slug) == (
        "Fuel for a marathon",
        50,
        "fuel-for-the-long-run",
    )
    assert "marathon" in course.search_text
    assert "nutrition" not in course.search_text
    entry = HistoryEntry.objects.filter(verb="changed").get()
    assert entry.detail["title"] == ["Fuel for the long run", "Fuel for a marathon"]
    assert entry.detail["hundredths"] == ["0.4", "0.5"]
    assert set(entry.detail) == {"title", "hundredths", "topics"}


def test_saving_a_course_without_a_change_writes_no_history(answers, registrar, desk):
    client = desk(registrar)
    add(client, answers)
    save(client, Course.objects.get(), answers)
    assert HistoryEntry.objects.count() == 1


def test_renaming_a_provider_or_topic_changes_the_search_text_of_its_courses(answers, registrar, desk):
    client = desk(registrar)
    add(client, answers)
    provider, topic = Provider.objects.get(), Topic.objects.get()
    named = {"name": "Red Hill", "approved_from": "2015-01-01"}
    save(client, provider, named)
    save(client, topic, {"name": "Hydration"})
    text = Course.objects.get().search_text
    assert {"red", "hydration"} <= set(text.split())
    assert not {"blue", "nutrition"} & set(text.split())


def test_adding_the_same_provider_twice_is_refused(registrar, desk):
    client = desk(registrar)
    answers = {"name": "Blue Lake", "approved_from": "2020-01-01"}
    assert client.post(reverse("admin:ceus_provider_add"), answers).status_code == 302
    assert client.post(reverse("admin:ceus_provider_add"), answers).status_code == 422
    assert Provider.objects.get().slug == "blue-lake"


def test_staff_who_may_only_read_the_catalogue_cannot_change_it(answers, reviewer, desk):
    client = desk(reviewer)
    assert add(client, answers).status_code == 403
    course = factories.CourseFactory()
    change = reverse("admin:ceus_course_change", args=[course.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, answers).status_code == 403
