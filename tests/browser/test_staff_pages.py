"""The staff side in a real browser: no axe violation, nothing spills but a list in its own box, nothing is blocked."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.looks import CROSSWISE, EVERY_WAY, look_at, looks
from tests.browser.staff_pages import pages_of, staff_routes

pytestmark = [pytest.mark.browser]

ASKED = (  # what a page shows when something is asked of it
    "/staff/find/?q=al",
    "/staff/find/?q=zzzz",
    "/staff/find/?q=o",
    "/staff/trainers/trainer/?q=nobody",
    "/staff/hardship/relief/?shows=all",
    "/staff/cases/proposal/?shows=all",
    "/staff/outbox/letter/?state__exact=draft",
    "/staff/reports/?days=2026-11-23..2026-11-29",
)
CASES = ("petitions_petition", "audits_audit", "renewals_application")
ROOT = "admin@example.org"
EXAMPLES = "/staff/outbox/notice/examples/"


@pytest.fixture(scope="session")  # it writes to the portal of the session, which takes these rows once
def rows(portal) -> dict[str, list[int]]:
    """The rows that pages are about, by kind."""
    said = portal.manage("shell", "-v0", "-c", "from tests.browser.staff_pages import say_rows; say_rows()")
    return json.loads(said.strip().splitlines()[-1])


@pytest.fixture(scope="session")
def all_pages(rows) -> list[str]:
    return [*pages_of(staff_routes(), rows), *ASKED]


def test_the_browser_tests_have_a_row_of_every_kind_to_open_on_the_staff_site(rows):
    assert [kind for kind, found in rows.items() if not found] == []


@pytest.mark.parametrize("way", CROSSWISE, ids=["phone", "laptop"])
def test_every_staff_page_has_no_layout_or_accessibility_problem(visitor, all_pages, pytestconfig, way):
    """One half of them as on a phone in the dark, the other as on a laptop in the light; with --all both halves both ways.

    A page that may not be opened is nobody's: the tests of access ask for the answer.
    """
    shown = all_pages if pytestconfig.getoption("--all") else all_pages[CROSSWISE.index(way) :: 2]
    assert look_at(visitor(ROOT), shown, answers=frozenset({200, 302, 403}), ways=(way,)) == {}


def test_one_staff_page_of_each_kind_has_no_layout_problem_in_any_width_or_colour_scheme(visitor, rows):
    """A list, what can only be read, three reviews and a form; the others are of these kinds, and looked at crosswise."""
    reviews = [f"/staff/{kind.replace('_', '/')}/{rows[kind][0]}/review/" for kind in CASES]
    form = f"/staff/petitions/petition/{rows['petitions_petition'][0]}/decline/"
    pages = ["/staff/", "/staff/policy/", "/staff/outbox/notice/", *reviews, form]
    assert look_at(visitor(ROOT), pages, ways=EVERY_WAY) == {}


def test_error_pages_for_staff_have_no_layout_or_accessibility_problem(visitor):
    paths = ("/staff/nothing/", "/staff/auth/group/")
    assert look_at(visitor("reviewer@example.org"), paths, answers=frozenset({403, 404})) == {}


def test_the_slash_key_focuses_the_search_field_that_finds_a_person_from_any_page(visitor):
    page = visitor("reviewer@example.org")
    page.goto("/staff/policy/")
    page.keyboard.press("/")
    page.keyboard.type("quinn")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quinn")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_staff_menu_works_without_javascript(visitor, width):
    page = visitor("reviewer@example.org", width=width, javascript=False)
    page.goto("/staff/")
    if width < 600:
        page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Petitions").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Petitions")


def test_every_message_preview_has_no_layout_or_accessibility_problem(visitor):
    page = visitor(ROOT)
    assert look_at(page, [EXAMPLES, f"{EXAMPLES}renewals.reminder/late-76-incomplete/"]) == {}
    letter = page.frame_locator("iframe").get_by_role("heading")
    expect(letter).to_have_text("Your certification expired on June 30, 2026")


@pytest.mark.parametrize(
    "message", ["renewals.reminder/before-90-other-zone", "payments.receipt/late-and-additional"]
)
def test_the_html_of_a_message_has_no_layout_or_accessibility_problem(visitor, message):
    """Shown without the answer's policy, under which nothing runs, axe neither."""
    page = visitor(ROOT)
    html = page.request.get(f"{EXAMPLES}{message}/html/").text()
    page.goto("about:blank")
    page.set_content(html)
    assert looks(page) == {}


def test_a_refused_form_has_no_layout_or_accessibility_problem(visitor):
    page = visitor(ROOT)
    page.goto("/staff/ceus/course/add/")
    page.get_by_role("button", name="Save", exact=True).click()
    for sentence in ("Write the title.", "Choose the provider.", "Write the CEUs, for example 0.4."):
        expect(page.get_by_role("link", name=sentence)).to_be_visible()
    assert looks(page) == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_refund_form_has_no_layout_or_accessibility_problem(visitor, width):
    page = visitor(ROOT, width=width)
    page.goto("/staff/payments/ledgerentry/?kind__exact=payment")
    first = page.locator("#result_list tbody tr a[href*='/change/']").first.get_attribute("href")
    page.goto(first.replace("/change/", "/give_back/").partition("?")[0])
    assert looks(page) == {}
    page.get_by_label("It was already returned by hand: by bank transfer or check").check()
    page.get_by_role("button", name="Show the mail first").click()
    for sentence in ("Choose why.", "Enter the reference of the bank transfer or check."):
        expect(page.get_by_role("link", name=sentence)).to_be_visible()
    assert looks(page) == {}


def review_page(page, shows: str) -> str:
    """The review page of the first petition of this part of the queue."""
    page.goto(f"/staff/petitions/petition/?shows={shows}")
    return page.locator("#result_list tbody tr a[href*='/review/']").first.get_attribute("href")


@pytest.mark.parametrize("word", ["Approve another number", "Ask", "Decline"])
def test_the_preview_of_a_mail_has_no_layout_or_accessibility_problem(visitor, word):
    page = visitor(ROOT)
    page.goto(review_page(page, "waiting"))
    page.get_by_role("link", name=word).first.click()
    if word == "Ask":
        page.get_by_label("Your question").fill("Which exercises were taught?")
    if word == "Decline":
        page.get_by_role("button", name="Show the mail first").click()
        expect(page.get_by_role("link", name="Choose a reason.")).to_be_visible()
        assert looks(page) == {}
        page.get_by_label("The documents do not show enough").check()
    page.get_by_role("button", name="Show the mail first").click()
    expect(page.get_by_text("Nothing is decided yet.")).to_be_visible()
    assert looks(page) == {}


def test_the_form_for_more_time_has_no_layout_or_accessibility_problem(visitor):
    page = visitor(ROOT)
    page.goto(review_page(page, "trainer"))
    page.get_by_role("link", name="More time to answer").click()
    expect(page.get_by_label("Reason")).to_be_visible()
    assert looks(page) == {}
    page.get_by_role("button", name="Give more time").click()
    expect(page.get_by_role("link", name="Write the reason.")).to_be_visible()
    assert looks(page) == {}


def test_the_queue_of_petitions_shows_every_column_on_a_laptop(visitor):
    page = visitor(ROOT)
    page.goto("/staff/petitions/petition/?shows=all")
    spare = "box => box.clientWidth - box.scrollWidth"
    assert page.locator(".results").evaluate(spare) >= 0
    reference = page.locator("#result_list td.field-reference a, #result_list th.field-reference a").first
    assert reference.evaluate("link => link.getClientRects().length") == 1


def test_a_lead_can_suspend_a_credential_without_javascript(visitor):
    page = visitor("lead@example.org", width=320, javascript=False)
    page.goto("/staff/trainers/credential/?state__exact=in_force")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Suspend").click()
    page.get_by_label("Reason").fill("Conduct under review.")
    page.get_by_role("button", name="Show the mail first").click()
    page.get_by_role("button", name="Suspend this certification").click()
    expect(page.get_by_role("status").get_by_text("is suspended.")).to_be_visible()
    page.get_by_role("link", name="Reinstate").click()
    page.get_by_label("Reason").fill("Cleared.")
    page.get_by_role("button", name="Show the mail first").click()
    page.get_by_role("button", name="Reinstate this certification").click()
    expect(page.get_by_role("status").get_by_text("is reinstated.")).to_be_visible()
