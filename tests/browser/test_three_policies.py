"""The portal under the sample policy and two that are nothing like it, in a real browser: how pages look, and whose words they use."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page

from rules.policy.load import use_policies_in
from tests.browser.looks import CROSSWISE, Ways, listen, looks
from tests.browser.served import Portal, open_context, open_portal
from tests.demo.walking import load_small_demo, words_of_the_first
from tests.throwaway import DEMO_DAY, ROOT, Workshop

pytestmark = [pytest.mark.browser]
PHONE, LAPTOP = CROSSWISE[:1], CROSSWISE[1:]
FILES = {
    "harbor-massage": ROOT / "tests" / "rules" / "policies" / "harbor-massage.toml",
    "river-guides": ROOT / "tests" / "demo" / "policies" / "river-guides.toml",
}
TRAINER, STAFF = "jordan@example.org", "admin@example.org"
OF_ANYBODY = ("/", "/how-renewal-works/", "/calculator/", "/courses/", "/account/login/")
OF_A_TRAINER = (
    *("/home/", "/my-courses/", "/my-courses/add/", "/petitions/", "/petitions/new/", "/renew/check/"),
    *("/certificate/", "/transcript/", "/account/"),
)
OF_STAFF = (
    *("/staff/", "/staff/policy/", "/staff/policy/try/", "/staff/renewals/application/"),
    *("/staff/ceus/ceurecord/", "/staff/trainers/trainer/", "/staff/find/?q=jordan"),
)
# What only a policy that asks for more has.
OF_THE_RIVER = (
    *("/account/facts/", "/cards/", "/cards/add/", "/dues/"),
    *("/renew/way/", "/renew/way/work/", "/renew/way/honour/"),
)


@contextmanager
def _opened(code: str, folder: Path, workshop: Workshop) -> Iterator[Portal]:
    """A portal with a small demo under the policy `code`, whose file is copied into `folder`."""
    shutil.copy(FILES[code], folder)
    env = {"PORTAL_POLICY": code, "PORTAL_POLICIES": str(folder), "PORTAL_TODAY": DEMO_DAY}
    made = workshop.make()
    done = made.run(load_small_demo, ("jordan", "alma"), timeout=900, **env)
    assert done.returncode == 0, done.stderr
    workshop.settle(made)
    use_policies_in(folder)
    try:
        with open_portal(workshop, made, **env) as opened, override_settings(PORTAL_POLICY=code):
            yield opened
    finally:
        use_policies_in(None)
        workshop.drop(made)


@pytest.fixture
def portal_under(_workshop, tmp_path) -> Iterator[Callable[[str], Portal]]:
    """`portal_under("river-guides")` is a portal that is served until the end of the test."""
    with ExitStack() as opened:
        yield lambda code: opened.enter_context(_opened(code, tmp_path, _workshop))


def look_and_read(page: Page, paths: tuple[str, ...], ways: Ways) -> dict[str, object]:
    """What is wrong with each page, and the words of the sample policy on it."""
    found, heard = dict[str, object](), listen(page)
    for path in paths:
        answer = page.goto(path)
        assert answer.status == 200, (path, answer.status)
        found[path] = [*heard, *words_of_the_first(page.content())] or looks(page, ways)
        heard.clear()
    return {path: seen for path, seen in found.items() if seen}


@pytest.mark.parametrize(
    ("code", "ways", "more"), [("harbor-massage", LAPTOP, ()), ("river-guides", PHONE, OF_THE_RIVER)]
)
def test_pages_under_another_policy_look_right_and_use_no_word_of_the_sample_policy(
    code, ways, more, browser: Browser, portal_under
):
    portal, found = portal_under(code), dict[str, object]()
    for email, paths in ((None, OF_ANYBODY), (TRAINER, (*OF_A_TRAINER, *more)), (STAFF, OF_STAFF)):
        with open_context(browser, portal, email) as page:
            found |= look_and_read(page, paths, ways)
    assert found == {}


def test_the_words_of_the_sample_policy_are_found_on_its_own_pages(visitor):
    """Read as if another policy were followed: what is looked for above is found where it belongs."""
    use_policies_in(FILES["river-guides"].parent)
    try:
        with override_settings(PORTAL_POLICY="river-guides"):
            for email, paths in (
                (None, OF_ANYBODY[1:4]),
                (TRAINER, OF_A_TRAINER[:3]),
                (STAFF, OF_STAFF[1:2]),
            ):
                assert list(look_and_read(visitor(email), paths, ())) == list(paths)
    finally:
        use_policies_in(None)
