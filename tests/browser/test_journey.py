"""The main journey in a real browser: log a course, renew, pay, get a certificate that the public can verify."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import wait_for_words

pytestmark = [pytest.mark.browser]
numbers = itertools.count(77_000_001, 100)  # factories count on from each


@pytest.fixture
def somebody(portal):
    """`somebody(150)` is (email, number) of a new trainer with 1.5 CEUs of courses and a card; they can sign in."""

    def make(education: int) -> tuple[str, str]:
        number = str(next(numbers))
        email = f"jordan{number}@example.org"
        call = f"from tests.browser.people import ready; ready({email!r}, {number!r}, {education})"
        portal.sessions[email] = portal.manage("shell", "-v0", "-c", call).strip().splitlines()[-1]
        return email, number

    return make


def log_a_course(page: Page, words: str, photo) -> None:
    """Two pages, three inputs: a search that forgives a slip, the course, a file; the day is a tap away from today."""
    page.goto("/my-courses/")
    page.get_by_role("link", name="Log a course").first.click()
    page.wait_for_load_state()  # a browser types sooner than scripts arrive; no person does
    page.get_by_label("Which course?").fill(words)
    if page.evaluate("() => !!window.htmx"):
        expect(page.locator("#courses [role=status]")).to_contain_text("like “nutrition”")
    else:
        page.get_by_role("button", name="Search").click()
    page.locator("#courses input").first.check()
    page.locator("#id_certificate").set_input_files(photo)
    page.get_by_role("radio", name="Yesterday").check()
    if page.evaluate("() => !!window.htmx"):
        expect(page.locator("#proof-certificate")).to_contain_text("Photo added")
        expect(page.locator("#gain")).to_contain_text("This brings you to")
    page.get_by_role("button", name="Log this course").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My courses")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without-javascript"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_trainer_renews_on_time(visitor, somebody, width, javascript):
    email, number = somebody(190)
    page = visitor(email, width=width, javascript=javascript)
    page.goto("/home/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your certification expires on Sunday, March 14"
    )
    page.locator("main").get_by_text("Renew for $99").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and submit your renewal")
    page.get_by_role("button", name="Agree and pay $99").click()
    page.get_by_role("button", name="Pay $99").click()
    wait_for_words(page, "You’re renewed through March 14, 2029")
    page.goto("/home/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are certified through March 14, 2029")
    page.goto("/certificate/")
    expect(page.get_by_role("article", name="Certificate")).to_contain_text("Jordan Rivera")
    expect(page.get_by_role("article", name="Certificate")).to_contain_text("through March 14, 2029")
    assert page.request.get("/certificate.pdf").body().startswith(b"%PDF-")
    public = visitor(width=width, javascript=javascript)
    public.goto(f"/v/{number}/")
    expect(public.get_by_role("heading", level=1)).to_have_text("In force")
    public.get_by_label("Family name").fill("rivera")
    public.get_by_role("button", name="Check this certification").click()
    expect(public.locator("main")).to_contain_text("Certified through March 14, 2029")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without-javascript"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_missing_course_is_logged_on_two_pages_and_then_counts(visitor, somebody, photo, width, javascript):
    email, _ = somebody(150)
    page = visitor(email, width=width, javascript=javascript)
    page.goto("/home/")
    expect(page.locator("main")).to_contain_text("0.4 more")
    log_a_course(page, "nutrtion", photo)
    expect(page.locator("main")).to_contain_text("Saved. This counts")


@pytest.mark.parametrize(
    ("button", "words"),
    [("Decline", "declined"), ("Cancel", "You left before paying"), ("slow", "waiting for your bank")],
)
def test_after_each_way_of_leaving_the_payment_page_the_portal_reports_the_right_outcome(
    visitor, somebody, button, words
):
    email, _ = somebody(190)
    page = visitor(email)
    page.goto("/renew/check/")
    page.get_by_role("button", name="Agree and pay $99").click()
    page.get_by_role("button", name=button).or_(page.get_by_role("link", name=button)).first.click()
    if "/renew/" not in page.url:
        page.get_by_role("link", name="go back").or_(page.get_by_role("button", name="go back")).first.click()
    wait_for_words(page, words)
