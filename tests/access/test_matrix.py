"""Every route, requested by everybody. A route without an access word fails here, and so does one
that shows Jordan's data to others.
"""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from core.access import access_of
from tests.access.routes import Route, all_routes

SHARES = 12  # of the routes: to make everybody takes longer than to ask for a route
SHOWN = 200
LED_TO_SIGN_IN = ("signed_in", "trainer", "staff", "provider", "employer")
SIDES = ("provider", "employer")  # of organisations
OTHERS = ("owner", "stranger", "reviewer", "superuser")


def ask(browser: Client, address: str) -> HttpResponse:
    """Return the answer to a GET; for a route that only accepts POST, the answer to a POST."""
    answer = browser.get(address)
    return browser.post(address) if answer.status_code == 405 else answer


def test_every_route_declares_who_may_use_it(jordans):
    declared = {route.pattern: access_of(resolve(route.address(jordans))) for route in all_routes()}
    kinds = {"public", "signed_in", "trainer", "staff", *SIDES, "webhook", "key"}
    assert {pattern: kind for pattern, kind in declared.items() if kind not in kinds} == {}


# A program sends a provider's key, which no browser adds by itself.
WITH_KEY = {
    "api:post_completions",
    "api:check_numbers",
    "api:list_own_courses",
    "api:list_team",
    "api:check_certifications",
    "api:list_entries",
    "providers:xapi",
}
# Another machine proves itself by its signature; a mail program has no page of ours open.
WITHOUT_TOKEN = {"payments:webhook", "trainers:unsubscribe", *WITH_KEY}


def test_every_post_without_a_csrf_token_is_refused_except_on_listed_routes(jordans, root, signed_in):
    browser = signed_in(root)
    browser.handler.enforce_csrf_checks = True
    answers = {route.name: browser.post(route.address(jordans)) for route in all_routes()}
    refused = {
        name
        for name, answer in answers.items()
        if answer.status_code == 403 and answer.templates[0].name == "403_csrf.html"
    }
    assert set(answers) - refused == WITHOUT_TOKEN


@pytest.mark.parametrize("share", range(SHARES))
def test_no_role_gets_access_to_a_route_beyond_what_it_declares(share, jordans, everybody):
    wrong, kept = {}, {who: deepcopy(browser.cookies) for who, browser in everybody.items()}
    for route in all_routes()[share::SHARES]:
        for who, browser in everybody.items():
            browser.cookies = deepcopy(kept[who])  # signing out empties them
        with transaction.atomic():
            if found := list(_too_far(route, route.address(jordans), everybody)):
                wrong[route.pattern] = found
            transaction.set_rollback(True)
    assert wrong == {}


def _too_far(route: Route, address: str, everybody: dict[str, Client]) -> Iterator[str]:
    declared = access_of(resolve(address))
    answers = {
        who: ask(Client() if who == "anonymous" else browser, address) for who, browser in everybody.items()
    }
    statuses = {who: answer.status_code for who, answer in answers.items()}
    anonymous = answers["anonymous"]
    if max(statuses.values()) >= 500:
        yield f"an answer of 500: {statuses}"
    if declared in LED_TO_SIGN_IN and statuses["anonymous"] not in (302, 404):
        yield f"not led to sign in: {statuses}"
    if declared in LED_TO_SIGN_IN and "login" not in anonymous.get("Location", "login"):
        yield f"led elsewhere: {anonymous['Location']}"
    if declared in ("staff", "trainer") and SHOWN in [statuses[side] for side in SIDES]:
        yield f"shown to an organisation: {statuses}"
    if declared == "key" and set(statuses.values()) != {401}:
        yield f"answered without a key: {statuses}"
    others = [side for side in SIDES if side != declared]
    if declared in SIDES and {statuses[who] for who in (*OTHERS, *others)} != {404}:
        yield f"an organisation's page for others: {statuses}"
    if declared == "staff" and SHOWN in (statuses["owner"], statuses["stranger"]):
        yield f"shown to trainers: {statuses}"
    if declared in ("trainer", "signed_in") and _is_jordans(route) and statuses["stranger"] != 404:
        yield f"shown to a stranger: {statuses}"
    if declared in ("trainer", "signed_in") and _is_jordans(route) and statuses["owner"] == 404:
        yield f"hidden from its owner: {statuses}"


def _is_jordans(route: Route) -> bool:
    """Whether the address names something that is Jordan's alone (a course's page is everybody's)."""
    mine = {"pk", "ref", "reference", "record_id"} & set(route.parts)
    return bool(mine) and not route.name.startswith("mfa_")
