"""allauth's undocumented parts: used in one module, tried one by one, and with no version that nobody has checked."""

import ast

import allauth
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from tests.tree import named, our_python, text_of
from trainers import allauth_internals

ISOLATED = "trainers/allauth_internals.py"
# What its documentation promises: adapters, forms, models, URLs, and the views behind them.
DOCUMENTED = {
    "allauth",
    "allauth.account",
    "allauth.account.adapter",
    "allauth.account.forms",
    "allauth.account.models",
    "allauth.account.signals",
    "allauth.account.views",
    "allauth.mfa",
    "allauth.mfa.adapter",
    "allauth.mfa.base",
    "allauth.mfa.base.forms",
    "allauth.mfa.models",
    "allauth.mfa.totp.forms",
    "allauth.mfa.webauthn",
    "allauth.socialaccount.adapter",
    "allauth.socialaccount.models",
    "allauth.usersessions",
    "allauth.usersessions.adapter",
    "allauth.usersessions.models",
}
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def request_of_a_browser(db):
    request = RequestFactory().post("/claim/")
    request.session = SessionStore()
    return request


def test_the_installed_allauth_version_is_one_that_was_checked():
    checked = allauth_internals.CHECKED_FROM <= allauth.VERSION[:2] < allauth_internals.CHECKED_BELOW
    assert checked, f"Nobody has checked {ISOLATED} with allauth {allauth.VERSION}."


def test_undocumented_parts_of_allauth_are_imported_in_only_one_module():
    found = set()
    for path in our_python():
        if named(path) != ISOLATED:
            found |= {(named(path), name) for name in _allauth_imports(text_of(path))}
    assert {one for one in found if one[1] not in DOCUMENTED} == set()
    assert ("trainers/adapter.py", "allauth.account.adapter") in found


def test_the_sign_in_methods_of_a_session_are_listed_in_order(request_of_a_browser, jordan):
    for method in ("password", "mfa"):
        allauth_internals.record_sign_in_method(request_of_a_browser, jordan, method)
    assert allauth_internals.sign_in_methods(request_of_a_browser, jordan) == ["password", "mfa"]


def test_the_address_of_a_sign_in_code_is_known_only_while_it_is_the_latest_sign_in_method(
    request_of_a_browser, jordan
):
    record = allauth_internals.record_sign_in_method
    record(request_of_a_browser, jordan, "code", email="jordan@example.org")
    known = allauth_internals.address_of_the_code(request_of_a_browser, jordan)
    record(request_of_a_browser, jordan, "password", email="jordan@example.org")
    assert (known, allauth_internals.address_of_the_code(request_of_a_browser, jordan)) == (
        "jordan@example.org",
        "",
    )


def test_an_account_has_a_second_factor_once_an_authenticator_is_activated(jordan):
    before = allauth_internals.has_second_factor(jordan)
    allauth_internals.activate_authenticator(jordan, secret=SECRET)
    assert (before, allauth_internals.has_second_factor(jordan)) == (False, True)


def test_an_authenticator_code_follows_rfc_6238_and_lasts_to_the_end_of_its_half_minute(jordan):
    # RFC 6238, appendix B: the secret "12345678901234567890" at second 59, its last 6 digits.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert allauth_internals.totp_code(secret, unix_time=59) == ("287082", 1)
    allauth_internals.activate_authenticator(jordan, secret=secret)
    authenticator = jordan.authenticator_set.get()
    assert allauth_internals.authenticator_code(authenticator, unix_time=59) == ("287082", 1)


def test_attempts_beyond_the_rate_limit_of_an_address_are_refused_with_429(request_of_a_browser):
    def attempt() -> bool:
        return allauth_internals.count_attempt(
            request_of_a_browser, "request_login_code", key="jordan@example.org"
        )

    assert [attempt() for _ in range(4)] == [True, True, True, False]
    assert allauth_internals.too_many_attempts(request_of_a_browser).status_code == 429


def _allauth_imports(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] == "allauth"}
