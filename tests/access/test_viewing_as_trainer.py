"""Staff view a trainer's pages as the trainer sees them: every page is the trainer's, and nothing
is written in any way.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from core import clock
from core.access import access_of
from core.models import Erasure, HistoryEntry
from recert.looking import OWN, PRIVATE, SHOWN
from staff.trainers.looking import LASTS
from tests.access.routes import Route, all_routes
from tests.cast import member
from trainers.models import Trainer

pytestmark = pytest.mark.django_db
BANNER = re.compile(r'<aside class="looking".*?</aside>', re.DOTALL)
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE|REPLACE)", re.IGNORECASE)
# The day and moment of a paper, or of what was just made, differ between two requests.
PAPERS = ("certificate.pdf", "receipt")


def their_routes() -> list[Route]:
    return [route for route in all_routes() if _namespace(route) in SHOWN and route.name not in PRIVATE]


def _namespace(route: Route) -> str:
    return route.name.partition(":")[0] if ":" in route.name else ""


def start(browser: Client, person: Trainer, reason: str = "Jordan called."):
    return browser.post(f"/staff/trainers/trainer/{person.pk}/see/", {"reason": reason})


@pytest.fixture
def looking(jordan, reviewer, signed_in) -> Client:
    """The reviewer's browser, in which Jordan's pages are shown."""
    browser = signed_in(reviewer)
    assert start(browser, jordan).status_code == 302
    browser.get("/help/")  # the message about it is read once
    return browser


def _plain(answer) -> str:
    return TOKEN.sub(r"\1", BANNER.sub("", answer.content.decode())).replace("    \n", "")


def _same(ours, theirs) -> bool:
    if ours.status_code >= 400:  # an error is told to whoever looks, in their own frame
        return True
    if ours.streaming or "html" not in ours.get("Content-Type", ""):
        return ours["Content-Type"] == theirs["Content-Type"]
    return _plain(ours).split() == _plain(theirs).split()


def test_staff_viewing_as_a_trainer_see_the_trainers_pages_and_nothing_is_written(
    jordans, jordan, looking, signed_in
):
    own, wrong, seen = signed_in(jordan), {}, 0
    for route in their_routes():
        address = route.address(jordans)
        theirs = own.get(address)
        with CaptureQueriesContext(connection) as queries:
            ours = looking.get(address)
        written = [
            one["sql"][:90]
            for one in queries
            if WRITES.match(one["sql"]) and "django_session" not in one["sql"]
        ]
        if written or ours.status_code != theirs.status_code or not _same(ours, theirs):
            wrong[route.name] = (ours.status_code, theirs.status_code, written)
        seen += ours.status_code == 200
    assert wrong == {}
    assert seen > 30  # most of them


def test_every_page_viewed_as_a_trainer_names_the_trainer_and_has_a_stop_button(jordans, looking, jordan):
    for route in their_routes():
        answer = looking.get(route.address(jordans))
        if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
            assert "You see what Jordan sees." in answer.content.decode(), route.name
            assert f'action="/staff/trainers/trainer/{jordan.pk}/stop/"' in answer.content.decode()


def test_posting_while_viewing_as_a_trainer_is_refused_and_changes_nothing(jordans, looking):
    before, history = Trainer.objects.order_by("pk").values(), HistoryEntry.objects.count()
    kept = list(before)
    for route in all_routes():
        match = resolve(route.address(jordans))
        if (
            route.name.startswith("admin:")
            or route.name in OWN
            or access_of(match) in ("webhook", "staff", "key", "provider", "employer")
        ):
            continue
        if route.name.startswith("staff_"):
            continue
        answer = looking.post(route.address(jordans), {"name": "Another", "reason": "x"})
        assert answer.status_code == 403, route.name
        assert "Nothing can be changed while you see what Jordan Rivera sees." in answer.content.decode()
    assert (list(before.all()), HistoryEntry.objects.count()) == (kept, history)


def test_secret_pages_are_forbidden_while_viewing_as_a_trainer(jordans, looking):
    routes = {route.name: route for route in all_routes()}
    for name in PRIVATE - {"trainers:unsubscribe"}:
        assert looking.get(routes[name].address(jordans)).status_code == 403, name
    for path in ("/account/password/change/", "/account/2fa/", "/account/email/", "/account/sessions/"):
        assert looking.get(path).status_code == 403, path


def test_a_document_opened_while_viewing_as_a_trainer_is_recorded_with_the_staff_member(
    jordans, jordan, looking, reviewer
):
    routes = {route.name: route for route in all_routes()}
    assert looking.get(routes["documents:download"].address(jordans)).status_code == 200
    viewed = HistoryEntry.objects.get(verb="viewed", trainer=jordan)
    assert viewed.by == reviewer


def test_a_role_without_access_to_documents_opens_none_while_viewing_as_a_trainer(jordans, jordan, signed_in):
    clerk = member("Cara Clerk", "read-only", permissions=("change_trainer",))
    browser = signed_in(clerk)
    assert start(browser, jordan).status_code == 302
    routes = {route.name: route for route in all_routes()}
    assert looking_at(browser) == "Jordan"
    assert browser.get(routes["documents:download"].address(jordans)).status_code == 404


def looking_at(browser: Client) -> str:
    """Return whose Home the browser shows in the place of the viewer's; "" when it shows none."""
    found = re.search(r"You see what (\w+) sees", browser.get("/help/").content.decode())
    return found[1] if found else ""


def test_starting_to_view_as_a_trainer_is_recorded_in_history_with_person_and_reason(
    jordan, reviewer, signed_in
):
    browser = signed_in(reviewer)
    assert start(browser, jordan, "Jordan cannot find the card.").status_code == 302
    entry = HistoryEntry.objects.get(verb="looked at")
    assert (entry.trainer, entry.by, entry.reason) == (jordan, reviewer, "Jordan cannot find the card.")
    page = browser.get(f"/staff/trainers/trainer/{jordan.pk}/change/").content.decode()
    assert "looked at the pages as this person sees them." in page


def test_viewing_as_a_trainer_without_a_reason_is_refused(jordan, reviewer, signed_in):
    browser = signed_in(reviewer)
    assert start(browser, jordan, "  ").status_code == 422
    assert looking_at(browser) == ""


@pytest.mark.parametrize("role", ["reviewer", "lead", "registrar", "root"])
def test_reviewers_leads_registrars_and_superusers_may_view_as_a_trainer(jordan, signed_in, request, role):
    browser = signed_in(request.getfixturevalue(role))
    assert (
        "See what Jordan sees" in browser.get(f"/staff/trainers/trainer/{jordan.pk}/change/").content.decode()
    )
    assert start(browser, jordan).status_code == 302
    assert looking_at(browser) == "Jordan"


@pytest.mark.parametrize("role", ["finance", "read_only"])
def test_other_roles_may_not_view_as_a_trainer(jordan, signed_in, request, role):
    browser = signed_in(request.getfixturevalue(role))
    assert "See what" not in browser.get(f"/staff/trainers/trainer/{jordan.pk}/change/").content.decode()
    assert start(browser, jordan).status_code == 403
    assert not HistoryEntry.objects.filter(verb="looked at").exists()


def test_staff_cannot_view_as_a_colleague_or_as_themselves(jordan, reviewer, lead, root, signed_in):
    browser = signed_in(root)
    assert [start(browser, one).status_code for one in (reviewer, lead, root)] == [403, 403, 403]
    browser = signed_in(lead)
    assert start(browser, jordan).status_code == 302
    Trainer.objects.filter(pk=jordan.pk).update(is_staff=True)
    assert looking_at(browser) == ""


def test_viewing_as_a_trainer_ends_on_request_or_after_an_hour(
    jordan, looking, reviewer, signed_in, clock_at
):
    assert looking.post(f"/staff/trainers/trainer/{jordan.pk}/stop/").status_code == 302
    assert looking_at(looking) == ""
    browser = signed_in(reviewer)
    assert start(browser, jordan).status_code == 302
    with clock.moved_to(clock.now() + LASTS):
        assert looking_at(browser) == ""


def test_viewing_as_a_trainer_ends_when_the_staff_member_loses_the_role(jordan, looking, reviewer):
    reviewer.groups.clear()
    assert looking_at(looking) == ""


def test_viewing_as_a_trainer_does_not_sign_in_as_them_or_affect_the_staff_site(jordan, looking, reviewer):
    before = Trainer.objects.get(pk=jordan.pk).last_login
    looking.get("/home/")
    assert Trainer.objects.get(pk=jordan.pk).last_login == before
    assert looking.session["_auth_user_id"] == str(reviewer.pk)
    assert looking.get("/staff/").status_code == 200
    assert "Robin" not in looking.get("/home/").content.decode()


def test_a_page_that_would_write_is_refused_while_viewing_as_a_trainer(jordan, looking, monkeypatch):
    from renewals.views import renewing

    def writes(*_: object, **__: object) -> None:
        Trainer.objects.filter(pk=jordan.pk).update(name="Changed")

    monkeypatch.setattr(renewing, "home_of", writes)
    answer = looking.get("/home/")
    assert answer.status_code == 403
    assert "This page would change something" in answer.content.decode()
    jordan.refresh_from_db()
    assert jordan.name == "Jordan Rivera"


def test_staff_cannot_view_as_a_trainer_whose_data_is_erased(jordan, looking, lead, signed_in):
    own = {"asked_by": jordan, "asked_at": clock.now(), "confirmed_by": jordan, "confirmed_at": clock.now()}
    Erasure.objects.create(trainer=jordan, numbers=["11934482"], state="confirmed", **own)
    assert looking_at(looking) == ""
    browser = signed_in(lead)
    page = browser.get(f"/staff/trainers/trainer/{jordan.pk}/change/")
    assert page.context["page"].erased
    assert "data erased" in page.content.decode()
    assert "Change the name" not in page.content.decode()
    assert start(browser, jordan).status_code == 403
