"""Every page in every state: no axe violation, nothing spills, nothing is blocked, light and dark, phone and laptop."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import EVERY_WAY, look_at, looks

pytestmark = [pytest.mark.browser]

PUBLIC = (
    "/",
    "/how-renewal-works/",
    "/how-renewal-works/all-rules/",
    "/start-again/",
    "/calculator/",
    "/calculator/?expires_on_month=6&expires_on_day=31",
    "/verify/",
    "/verify/99999999/",
    "/verify/list/",
    "/verify/?number=12/34",
    "/c/nobody/",
    "/audits/draws/",
    "/courses/",
    "/courses/?q=nutrition",
    "/courses/?q=zzzz",
    "/providers/",
    "/become-a-provider/",
    "/directory/",
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
    "/claim/",
    "/help/",
    "/accessibility/",
    "/privacy/",
    "/account/erased/",
    "/no-such-page/",
)
OF_A_TRAINER = (
    "/home/",
    "/my-courses/",
    "/my-courses/add/",
    "/my-courses/add/?q=nutrtion",
    "/my-courses/add/nutrition-for-older-adults/",
    "/my-courses/add/?q=zzzz",
    "/card/",
    "/petitions/",
    "/petitions/new/",
    "/renew/check/",
    "/certificate/",
    "/transcript/",
    "/payments/",
    "/messages/",
    "/account/",
    "/account/name/",
    "/account/reminders/",
    "/account/calendar/",
    "/account/data/",
    "/account/erase/",
)


def test_public_pages_have_no_layout_or_accessibility_problem(visitor):
    assert look_at(visitor(), PUBLIC, answers=frozenset({200, 404, 422})) == {}


def test_the_verification_pages_have_no_layout_or_accessibility_problem(visitor, portal):
    told = "from trainers.models import Credential; c = Credential.objects.get(trainer__email='bo@example.org'); "
    told += "print(c.check_code, c.number)"
    code, number = portal.manage("shell", "-v0", "-c", told).split()[-2:]
    assert look_at(visitor(), (f"/c/{code}/", f"/v/{number}/"), ways=EVERY_WAY) == {}


def test_the_pages_of_a_trainer_have_no_layout_or_accessibility_problem(visitor):
    assert look_at(visitor("jordan@example.org"), OF_A_TRAINER) == {}


def test_home_of_several_certifications_has_no_layout_or_accessibility_problem(visitor):
    """Of a trainer with three, in every width and look, and the page that asks which one is meant."""
    page = visitor("sofia@example.org", width=320)
    page.goto("/home/")
    expect(page.locator(".certification").first).to_contain_text("Expires in 25 days")
    page.get_by_role("link", name="Everything about 1193 4912").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your certification expires on")
    page.get_by_role("link", name="All your certifications").click()
    expect(page.locator(".certification")).to_have_count(3)
    assert look_at(visitor("sofia@example.org"), ("/home/",), ways=EVERY_WAY) == {}
    pages = ("/my-courses/", "/certifications/11934912/home/", "/certifications/11934912/my-courses/")
    assert look_at(visitor("sofia@example.org"), pages) == {}


def test_the_done_page_the_certificate_and_the_receipt_have_no_layout_or_accessibility_problem(visitor):
    """Of a trainer whose renewal went through."""
    page = visitor("ines@example.org")
    page.goto("/certificate/")
    done = page.locator("main a[href^='/renew/R-']").first.get_attribute("href")
    page.goto(done)
    expect(page.get_by_role("heading", level=1)).to_contain_text("You’re renewed through")
    receipt = page.get_by_role("link", name="See and print the receipt").get_attribute("href")
    assert look_at(page, (done, "/certificate/", receipt), ways=EVERY_WAY) == {}


def test_one_page_of_each_kind_has_no_layout_problem_in_any_width_or_colour_scheme(visitor):
    """Home, a list, a form, a table and a text; the others are of these kinds, and looked at crosswise."""
    kinds = (
        "/home/",
        "/my-courses/",
        "/my-courses/add/",
        "/payments/",
        "/how-renewal-works/",
        "/courses/?q=nutrition",
    )
    assert look_at(visitor("jordan@example.org"), kinds, ways=EVERY_WAY) == {}


def test_the_reminder_and_calendar_pages_have_no_layout_or_accessibility_problem(visitor, portal):
    told = "from trainers.models import Trainer; from trainers.unsubscribing import token_for; "
    told += "print(token_for(Trainer.objects.get(email='bo@example.org')))"
    token = portal.manage("shell", "-v0", "-c", told).split()[-1]
    page = visitor("bo@example.org")
    page.goto("/account/calendar/")
    page.get_by_role("button", name="Make my calendar address").click()
    paths = [f"/account/calendar/{one}" for one in ("", "new-address/", "remove/")]
    found = look_at(page, [*paths, f"/reminders/stop/{token}/"])
    page.get_by_role("button", name="Stop optional reminders").click()
    found["stopped"] = looks(page)
    assert {path: seen for path, seen in found.items() if seen} == {}


@pytest.mark.parametrize("who", ["alma", "bo", "cara", "gita"])
def test_the_audit_pages_have_no_layout_or_accessibility_problem(visitor, who):
    page = visitor(f"{who}@example.org")
    page.goto("/home/")
    paths = [page.locator("a.button").first.get_attribute("href")]
    page.goto(paths[0])
    documents = page.locator("ul.rows a")
    if documents.count():
        paths += [
            documents.first.get_attribute("href"),
            f"{documents.first.get_attribute('href')}unavailable/",
        ]
    if who == "alma":
        paths.append(f"{paths[0]}more-time/")
    assert look_at(page, paths) == {}


def test_home_has_no_layout_or_accessibility_problem_in_any_state(visitor, portal):
    """Every trainer of the demo whose heading was not seen yet."""
    seen_headings, found = set(), {}
    page = visitor()
    for email in portal.sessions:
        page.context.add_cookies([{"name": "sessionid", "value": portal.sessions[email], "url": portal.url}])
        page.goto("/home/")
        tag = page.locator(".tag").first
        heading = (tag.inner_text() if tag.count() else "", page.locator("h1").first.inner_text()[:24])
        if "/home/" in page.url and heading not in seen_headings:
            seen_headings.add(heading)
            found[(email, heading)] = looks(page)
    assert len(seen_headings) >= 12
    assert {who: seen for who, seen in found.items() if seen} == {}
