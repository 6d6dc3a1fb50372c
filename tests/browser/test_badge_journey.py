"""A badge verifies and then, after suspension, does not: its holder makes it and downloads it in a real browser, and a program
of somebody else checks the file as it was downloaded, with the keys and lists that it reads from the portal.
"""

import json
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.badge_structure import check_badge, is_set
from tests.browser.looks import problems
from tests.second_verifier import verify_proof

pytestmark = [pytest.mark.browser]
STATE = """
from trainers.models import Credential
from tests.factories import walk_to
from core import clock
row = Credential.objects.get(trainer__email="{email}")
walk_to(row, "{state}", state_on={day})
"""
HOLDER = "jordan@example.org"


def read(portal, address: str) -> dict[str, Any]:
    """Read a document from the portal as a program does, whatever host it names."""
    with urllib.request.urlopen(f"{portal.url}{urlsplit(address).path}") as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def is_good(portal, badge: dict[str, Any]) -> bool:
    """Check a downloaded badge: the proof with the published key, then both lists with theirs."""
    published = read(portal, "/.well-known/did.json")
    check_badge(badge)
    verify_proof(badge, published)
    bits = []
    for entry in badge["credentialStatus"]:
        listed = read(portal, entry["statusListCredential"])
        verify_proof(listed, published)
        bits.append(is_set(listed, entry["statusListIndex"]))
    return not any(bits)


def download(page: Page) -> dict[str, Any]:
    with page.expect_download() as sent:
        page.get_by_role("link", name="Signed file").click()
    found: dict[str, Any] = json.loads(sent.value.path().read_text())
    return found


@pytest.mark.parametrize("width", [320, 1280])
def test_a_badge_verifies_and_after_a_suspension_does_not(visitor, portal, width):
    page = visitor(HOLDER, width=width)
    page.goto("/certificate/")
    page.get_by_role("button", name="Get your badge").or_(
        page.get_by_role("link", name="Your badge")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Certified through")
    assert not problems(page)
    badge, public = download(page), page.url
    assert is_good(portal, badge)
    portal.manage(
        "shell",
        "-v0",
        "-c",
        STATE.format(email=HOLDER, state="suspended", day="clock.today('America/Phoenix')"),
    )
    try:
        theirs = visitor(width=width)  # a stranger who follows the link on a profile
        theirs.goto(public)
        expect(theirs.get_by_role("heading", level=1)).to_contain_text("Not certified since")
        expect(theirs.get_by_role("link", name="Signed file")).to_have_count(0)
        assert not problems(theirs)
        assert not is_good(portal, badge)
    finally:
        portal.manage("shell", "-v0", "-c", STATE.format(email=HOLDER, state="in_force", day="None"))
    assert is_good(portal, badge)
