"""Whose name a provider reads: of those whom it named, or whose numbers are counted as lookups."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from providers.models import Batch
from tests.providers.scenes import report, row
from tests.reading import text_of

HEAD = "number,name,course,completed_on\n"
DAY = {"completed_on_month": "5", "completed_on_day": "3", "completed_on_year": "2026"}


@pytest.fixture
def browser(course, reporter, signed_in, clock_at, jordan, stranger):
    """Penny's browser, past the second factor."""
    clock_at("2026-06-01")
    return signed_in(reporter)


def test_a_file_with_a_number_and_no_name_shows_no_name(browser):
    content = f"{HEAD}11934482,,x,\n20000001,,balance,2026-05-03\n".encode()
    page = browser.post("/provider/report/file/", {"file": SimpleUploadedFile("a.csv", content)})
    shown = text_of(page)
    assert "Write the name of the person" in shown
    assert "Jordan Rivera" not in shown
    assert "Sam Stranger" not in shown


@pytest.mark.parametrize("page", ["correct", "take-back"])
def test_the_pages_to_change_a_refused_row_give_404_and_no_name(browser, page):
    refused = report(row(name="")).completions.get()
    answer = browser.get(f"/provider/completions/{refused.pk}/{page}/")
    assert answer.status_code == 404
    assert "Jordan Rivera" not in text_of(answer)


def test_numbers_confirmed_without_a_preview_count_as_lookups(browser, course, settings):
    settings.PROVIDER_NUMBERS_PER_DAY = 2
    typed = {"course": course.pk, **DAY, "numbers": "11934482\n20000001\n5", "key": "k", "confirmed": "yes"}
    answer = browser.post("/provider/report/", typed)
    assert answer.status_code == 422
    assert "as many numbers as one may in a day" in text_of(answer)
    assert not Batch.objects.exists()


def test_numbers_that_were_shown_and_are_confirmed_count_once(browser, course, settings):
    settings.PROVIDER_NUMBERS_PER_DAY = 2
    typed = {"course": course.pk, **DAY, "numbers": "11934482\n20000001", "key": "k"}
    for more in ({}, {"confirmed": "yes"}, {"confirmed": "yes"}):
        assert browser.post("/provider/report/", {**typed, **more}).status_code in (200, 302)
    assert Batch.objects.get().taken_count == 2
