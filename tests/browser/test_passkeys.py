"""Passkeys through a real browser with an authenticator of its own, under the portal's own content security policy."""

import pytest
from playwright.sync_api import Page, expect

from demo.stage import PASSWORD
from tests.browser.looks import listen

pytestmark = [pytest.mark.browser]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(visitor, portal) -> Page:
    """A browser that keeps passkeys. A passkey belongs to a name, so the address is not a number here."""
    page = visitor()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(portal.url.replace("127.0.0.1", "localhost") + "/account/login/")
    return page


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def choose_in_menu(page: Page, role: str, name: str) -> None:
    page.locator(".menu summary").click()
    page.locator(".menu").get_by_role(role, name=name, exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def add_passkey(page: Page, *, alone: bool) -> None:
    choose_in_menu(page, "link", "Account")
    page.get_by_role("link", name="Set up your second step").click()
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page)
    if not alone:
        page.get_by_label("Sign in with this passkey alone").uncheck()
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()


def test_a_passkey_alone_signs_in(phone):
    heard = listen(phone)
    sign_in(phone, "pia@example.org")
    add_passkey(phone, alone=True)
    choose_in_menu(phone, "button", "Sign out")
    phone.get_by_role("link", name="Sign in").first.click()
    phone.get_by_role("button", name="Use a passkey").click()
    phone.wait_for_url("**/home/")
    assert heard == []


def test_after_the_password_a_passkey_can_be_used_as_the_second_step(phone):
    sign_in(phone, "nina@example.org")
    add_passkey(phone, alone=False)
    choose_in_menu(phone, "button", "Sign out")
    phone.get_by_role("link", name="Sign in").first.click()
    sign_in(phone, "nina@example.org")
    phone.get_by_role("heading", name="Second step").wait_for()
    phone.get_by_role("button", name="Use a passkey").click()
    phone.wait_for_url("**/home/")


def test_cancelling_the_passkey_prompt_shows_a_message_and_keeps_the_other_ways_to_sign_in(phone):
    phone.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    phone.get_by_role("button", name="Use a passkey").click()
    phone.get_by_text("The passkey was not used. Try again, or choose another way.").wait_for()


def test_without_javascript_no_page_offers_a_passkey(visitor):
    page = visitor(javascript=False)
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    expect(page.get_by_role("link", name="Email me a sign-in code")).to_be_visible()
