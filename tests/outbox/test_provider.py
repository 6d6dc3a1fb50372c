"""Mail that goes out by the API of a provider: what each of its answers means for a notice."""

import json
from collections import Counter

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured

from outbox.provider import check_provider
from outbox.sender import send_due
from tests.forked import refusal_of
from tests.reading import state_of

TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a", "To": "jordan@example.org"}
WHY = "Inactive recipients are ones that have generated a hard bounce or a spam complaint."
INACTIVE = {"ErrorCode": 406, "Message": f"Found inactive addresses: jordan@example.org. {WHY}"}


class Provider:
    """Postmark's API without a network: it gives `answer` and remembers what it was asked."""

    def __init__(self) -> None:
        self.status, self.body = 200, TAKEN
        self.error: Exception | None = None
        self.asked: list[dict] = []

    def request(self, session, **asked):
        self.asked.append(asked)
        if self.error:
            raise self.error
        made = requests.Response()
        made.status_code, made._content = self.status, json.dumps(self.body).encode()
        return made


@pytest.fixture
def provider(settings, monkeypatch, clock_at):
    clock_at("2027-03-02 09:00")
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token", "REQUESTS_TIMEOUT": 10}
    made = Provider()
    monkeypatch.setattr(requests.Session, "request", lambda session, **asked: made.request(session, **asked))
    return made


def test_a_notice_is_sent_by_the_providers_api_with_its_key_and_a_time_limit(put, provider):
    notice = put(1)
    assert send_due() == Counter(sent=1)
    assert state_of(notice) == "sent"
    (asked,) = provider.asked
    assert (asked["headers"]["X-Postmark-Server-Token"], asked["timeout"]) == ("token", 10)
    sent = json.loads(asked["data"])
    assert (sent["To"], sent["Subject"]) == ("jordan@example.org", "About thing:1")


def test_an_address_that_the_provider_refuses_fails_its_notice_at_once(put, provider):
    provider.status, provider.body = 422, INACTIVE
    notice = put(1)
    assert send_due() == Counter(failed=1)
    assert (state_of(notice), len(provider.asked)) == ("failed", 1)


def test_a_notice_that_the_provider_neither_takes_nor_refuses_is_not_counted_as_sent(put, provider):
    provider.status, provider.body = 422, {"ErrorCode": 406, "Message": "In other words than before"}
    notice = put(1)
    assert send_due() == Counter({"put off": 1})
    assert state_of(notice) == "due"


def test_a_refused_key_stops_the_round_and_every_notice_waits_uncounted(put, provider):
    provider.status, provider.body = 401, {"ErrorCode": 10, "Message": "Bad token"}
    notices = [put(1), put(2)]
    send_due()
    assert [state_of(notice) for notice in notices] == ["due", "due"]
    assert ([notice.attempts for notice in notices], len(provider.asked)) == ([0, 0], 1)


@pytest.mark.parametrize("error", [requests.ConnectionError("away"), requests.Timeout("slow")])
def test_a_provider_that_does_not_answer_is_tried_again_later(put, provider, error):
    provider.error = error
    notice = put(1)
    assert send_due() == Counter({"put off": 1})
    assert (state_of(notice), notice.attempts, len(provider.asked)) == ("due", 0, 1)


def test_a_provider_that_has_a_fault_is_tried_again_later(put, provider):
    provider.status, provider.body = 503, {}
    notice = put(1)
    assert send_due() == Counter({"put off": 1})
    assert (state_of(notice), notice.attempts) == ("due", 0)


def test_sending_without_the_providers_key_is_refused_at_the_start(settings, provider):
    settings.ANYMAIL = {}
    with pytest.raises(ImproperlyConfigured, match="POSTMARK_SERVER_TOKEN"):
        check_provider()


def test_sending_by_an_unknown_provider_is_refused_at_the_start(settings):
    settings.EMAIL_BACKEND = "anymail.backends.pigeon.EmailBackend"
    with pytest.raises(ImproperlyConfigured, match="EMAIL_PROVIDER must name a provider"):
        check_provider()


def test_sending_by_a_provider_that_is_not_named_is_refused_at_the_start():
    refusal = refusal_of({"EMAIL_BY_PROVIDER": "true"})
    assert refusal == "Refusing to start: EMAIL_BY_PROVIDER must be false while EMAIL_PROVIDER is empty."
