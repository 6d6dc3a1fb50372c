"""One field finds people, cases, charges and courses, on either database, and nothing that a role may not open."""

from html import unescape

import pytest
from django.db import connection
from django.urls import reverse

from rules.names import search_words
from staff.finding.asking import parse_question
from staff.finding.people import found_people, marked_name
from tests import factories
from tests.cast import member
from tests.petitions import scenes as stage
from tests.staff.scenes import DAY
from trainers.models import SearchWord, Trainer
from trainers.tasks import index_names_behind

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(jordan, stranger) -> dict[str, Trainer]:
    named = {"dana": "Dana Okafor", "lind": "Daniel Okáfor-Lind", "brien": "Ben O’Brien", "lodz": "Łucja Øst"}
    return {
        who: factories.trainer_with_credential(
            email=f"{who}@example.org",
            name=name,
            number=f"3000{place}352",
            awarded_on="2023-06-30",
            expires_on="2027-06-30",
        )
        for place, (who, name) in enumerate(named.items())
    }


def names_found(typed: str) -> list[str]:
    return [one.name for one in found_people(parse_question(typed))]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("okaf dan", ["Dana Okafor", "Daniel Okáfor-Lind"]),
        ("OKÁFOR", ["Dana Okafor", "Daniel Okáfor-Lind"]),
        ("lind daniel", ["Daniel Okáfor-Lind"]),
        ("obrien", ["Ben O’Brien"]),
        ("o'brien", ["Ben O’Brien"]),
        ("lucja ost", ["Łucja Øst"]),
        ("kafor", []),
        ("okafor nobody", []),
        ("0352", ["Dana Okafor"]),
        ("3000 0352", ["Dana Okafor"]),
        ("30001", ["Daniel Okáfor-Lind"]),
        ("lind@exa", ["Daniel Okáfor-Lind"]),
        ("LODZ@example.org", ["Łucja Øst"]),
        ("%", []),
        ("_kaf", []),
    ],
)
def test_the_search_finds_a_person_by_parts_of_a_name_a_number_or_an_address(people, typed, names):
    assert names_found(typed) == names


def test_a_search_with_one_result_opens_it_at_once(people, reviewer, desk):
    answer = desk(reviewer).get("/staff/find/", {"q": "dana"})
    assert answer["Location"] == reverse("admin:trainers_trainer_change", args=[people["dana"].pk])


def test_several_search_results_highlight_the_typed_text_and_show_each_persons_status(
    people, reviewer, desk, clock_at
):
    clock_at("2027-06-20")
    page = unescape(desk(reviewer).get("/staff/find/", {"q": "okaf dan"}).content.decode())
    assert "2 results for “okaf dan”" in page
    assert "<mark>Dan</mark>a <mark>Okaf</mark>or" in page
    assert "Expires in 10 days" in page
    assert "through June 30, 2027" in page
    assert "Jordan Rivera" not in page


def test_a_search_result_describes_an_expired_certification_as_home_does(people, reviewer, desk, clock_at):
    clock_at("2027-07-01")
    page = desk(reviewer).get("/staff/find/", {"q": "okaf"}).content.decode()
    assert "Expired" in page
    assert "since July 1, 2027" in page


def test_searching_a_case_reference_opens_its_review_for_reviewers_and_its_row_for_other_staff(
    jordan, reviewer, onlooker, desk, clock_at
):
    sent = stage.submitted(jordan, at=clock_at(DAY))
    for person, page in ((reviewer, "review"), (onlooker, "change")):
        for typed in (sent.reference, sent.reference.lower()):
            answer = desk(person).get("/staff/find/", {"q": typed})
            assert answer["Location"] == reverse(f"admin:petitions_petition_{page}", args=[sent.pk])


def test_the_search_finds_a_charge_by_its_number(jordan, onlooker, desk):
    charge = factories.ChargeFactory(trainer=jordan)
    answer = desk(onlooker).get("/staff/find/", {"q": f"C-{charge.pk}"})
    assert answer["Location"] == reverse("admin:payments_charge_change", args=[charge.pk])


def test_the_search_finds_a_course_by_words_of_its_title_and_by_its_provider(onlooker, desk):
    provider = factories.ProviderFactory(name="Harbor Parks")
    course = factories.CourseFactory(title="Coaching Older Adults", provider=provider)
    factories.CourseFactory(title="Sleep")
    answer = desk(onlooker).get("/staff/find/", {"q": "older coach"})
    assert answer["Location"] == reverse("admin:ceus_course_change", args=[course.pk])
    answer = desk(onlooker).get("/staff/find/", {"q": "harbor"})
    assert answer["Location"] == reverse("admin:ceus_provider_change", args=[provider.pk])


def test_the_search_neither_lists_nor_counts_rows_that_the_role_may_not_open(people, desk):
    only_courses = member("Casey Catalogue", permissions=("view_course",))
    page = unescape(desk(only_courses).get("/staff/find/", {"q": "okaf"}).content.decode())
    assert "Nothing fits “okaf”" in page
    assert "Dana" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Type a name"), ("  ", "Type a name"), ("o", "at least two letters"), ("12", "Nothing fits")],
)
def test_an_empty_or_too_short_search_says_what_to_type(people, reviewer, desk, typed, sentence):
    answer = desk(reviewer).get("/staff/find/", {"q": typed})
    assert answer.status_code == 200
    assert sentence in unescape(answer.content.decode())


def test_the_page_of_search_results_uses_at_most_8_queries(
    people, reviewer, desk, django_assert_max_num_queries
):
    client = desk(reviewer)
    for typed in ("okaf", "352", "dan"):
        with django_assert_max_num_queries(8):
            client.get("/staff/find/", {"q": typed})


def test_the_search_of_a_list_finds_the_same_people_as_the_search_field(people, reviewer, desk):
    page = desk(reviewer).get(reverse("admin:trainers_credential_changelist"), {"q": "okaf dan"})
    assert [one.trainer.name for one in page.context["cl"].result_list] == [
        "Dana Okafor",
        "Daniel Okáfor-Lind",
    ]


def test_a_changed_name_is_found_only_by_its_new_words(people):
    dana = people["dana"]
    dana.name = "Dana Whitcomb"
    dana.save(update_fields=["name"])
    assert names_found("whitcomb") == ["Dana Whitcomb"]
    assert names_found("okafor") == ["Daniel Okáfor-Lind"]


def test_a_name_written_by_a_roster_import_is_found_after_the_sweep(people):
    Trainer.objects.filter(pk=people["dana"].pk).update(name="Dana Whitcomb")
    assert names_found("whitcomb") == []
    assert index_names_behind() == 1
    assert names_found("whitcomb") == ["Dana Whitcomb"]
    assert index_names_behind() == 0


@pytest.mark.parametrize(
    ("name", "words", "marked"),
    [
        ("Dana Okafor", ["okaf", "dan"], "<mark>Dan</mark>a <mark>Okaf</mark>or"),
        ("Okáfor", ["okaf"], "<mark>Okáf</mark>or"),
        ("<b> Dane", ["dan"], "&lt;b&gt; <mark>Dan</mark>e"),
        ("Straße", ["strass"], "<mark>Straß</mark>e"),
    ],
)
def test_the_typed_letters_are_highlighted_in_a_name(name, words, marked):
    assert marked_name(name, words) == marked


def test_the_search_words_of_a_hyphenated_name_are_each_part_and_all_parts_joined():
    assert search_words("Ben O’Brien-Smith") == ["ben", "obrien", "smith", "obriensmith"]


@pytest.fixture
def many(stranger) -> None:
    """Make 20,000 people with their search words, and let PostgreSQL gather its statistics."""
    Trainer.objects.bulk_create(
        Trainer(email=f"many{n}@example.org", name=f"Name{n} Family{n % 500}", password="!")
        for n in range(20_000)
    )
    people = Trainer.objects.filter(email__startswith="many").values_list("pk", "name")
    SearchWord.objects.bulk_create(
        SearchWord(trainer_id=key, word=word) for key, name in people for word in search_words(name)
    )
    with connection.cursor() as cursor:
        # With the usual 100 steps of a histogram the guess for one name is as coarse as the choice of a plan.
        cursor.execute("SET LOCAL default_statistics_target = 1000")
        cursor.execute("ANALYZE trainers_trainer, trainers_searchword, trainers_credential")


@pytest.mark.postgres
def test_no_search_for_people_uses_a_sequential_scan_on_postgresql(many):
    for typed in ("name1777 family", "many1777@", "20000001", "0001"):
        plans.clear()
        with connection.execute_wrapper(_explained):
            found_people(parse_question(typed))
        assert plans, typed
        assert "Seq Scan on trainers_trainer" not in plans[0], (typed, plans)
        assert "Seq Scan on trainers_searchword" not in plans[0], (typed, plans)


plans: list[str] = []


def _explained(execute, sql, params, many, context):
    with context["connection"].connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        plans.append("\n".join(row[0] for row in cursor.fetchall()))
    return execute(sql, params, many, context)
