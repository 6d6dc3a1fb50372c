"""The staff side in a real browser: no axe violation, nothing spills but a list in its own box, nothing is blocked."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import CROSSWISE, look_at, looks

pytestmark = [pytest.mark.browser]

LISTS = (
    "trainers/trainer",
    "trainers/credential",
    "trainers/cycle",
    "trainers/historyentry",
    "trainers/notice",
    "ceus/provider",
    "ceus/course",
    "ceus/topic",
    "ceus/ceurecord",
    "documents/document",
    "renewals/application",
    "petitions/petition",
    "petitions/decision",
    "payments/charge",
    "payments/checkoutsession",
    "payments/ledgerentry",
    "payments/refund",
    "payments/providerevent",
)
PAGES = (
    "/staff/",
    "/staff/policy/",
    "/staff/renewals/application/waiting/",
    "/staff/renewals/",
    "/staff/ceus/course/add/",
    "/staff/ceus/provider/add/",
    "/staff/trainers/trainer/?q=nobody",
    "/staff/payments/ledgerentry/months/",
    *(f"/staff/{name}/" for name in LISTS),
)
ACTS = {
    "trainers/trainer": ("change", "history", "name", "email", "time-zone", "deactivate", "roles"),
    "trainers/credential": ("change", "suspend", "reinstate", "revoke"),
    "renewals/application": ("change", "history", "review", "approve", "return", "deny", "reopen"),
    "petitions/petition": ("change", "history", "review", "approve", "ask", "decline"),
    "petitions/decision": ("change", "undo"),
    "ceus/course": ("change",),
    "ceus/ceurecord": ("change",),
    "payments/charge": ("change",),
    "payments/ledgerentry": ("change",),
    "payments/providerevent": ("change", "credit", "send_back", "dismiss"),
    "documents/document": ("change",),
    "trainers/notice": ("change",),
}
ROOT = "admin@example.org"


def row_pages(page) -> list[str]:
    """Every kind of page about one row, for the first row of its list."""
    found = []
    for name, acts in ACTS.items():
        page.goto(f"/staff/{name}/")
        first = page.locator("#result_list tbody tr a[href*='/change/']").first.get_attribute("href")
        found += [first.replace("/change/", f"/{act}/").partition("?")[0] for act in acts]
    return found


@pytest.mark.parametrize("part", [0, 1, 2])
def test_every_page_has_no_problem(visitor, part):
    """In three parts, so that they can run side by side."""
    page = visitor(ROOT)
    assert look_at(page, [*PAGES, *row_pages(page)][part::3], ways=CROSSWISE) == {}


def test_one_page_of_each_kind_has_no_problem_in_any_way(visitor):
    page = visitor(ROOT)
    rows = [path for path in row_pages(page) if "/renewals/application/" in path or "/petition/" in path]
    assert look_at(page, ["/staff/", "/staff/policy/", "/staff/trainers/notice/", *rows]) == {}


def test_a_refused_form_has_no_problem(visitor):
    page = visitor(ROOT)
    page.goto("/staff/ceus/course/add/")
    page.get_by_role("button", name="Save", exact=True).click()
    for sentence in ("Write the title.", "Choose the provider.", "Write the CEUs, for example 0.4."):
        expect(page.get_by_role("link", name=sentence)).to_be_visible()
    assert looks(page) == {}


def test_a_lead_suspends_without_javascript(visitor):
    page = visitor("lead@example.org", width=320, javascript=False)
    page.goto("/staff/trainers/credential/?state__exact=in_force")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Suspend").click()
    page.get_by_label("Reason").fill("Conduct under review.")
    page.get_by_role("button", name="Suspend this certification").click()
    expect(page.get_by_role("status").get_by_text("is suspended.")).to_be_visible()
    page.get_by_role("link", name="Reinstate").click()
    page.get_by_label("Reason").fill("Cleared.")
    page.get_by_role("button", name="Reinstate this certification").click()
    expect(page.get_by_role("status").get_by_text("is reinstated.")).to_be_visible()
