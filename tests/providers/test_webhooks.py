"""Programs of a provider hear of refused completions and ending approvals; only its people say where."""

import json
from datetime import date

import pytest

from core import clock
from core.errors import Refusal
from core.history import subject_of
from providers.tasks import tell_of_approvals
from tests.cast import colleague
from tests.factories import ProviderFactory
from tests.providers.scenes import penny, report, row
from tests.reading import text_of
from webhooks import services
from webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db
GOOD = {"name": "Our LMS", "url": "https://lms.example.org/hooks", "events": ["completion.refused"]}
ADDRESS = "/provider/webhooks/"


@pytest.fixture
def browser(course, reporter, signed_in, clock_at):
    """Penny's browser, past the second factor."""
    clock_at("2026-06-01")
    return signed_in(reporter)


def an_endpoint(provider, *events: str) -> Endpoint:
    told = {**GOOD, "events": events or GOOD["events"]}
    return services.make_endpoint(subject_of(provider), **told, by=penny(), at=clock.now())


def test_a_refused_completion_is_told_without_a_name_and_a_taken_one_is_not(provider, browser, jordan):
    an_endpoint(provider)
    an_endpoint(provider, "course.approval_ends")
    batch = report(row(), row("99999999", "Nora Nobody"))
    [delivery] = Delivery.objects.all()
    told = json.loads(delivery.body)
    assert told["type"] == "completion.refused"
    assert told["data"]["report"] == batch.reference
    assert (told["data"]["number"], told["data"]["outcome"]) == ("99999999", "unknown_number")
    assert "Nora" not in delivery.body


def test_an_approval_that_ends_within_30_days_is_told_once_for_its_last_day(
    provider, course, browser, clock_at
):
    an_endpoint(provider, "course.approval_ends")
    type(course).objects.filter(pk=course.pk).update(approved_through=date(2026, 7, 1))
    clock_at("2026-05-31")
    assert tell_of_approvals() == 0
    clock_at("2026-06-01")
    for _ in range(2):
        tell_of_approvals()
    [delivery] = Delivery.objects.all()
    assert json.loads(delivery.body)["data"] == {
        "course": "balance",
        "title": "Balance for Runners",
        "approved_through": "2026-07-01",
    }


def test_people_of_a_provider_add_pause_and_end_a_webhook_and_read_its_secret(browser):
    answer = browser.post(ADDRESS, GOOD)
    made = Endpoint.objects.get()
    page = f"{ADDRESS}{made.pk}/"
    assert answer["Location"] == page
    assert "whsec_" in browser.post(page, {"act": "secret"}).content.decode()
    assert "whsec_" not in browser.get(page).content.decode()
    for act, state in (("test", "active"), ("pause", "paused"), ("resume", "active"), ("end", "ended")):
        assert browser.post(page, {"act": act}).status_code == 302
        made.refresh_from_db()
        assert made.state == state
    assert "portal.test" in text_of(browser.get(page))


@pytest.mark.parametrize(
    "act", ["", "fly", "again-", "again-x", "again-99999999999999999999", "again-0", "\x00"]
)
def test_a_post_with_an_unknown_act_changes_nothing_and_is_no_server_error(act, browser):
    browser.post(ADDRESS, GOOD)
    made = Endpoint.objects.get()
    assert browser.post(f"{ADDRESS}{made.pk}/", {"act": act}).status_code in (302, 400, 422)
    made.refresh_from_db()
    assert made.state == "active"


def test_an_unfit_url_or_event_is_refused_and_what_was_typed_is_kept(browser):
    answer = browser.post(ADDRESS, {**GOOD, "url": "https://10.0.0.1/hooks"})
    assert answer.status_code == 422
    assert "https://10.0.0.1/hooks" in answer.content.decode()
    assert browser.post(ADDRESS, {**GOOD, "events": ["journal.entry"]}).status_code == 422
    assert not Endpoint.objects.exists()


def test_people_of_another_provider_neither_see_nor_change_a_webhook(provider, browser, signed_in):
    endpoint = an_endpoint(provider)
    other = penny(ProviderFactory(name="Else", slug="else"), name="Otto Other")
    page = f"{ADDRESS}{endpoint.pk}/"
    assert signed_in(other).get(page).status_code == 404
    assert signed_in(other).post(page, {"act": "end"}).status_code == 404
    for by in (other, colleague("reviewer")):
        with pytest.raises(Refusal, match="may not change webhooks"):
            services.end_endpoint(endpoint, by=by, at=clock.now())
    assert services.pause_endpoint(endpoint, by=colleague("lead"), at=clock.now()).state == "paused"
