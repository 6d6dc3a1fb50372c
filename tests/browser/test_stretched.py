"""Pages under strain: everything unfolded, then the menu open, text twice as large on a phone, and written from right to left."""

import pytest
from playwright.sync_api import Page

from tests.browser.looks import CROSSWISE, SPILLING, looks

pytestmark = [pytest.mark.browser]
PUBLIC = (
    *("/", "/how-renewal-works/", "/how-renewal-works/all-rules/", "/start-again/", "/help/", "/claim/"),
    *(
        "/verify/",
        "/verify/list/",
        "/courses/?q=nutrition",
        "/providers/",
        "/account/login/",
        "/audits/draws/",
    ),
)
OF_TRAINERS = {
    "jordan": (
        *(
            "/home/",
            "/my-courses/",
            "/my-courses/add/?q=nutrtion",
            "/renew/check/",
            "/certificate/",
            "/renew/",
        ),
        *("/calculator/", "/transcript/", "/payments/", "/messages/", "/account/", "/account/reminders/"),
        *(
            "/petitions/",
            "/petitions/new/",
            "/card/",
            "/account/data/",
            "/account/calendar/",
            "/more-time/ask/",
        ),
    ),
    "maya": ("/home/", "/renew/check/"),
    "quinn": ("/home/", "/calculator/"),
    "zoe": ("/home/", "/renew/"),
    "anna": ("/home/", "/certificate/"),
}
UNFOLD = "() => document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })"
# The open menu lies over what is below it: half a link beneath it is not a small target, and is not what one can press.
MENU = """open => {
  for (const menu of document.querySelectorAll('details.menu')) menu.open = open;
  for (const one of document.querySelectorAll('main :is(a, button, input, select, textarea, summary)')) one.inert = open;
}"""
TWICE_AS_LARGE = "() => { document.documentElement.style.fontSize = '200%' }"
FROM_THE_RIGHT = "() => { document.documentElement.dir = 'rtl' }"


def strained(page: Page) -> dict[str, list[str]]:
    """What spills when text is twice as large on a phone, and from right to left on both screens."""
    found = {}
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(TWICE_AS_LARGE)
    found["320 large"] = page.evaluate(SPILLING)
    page.evaluate(FROM_THE_RIGHT)
    found["320 large rtl"] = page.evaluate(SPILLING)
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found[f"{width} rtl"] = page.evaluate(SPILLING)
    return {how: spills for how, spills in found.items() if spills}


def look_under_strain(page: Page, paths: tuple[str, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in paths:
        assert page.goto(path).status == 200, path
        page.evaluate(UNFOLD)
        wrong = {**looks(page, CROSSWISE), **strained(page)}
        if path == paths[0]:
            page.evaluate(MENU, True)
            wrong |= {f"menu {how}": seen for how, seen in (looks(page, CROSSWISE) | strained(page)).items()}
        if wrong:
            found[path] = wrong
    return found


def test_public_pages_keep_their_layout_with_all_sections_open_large_text_and_right_to_left_script(visitor):
    assert look_under_strain(visitor(), PUBLIC) == {}


@pytest.mark.parametrize("who", sorted(OF_TRAINERS))
def test_pages_of_a_trainer_keep_their_layout_with_all_sections_open_large_text_and_right_to_left_script(
    visitor, who
):
    assert look_under_strain(visitor(f"{who}@example.org"), OF_TRAINERS[who]) == {}
