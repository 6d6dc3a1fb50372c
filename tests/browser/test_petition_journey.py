"""Petitioning for a course that is not on the list, in a real browser, from the search to the review."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import problems, wait_for_words

pytestmark = [pytest.mark.browser]


def fill_in(page: Page, photo) -> None:
    page.get_by_label("Who offered it").fill("Northside Barbell Club")
    finished = page.get_by_role("group", name="Day you finished")
    for part, value in (("Month", "1"), ("Day", "20"), ("Year", "2027")):
        finished.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Contact hours").fill("4")
    page.get_by_label("What you learned").fill("How to load a hip hinge.")
    page.get_by_label("Who taught it").fill("Ana Lee, MS, CSCS")
    page.locator("#id_certificate").set_input_files(photo)
    page.locator("#id_agenda").set_input_files(photo)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without-javascript"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_petition_for_an_unlisted_course_is_written_paid_and_reviewed(visitor, photo, width, javascript):
    title = f"Hip hinge lab {width} {'scripted' if javascript else 'plain'}"
    page = visitor("jordan@example.org", width=width, javascript=javascript)
    page.goto(f"/my-courses/add/?q={title}")
    page.locator("#courses").get_by_role("link", name="ask us to count your course").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask us to count a course")
    expect(page.locator("main")).to_contain_text("It is not refunded, whatever we decide.")
    expect(page.get_by_label("Name of the course or event")).to_have_value(title)
    fill_in(page, photo)
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your petition")
    expect(page.locator("main")).to_contain_text("4 hours, which are 0.4 CEUs")
    assert not (problems(page) if javascript else [])
    page.get_by_role("button", name="Agree and pay $25").click()
    page.get_by_role("button", name="Pay $25").click()
    wait_for_words(page, "We are looking at your course")
    page.get_by_role("link", name="Your petition P-").click()
    expect(page.locator(".state")).to_contain_text("We will answer by the end of Monday, March 1, 2027")
    assert not (problems(page) if javascript else [])
    page.goto("/petitions/")
    expect(page.locator(".row", has_text=title)).to_contain_text("In review")
