"""Every role of staff requests every URL of the staff side, found by enumeration."""

import pytest
from django.db import transaction

from core.models import HistoryEntry
from staff.roles import GROUPS
from tests.access.routes import Route, all_routes
from tests.cast import member
from trainers.allauth_internals import activate_authenticator
from trainers.models import Trainer

ROLES = sorted(set(GROUPS) - {"reviewer"})  # test_matrix.py sends a reviewer, and a superuser, everywhere
OWN_WISHES = {"admin:keys", "admin:weekly_report"}  # of whoever presses, not of anybody's case


def staff_routes() -> list[Route]:
    return [one for one in all_routes() if one.pattern.startswith("/staff/")]


@pytest.fixture
def role(request, jordans) -> Trainer:
    person = member(f"Role {request.param}", request.param)
    activate_authenticator(person, secret="JBSWY3DPEHPK3PXP")
    return person


@pytest.mark.parametrize("role", ROLES, indirect=True)
def test_every_role_gets_an_answer_at_every_staff_address(role, jordans, signed_in, pytestconfig):
    """Two of the roles ask for each address, each role for half of them; with --all every role for every address."""
    browser, answers = signed_in(role), {}
    place = ROLES.index(role.groups.get().name)
    for number, route in enumerate(staff_routes()):
        if (place + number) % 2 and not pytestconfig.getoption("--all"):
            continue
        with transaction.atomic():
            answers[route.pattern] = browser.get(route.address(jordans)).status_code
            transaction.set_rollback(True)
    assert {pattern: status for pattern, status in answers.items() if status >= 500} == {}
    assert 200 in answers.values()


@pytest.mark.parametrize("role", ["read-only"], indirect=True)
def test_a_role_that_may_only_read_changes_nothing_by_posting_to_any_staff_url(role, jordans, signed_in):
    browser, changed = signed_in(role), {}
    before = set(HistoryEntry.objects.values_list("pk", "verb"))
    for route in (one for one in staff_routes() if one.name not in OWN_WISHES):
        with transaction.atomic():
            browser.post(route.address(jordans), {"confirmed": "yes", "reason": "x", "words": "x"})
            new = set(HistoryEntry.objects.values_list("pk", "verb")) - before
            if verbs := {verb for _, verb in new} - {"exported"}:  # a table of what they may see
                changed[route.pattern] = verbs
            transaction.set_rollback(True)
    assert changed == {}
