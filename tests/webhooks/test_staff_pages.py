"""Webhooks on the staff side: added, read, paused, and sent again."""

import pytest
from django.urls import reverse

from core import clock
from tests.cast import colleague
from tests.reading import text_of
from tests.webhooks.scenes import an_endpoint, tell
from webhooks.events import TEST
from webhooks.models import Delivery, Endpoint
from webhooks.services.endpoints import reveal_secret

pytestmark = pytest.mark.django_db
GOOD = {"name": "Our CRM", "url": "https://crm.example.org/hooks", "events": [TEST]}


@pytest.fixture
def client(signed_in):
    return signed_in(colleague("finance"))


def page(name: str, row: Endpoint | Delivery | None = None) -> str:
    model = "delivery" if isinstance(row, Delivery) else "endpoint"
    return reverse(f"admin:webhooks_{model}_{name}", args=[row.pk] if row else [])


def test_an_endpoint_is_added_and_its_page_offers_what_can_be_done(client):
    assert page("make") in client.get(page("changelist")).content.decode()
    answer = client.post(page("make"), GOOD)
    made = Endpoint.objects.get()
    assert answer.headers["Location"] == page("change", made)
    text = text_of(client.get(page("change", made)))
    for words in (
        "Our CRM",
        "https://crm.example.org/hooks",
        "Pause…",
        "Send a test…",
        "Show the secret…",
        "End…",
    ):
        assert words in text


def test_an_address_inside_our_network_is_refused_at_its_field_and_kept(client):
    answer = client.post(page("make"), {**GOOD, "url": "https://192.168.1.1/hooks"})
    assert answer.status_code == 422
    assert "https://192.168.1.1/hooks" in answer.content.decode()
    assert "leads into a private network" in answer.content.decode()
    assert not Endpoint.objects.exists()


def test_the_secret_is_shown_only_after_a_button_and_never_kept_by_a_browser(client):
    endpoint = an_endpoint()
    secret = reveal_secret(endpoint, by=colleague("lead"), at=clock.now())
    assert secret not in client.get(page("show-secret", endpoint)).content.decode()
    answer = client.post(page("show-secret", endpoint))
    assert secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert secret not in client.get(page("change", endpoint)).content.decode()


@pytest.mark.parametrize(
    ("act", "state"),
    [("pause", "paused"), ("end", "ended"), ("replace-secret", "active"), ("test", "active")],
)
def test_each_action_on_an_endpoint_brings_it_to_its_state_and_shows_in_its_history(act, state, client):
    endpoint = an_endpoint()
    assert client.get(page(act, endpoint)).status_code == 200
    assert client.post(page(act, endpoint)).status_code == 302
    endpoint.refresh_from_db()
    assert endpoint.state == state
    assert client.get(page("history", endpoint)).status_code == 200


def test_an_endpoint_is_changed_and_resumed(client):
    endpoint = an_endpoint()
    client.post(page("change-it", endpoint), {**GOOD, "name": "Books"})
    client.post(page("pause", endpoint))
    client.post(page("resume", endpoint))
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.state) == ("Books", "active")


def test_a_failed_delivery_shows_its_answer_waits_on_today_and_is_sent_again(client):
    an_endpoint()
    delivery = tell(cents=9900)
    told = {"state": "failed", "ended_at": clock.now(), "last_error": "It answered 400.", "last_status": 400}
    Delivery.objects.filter(pk=delivery.pk).update(**told)
    assert "Webhooks that failed" in text_of(client.get(reverse("admin:index")))
    text = text_of(client.get(page("change", delivery)))
    assert "It answered 400." in text
    assert '"cents":9900' in text
    assert client.post(page("try-again", delivery)).status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("due", 0)


def test_a_reviewer_sees_the_lists_and_may_change_nothing(signed_in):
    endpoint, delivery, client = an_endpoint(), tell(), signed_in(colleague("reviewer"))
    assert page("make") not in client.get(page("changelist")).content.decode()
    assert "Pause…" not in text_of(client.get(page("change", endpoint)))
    addresses = [page(act, endpoint) for act in ("pause", "end", "show-secret", "test", "change-it")]
    for address in (*addresses, page("make"), page("try-again", delivery)):
        assert client.post(address, GOOD).status_code == 403
