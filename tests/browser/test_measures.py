"""What the issue counts, counted in a browser: pages, clicks and inputs, the end of paying, bytes and layout shift."""

import itertools
import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from demo.stage import PASSWORD
from tests.browser.slow_line import first_view

pytestmark = [pytest.mark.browser]
KB = 1024
TRIES = 11
NUMBERS = itertools.count(88_000_001, 100)  # factories count on from each
DONE = "You’re renewed through March 14, 2029"


class Hand:
    """A visitor's hand: it counts the pages that it was shown, its clicks, and the fields that it filled."""

    def __init__(self, page: Page) -> None:
        self.page, self.pages, self.clicks, self.inputs = page, 0, 0, 0
        page.on("domcontentloaded", lambda _: self._turn())

    def _turn(self) -> None:
        self.pages += 1

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.click()

    def give(self, act: Callable[[], object]) -> None:
        """Fill in one field."""
        self.inputs += 1
        act()


@pytest.fixture
def people(portal) -> Callable[..., list[str]]:
    """`people(11)` is the addresses of as many new trainers who can renew; they sign in with the demo's password."""

    def make(count: int, *, education: int = 190) -> list[str]:
        numbers = [str(next(NUMBERS)) for _ in range(count)]
        mails = [f"hand{number}@example.org" for number in numbers]
        ready = "".join(
            f"ready({mail!r}, '{number}', {education}); " for mail, number in zip(mails, numbers, strict=True)
        )
        code = f"from tests.browser.people import let_sign_in, ready; {ready}let_sign_in({mails!r}, {PASSWORD!r})"
        portal.sessions.update(json.loads(portal.manage("shell", "-v0", "-c", code).splitlines()[-1]))
        return mails

    return make


def test_from_sign_in_to_renewed_takes_5_pages_and_4_clicks(visitor, people):
    [email] = people(1)
    page = visitor(width=390)
    hand = Hand(page)
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    hand.click(page.get_by_role("button", name="Sign in", exact=True))
    hand.click(page.locator("main").get_by_role("link", name="Renew for $99").first)
    hand.click(page.get_by_role("button", name="Agree and pay $99"))
    hand.click(page.get_by_role("button", name="Pay $99"))
    expect(page.get_by_role("heading", level=1)).to_have_text(DONE)
    assert (hand.pages, hand.clicks) == (5, 4)


def test_logging_a_course_takes_2_pages_and_3_inputs(visitor, people, photo):
    [email] = people(1, education=150)
    page = visitor(email, width=390)
    hand = Hand(page)
    page.goto("/my-courses/add/")
    page.wait_for_load_state()  # a browser types sooner than scripts arrive; no person does
    hand.give(lambda: page.get_by_label("Which course?").fill("nutrtion"))
    expect(page.locator("#courses [role=status]")).to_contain_text("like “nutrition”")
    hand.give(page.locator("#courses input").first.check)
    hand.give(lambda: page.locator("#id_certificate").set_input_files(photo))
    expect(page.locator("#proof-certificate")).to_contain_text("Photo added")
    page.get_by_role("button", name="Log this course").click()
    expect(page.locator("main")).to_contain_text("Saved. This counts")
    assert (hand.pages, hand.inputs) == (2, 3)


def test_paying_ends_on_the_done_page_in_11_of_11_tries(visitor, people):
    ended = []
    for email in people(TRIES):
        page = visitor(email, width=390)
        page.goto("/renew/check/")
        page.get_by_role("button", name="Agree and pay $99").click()
        page.get_by_role("button", name="Pay $99").click()
        page.wait_for_load_state()
        ended.append(page.get_by_role("heading", level=1).inner_text())
        page.context.close()
    assert ended == [DONE] * TRIES


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/home/", 14 * KB),
        ("/certificate/", 14 * KB),
        ("/renew/check/", 14 * KB),
        ("/my-courses/add/", 32 * KB),
        ("/", 14 * KB),
        ("/how-renewal-works/", 14 * KB),
    ],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_page_that_a_browser_loads_is_small_and_nothing_on_it_shifts(visitor, path, most, width):
    """Its text, styles and scripts, on a line of slow 4G; how soon it is painted is measured by `./portal bench lcp`."""
    view = first_view(visitor("maya@example.org", width=width), path)
    assert view.shift <= 0.02
    assert view.size <= most
