"""The pages of providers, of employers and of the trainers whom they may see, the directory and what other sites show,
the sign-in at the organisation and the keys of badges: no axe violation, nothing spills, nothing is blocked.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import EVERY_WAY, look_at, looks
from tests.browser.organisations import GINA, LISTED, PENNY, TAKEN_OFF, UNLISTED
from tests.browser.served import Portal, open_portal
from tests.identity_provider import CLIENT, SECRET, IdentityProvider, open_provider

pytestmark = [pytest.mark.browser]
SCENES = "from tests.browser.organisations import {0}; {0}()"
ROOT = "admin@example.org"
KEY_NAME = "Where it is used"


@pytest.fixture(scope="module")
def identity() -> Iterator[IdentityProvider]:
    """The provider at which staff of the organisation sign in."""
    with open_provider() as opened:
        yield opened


@pytest.fixture(scope="module")
def portal(_workshop, demo_original, identity) -> Iterator[Portal]:
    """The demo with rows of every kind that organisations have."""
    more = {
        "OIDC_ISSUER": identity.issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "Meridian",
    }
    with open_portal(_workshop, demo_original.database, first=SCENES.format("fill"), **more) as opened:
        yield opened


@pytest.fixture(scope="module")
def addresses(portal) -> dict[str, list[str]]:
    said = portal.manage("shell", "-v0", "-c", SCENES.format("say_addresses"))
    return json.loads(said.strip().splitlines()[-1])


def look_there(page: Page, paths: list[str], **more: Any) -> dict[str, object]:
    """What is wrong with each of these pages, none of which leads somewhere else."""
    found = {}
    for path in paths:
        found |= look_at(page, [path], **more)
        assert page.url.endswith(path), (path, page.url)
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(
    ("side", "who"),
    [
        ("provider", PENNY),
        ("employer", GINA),
        ("trainer", LISTED),
        ("taken off", TAKEN_OFF),
        ("public", None),
    ],
)
def test_the_pages_of_a_side_have_no_layout_or_accessibility_problem(visitor, addresses, side, who):
    answers = frozenset({200, 410, 422})
    assert look_there(visitor(who), addresses[side], answers=answers) == {}


def test_one_page_of_each_kind_has_no_layout_problem_in_any_width_or_colour_scheme(visitor):
    """A list, a team, an entry and keys; the others are of these kinds, and looked at crosswise."""
    kinds = ((None, "/directory/"), (GINA, "/employer/"), (LISTED, "/account/sharing/directory/"))
    for who, path in (*kinds, (PENNY, "/provider/keys/")):
        assert look_there(visitor(who), [path], ways=EVERY_WAY) == {}


@pytest.mark.parametrize(("who", "path"), [(PENNY, "/provider/keys/"), (GINA, "/employer/keys/")])
def test_a_key_that_is_shown_once_and_a_refused_form_have_no_layout_or_accessibility_problem(
    visitor, who, path
):
    page = visitor(who)
    page.goto(path)
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    press(page, "Make the key")
    expect(page.get_by_role("link", name="Choose what the key may do.")).to_be_visible()
    assert looks(page) == {}
    page.get_by_label(KEY_NAME).fill("The system in which we keep our courses, our rooms and our staff")
    page.get_by_role("checkbox").first.check()
    page.get_by_label(KEY_NAME).fill("The system of our courses")
    press(page, "Make the key")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your new key")
    assert looks(page) == {}


def test_the_answers_to_a_list_have_no_layout_or_accessibility_problem(visitor):
    page = visitor(GINA)
    page.goto("/employer/check/")
    page.get_by_label("Numbers and family names").fill(
        "1193 4482, Rivera\n99999999\nnobody knows this number\n"
    )
    press(page, "Check this list")
    expect(page.get_by_text("No match").first).to_be_visible()
    assert looks(page) == {}
    page.get_by_label("Numbers and family names").fill("")
    press(page, "Check this list")
    expect(page.get_by_role("link", name="Paste at least one line, or choose a file.")).to_be_visible()
    assert looks(page) == {}


def test_a_trainer_who_enters_the_directory_sees_pages_without_a_layout_or_accessibility_problem(visitor):
    page = visitor(UNLISTED)
    page.goto("/account/sharing/directory/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Put me in")
    expect(page.get_by_role("link", name="Choose at most 6 topics.")).to_be_visible()
    assert looks(page) == {}
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    press(page, "Put me in")
    expect(page.get_by_text("You are in the directory now.")).to_be_visible()
    assert looks(page) == {}


def test_signing_in_at_the_organisation_has_no_layout_or_accessibility_problem_when_refused(
    visitor, identity
):
    page = visitor()
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Sign in with Meridian")).to_be_visible()
    assert looks(page) == {}
    identity.claims["email"] = "nobody@example.org"
    press(page, "Sign in with Meridian")
    page.wait_for_url(f"{identity.issuer}/**")
    assert page.goto(identity.sign_in(page.url)).status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in")
    assert looks(page) == {}


def test_the_badge_and_the_keys_that_sign_badges_have_no_layout_or_accessibility_problem(visitor, portal):
    page = visitor(LISTED)
    page.goto("/certificate/")
    page.get_by_role("button", name="Get your badge").or_(
        page.get_by_role("link", name="Your badge")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Certified through")
    badge = page.url
    assert look_at(visitor(), [badge], ways=EVERY_WAY) == {}
    staff = visitor(ROOT)
    staff.goto("/staff/badges/signingkey/")
    key = staff.locator("#result_list tbody th a").first.get_attribute("href")
    pages = [key, *(key.replace("change/", f"{act}/") for act in ("replace", "distrust"))]
    assert look_there(staff, ["/staff/badges/signingkey/", *pages]) == {}
