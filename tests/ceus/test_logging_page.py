"""The one page on which a course is logged: by search, tap and photo, with a script and without."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ceus.models import CeuRecord, Course
from ceus.pages.logging import title_pieces
from ceus.services import save_courses
from documents.models import UploadHour
from tests import factories
from tests.ceus.scenes import a_day
from trainers.models import Trainer

PAGE = "/my-courses/add/"


@pytest.fixture(autouse=True)
def _on_a_day(clock_at):
    clock_at("2026-06-15")


@pytest.fixture
def browser(jordan, signed_in):
    return signed_in(jordan)


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("day", "logged"), [("2026-06-15", date(2026, 6, 15)), ("2026-06-14", date(2026, 6, 14))]
)
def test_a_button_for_a_day_sets_the_completion_date_whatever_the_date_fields_contain(
    browser, course, day, logged
):
    data = {"course": "older", "day": day, **a_day("completed_on", "2/31/x")}
    assert browser.post(PAGE, data).status_code == 302
    assert CeuRecord.objects.get().completed_on == logged


@pytest.mark.parametrize(
    ("zone", "today", "words"),
    [
        ("Pacific/Auckland", "2026-06-16", ["Today Jun 16", "Yesterday Jun 15"]),
        ("America/Phoenix", "2026-06-15", ["Today Jun 15", "Yesterday Jun 14"]),
    ],
)
def test_today_and_yesterday_are_those_of_the_place_where_the_trainer_lives(
    browser, jordan, course, zone, today, words
):
    Trainer.objects.filter(pk=jordan.pk).update(time_zone=zone)
    page = browser.get(PAGE + "older/")
    assert [f"{label} {day}" for _, label, day in page.context["chips"]] == words
    assert page.context["day"] == today
    assert page.context["gain"].counts
    assert browser.post(PAGE, {"course": "older", "day": today}).status_code == 302
    assert CeuRecord.objects.get().completed_on == date.fromisoformat(today)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Find your course, then choose it."),
        ({"course": "nowhere"}, "Choose your course from the list."),
        ({"course": "older", "day": "other"}, "Enter the date you finished the course."),
        ({"course": "older", "day": "tomorrow"}, "Enter the date you finished the course."),
        ({"course": "older", "day": "2026-06-17"}, "The day you finished cannot be in the future."),
        ({"course": "older", "day": "0001-01-01"}, "You were first certified on"),
        ({"course": "older", "q": "x" * 101, "day": "2026-06-15"}, "Use 100 characters or fewer."),
    ],
)
def test_a_course_form_with_missing_or_impossible_values_names_them_and_logs_nothing(
    browser, course, data, sentence
):
    answer = browser.post(PAGE, data)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert CeuRecord.objects.count() == 0


def test_a_refused_completion_date_is_shown_again_in_the_date_fields_to_be_corrected(browser, course):
    text = text_of(browser.post(PAGE, {"course": "older", "day": "2026-06-17"}))
    assert 'name="day" value="other" checked' in text
    assert 'name="completed_on_day" value="17"' in text


def test_a_course_search_without_javascript_keeps_the_chosen_course_day_and_file(browser, course, picture):
    save_courses([factories.CourseFactory.build(title="Yoga", slug="yoga", provider=course.provider)])
    data = {"find": "on", "q": "yogaa", "course": "older", "day": "2026-06-14", "certificate": picture()}
    answer = browser.post(PAGE, data)
    text = text_of(answer)
    assert answer.status_code == 200
    assert 'value="yoga"' in text
    assert "1 course like “yoga”" in text
    assert 'value="older" checked' in text
    assert 'value="2026-06-14" checked' in text
    assert 'name="certificate-kept"' in text
    assert "There is a problem" not in text
    assert CeuRecord.objects.count() == 0


def test_a_file_kept_from_an_earlier_attempt_can_be_removed_from_the_form(browser, course, picture):
    kept = browser.post(PAGE, {"certificate": picture()}).context["form"]["certificate"]
    token = str(kept).partition('name="certificate-kept" value="')[2].partition('"')[0]
    data = {"course": "older", "day": "2026-06-14", "certificate-kept": token, "certificate-remove": "on"}
    assert browser.post(PAGE, data).status_code == 302
    assert CeuRecord.objects.get().state == "pending"


def test_a_search_that_finds_nothing_leads_to_a_petition_with_its_words(browser, course):
    text = text_of(browser.get(PAGE, {"q": "Zumba & more"}))
    assert "No course like “Zumba &amp; more”" in text
    assert "/petitions/new/?title=Zumba%20%26%20more" in text


def test_an_htmx_request_gets_only_the_part_of_the_page_that_it_asks_for(browser, course):
    found = browser.get(PAGE, {"q": "movement"}, headers={"HX-Request": "true", "HX-Target": "courses"})
    assert "<html" not in text_of(found)
    assert 'value="older"' in text_of(found)
    assert "HX-Target" in found["Vary"]
    gain = browser.get(
        PAGE, {"course": "older", "day": "2026-06-15"}, headers={"HX-Request": "true", "HX-Target": "gain"}
    )
    assert "<html" not in text_of(gain)
    assert "This brings you to 0.4 of 2.0" in text_of(gain)
    assert "It counts once you add its certificate." in text_of(gain)


def test_an_htmx_request_after_the_session_ended_makes_the_browser_reload_the_whole_page(client, course):
    answer = client.get(PAGE, headers={"HX-Request": "true", "HX-Target": "gain"})
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_the_page_for_logging_the_last_missing_course_names_renewing_as_the_next_step(
    browser, jordan, course, clock_at
):
    clock_at("2027-03-02")
    factories.everything_met(jordan, education=150)
    text = text_of(browser.get("/my-courses/add/older/"))
    assert "This brings you to 2.0 of 2.0" in text
    assert "Next: renew for $99" in text


def test_the_logging_page_says_why_a_course_would_not_count(browser, jordan, course):
    factories.CeuRecordFactory(credential=jordan.credentials.get(), course=course)
    assert "the same course counts once in a cycle" in text_of(browser.get("/my-courses/add/older/"))
    Course.objects.update(approved_through=date(2026, 6, 1))
    assert "This course was not on our list on June 15, 2026." in text_of(
        browser.get("/my-courses/add/older/")
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("corrective ex", "[Corrective Ex]ercise for the shoulder"),
        ("the", "Corrective Exercise for [the] shoulder"),
        ("zz", "Corrective Exercise for the shoulder"),
        ("", "Corrective Exercise for the shoulder"),
    ],
)
def test_the_part_of_a_title_that_was_found_is_marked(text, marked):
    pieces = title_pieces("Corrective Exercise for the shoulder", text)
    assert "".join(f"[{one.text}]" if one.hit else one.text for one in pieces) == marked


def test_a_file_uploaded_before_its_form_is_sent_is_answered_with_its_picture(browser, picture):
    answer = browser.post("/documents/keep/?field=front&what=Front", {"front": picture()})
    assert answer.status_code == 200
    assert 'name="front-kept"' in text_of(answer)
    assert 'src="data:image/webp;base64,' in text_of(answer)
    assert UploadHour.objects.get().files == 1


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("?field=front&what=Front", 422, "Choose a PDF or a photo"),
        ("?field=a/b&what=x", 400, ""),
        ("", 400, ""),
    ],
)
def test_an_upload_without_a_file_or_for_an_unknown_field_is_refused(browser, asked, status, words):
    answer = browser.post(f"/documents/keep/{asked}", {"front": SimpleUploadedFile("page.png", b"<html>")})
    assert answer.status_code == status
    assert words in text_of(answer)
