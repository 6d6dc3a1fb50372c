"""Courses without a certificate that no certificate would make count."""

import pytest

from tests import factories
from tests.ceus.scenes import a_day


@pytest.fixture(autouse=True)
def _on_a_day(clock_at):
    clock_at("2026-06-15")


def test_a_course_before_the_cycle_without_a_certificate_is_not_said_to_count_with_one(
    jordan, signed_in, course
):
    """The cycle begins on March 15, 2025: no certificate makes a course of March 14 count."""
    browser = signed_in(jordan)
    answer = browser.post("/my-courses/add/older/", a_day("completed_on", "3/14/2025"), follow=True)
    text = answer.content.decode()
    assert "March 14, 2025 is before your first day, March 15, 2025" in text
    assert "then it counts" not in text
    assert "Add certificate" not in text
    assert "Not counted" in text


def test_a_course_logged_twice_without_a_second_certificate_is_not_said_to_count_with_one(
    jordan, signed_in, course
):
    factories.CeuRecordFactory(credential=jordan.credentials.get(), course=course)
    answer = signed_in(jordan).post("/my-courses/add/older/", a_day("completed_on", "5/3/2026"), follow=True)
    assert "then it counts" not in answer.content.decode()
