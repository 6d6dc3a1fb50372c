"""Events of a mail provider: each recorded once, in any order."""

import base64
import json
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from anymail.signals import AnymailTrackingEvent
from django.urls import resolve

from core import clock
from core.access import access_of
from core.models import HistoryEntry
from outbox import bounces
from outbox.models import MailEvent, Notice
from outbox.notices import queue_notice
from outbox.sender import send_due
from recert import urls
from trainers.models import Trainer

GONE = "550 5.1.1 No such mailbox"
SECRET = "postmaster:correct horse battery"


@pytest.fixture(autouse=True)
def _noon(clock_at):
    clock_at("2027-03-02")


@pytest.fixture
def notice(jordan, plain) -> Notice:
    """A reminder that was sent to Jordan."""
    made = queue_notice("tests.plain", subject="thing", event="once", trainer=jordan, send_at=clock.now())
    assert send_due() == Counter(sent=1)
    made.refresh_from_db()
    return made


def post_event(notice: Notice | None = None, **fields) -> None:
    """One event, as anymail hands it on."""
    said = {"event_type": "bounced", "event_id": "event-1", "recipient": "jordan@example.org"}
    said |= {"timestamp": clock.now() - timedelta(minutes=1)}
    said |= {"message_id": notice.message_id} if notice else {}
    bounces._receive(sender=None, event=AnymailTrackingEvent(**said | fields), esp_name="Postmark")


def history_verbs(trainer: Trainer) -> list[str]:
    entries = HistoryEntry.objects.filter(trainer=trainer, verb__in=("mail_refused", "reminders_off"))
    return list(entries.order_by("pk").values_list("verb", flat=True))


def test_a_bounced_mail_is_recorded_and_marks_the_address_as_undeliverable(notice, jordan, stranger):
    post_event(notice, mta_response=GONE)
    event = MailEvent.objects.get()
    assert (event.event_id, event.notice, event.kind) == ("Postmark:event-1", notice, "bounced")
    assert (event.address, event.words) == ("jordan@example.org", GONE)
    jordan.refresh_from_db()
    assert (jordan.mail_trouble, jordan.mail_trouble_at) == (GONE, clock.now() - timedelta(minutes=1))
    stranger.refresh_from_db()
    assert stranger.mail_trouble_at is None


def test_a_repeated_delivery_event_changes_nothing(notice, jordan):
    for _ in range(10):
        post_event(notice, mta_response=GONE)
    assert (MailEvent.objects.count(), history_verbs(jordan)) == (1, ["mail_refused"])


@pytest.mark.parametrize("order", [("delivered", "bounced"), ("bounced", "delivered")])
def test_delivery_events_in_any_order_give_the_same_result(notice, jordan, order):
    moments = {"delivered": 5, "bounced": 3}
    for kind in order:
        at = clock.now() - timedelta(minutes=moments[kind])
        post_event(notice, event_type=kind, event_id=kind, timestamp=at, mta_response=GONE)
    assert list(notice.mail_events.values_list("kind", flat=True)) == ["bounced", "delivered"]
    jordan.refresh_from_db()
    assert (jordan.mail_trouble, history_verbs(jordan)) == (GONE, ["mail_refused"])


def test_a_spam_complaint_switches_optional_reminders_off_once(notice, jordan, stranger):
    for number in range(2):
        post_event(notice, event_type="complained", event_id=f"complaint-{number}")
    jordan.refresh_from_db()
    stranger.refresh_from_db()
    assert (jordan.wants_reminders, stranger.wants_reminders) == (False, True)
    assert (jordan.mail_trouble_at, history_verbs(jordan)) == (None, ["reminders_off"])
    assert HistoryEntry.objects.get(verb="reminders_off").reason == "Reported one of our mails as unwanted"


def test_a_repeated_spam_complaint_does_not_override_reminders_switched_on_again(notice, jordan):
    post_event(notice, event_type="complained")
    Trainer.objects.filter(pk=jordan.pk).update(wants_reminders=True)
    post_event(notice, event_type="complained")
    jordan.refresh_from_db()
    assert jordan.wants_reminders is True


def test_a_delivery_event_is_recorded_and_changes_nothing_else(notice, jordan):
    post_event(notice, event_type="delivered", message_id=notice.message_id.strip("<>"))
    assert notice.mail_events.get().kind == "delivered"
    assert history_verbs(jordan) == []


@pytest.mark.parametrize(
    "kind", ["queued", "sent", "deferred", "opened", "clicked", "autoresponded", "unknown"]
)
def test_a_mail_event_that_is_not_about_delivery_is_not_recorded(notice, kind):
    post_event(notice, event_type=kind)
    assert not MailEvent.objects.exists()


def test_a_bounce_of_an_unknown_message_is_recorded_and_marks_the_address_as_undeliverable(jordan):
    post_event(message_id="<of-the-provider@example.net>", mta_response=GONE)
    post_event(message_id=None, recipient="nobody@example.net", event_id="event-2")
    assert list(MailEvent.objects.values_list("notice", flat=True)) == [None, None]
    assert history_verbs(jordan) == ["mail_refused"]


def test_a_bounce_of_a_former_address_marks_no_account(notice, jordan):
    Trainer.objects.filter(pk=jordan.pk).update(email="rivera@example.org")
    post_event(notice)
    assert (MailEvent.objects.count(), history_verbs(jordan)) == (1, [])


def test_events_without_an_id_are_distinguished_by_their_content(notice):
    for _ in range(2):
        post_event(notice, event_id=None, event_type="delivered")
        post_event(notice, event_id=None, event_type="bounced")
        post_event(notice, event_id="x" * 400, event_type="delivered")
    assert MailEvent.objects.count() == 3


def test_oversized_and_missing_fields_of_an_event_are_stored_within_their_limits(notice):
    words = "\x00\ud800<script>" + "x" * 1000
    post_event(notice, event_id="a\x00b", recipient="J" * 400 + "@Example.org", mta_response=words)
    post_event(event_id="empty", recipient=None, timestamp=None, mta_response=None, description=None)
    event = MailEvent.objects.get(event_id="Postmark:a b")
    assert (event.words[:9], len(event.words), len(event.address)) == ("<script>x", 300, 254)
    assert MailEvent.objects.get(event_id="Postmark:empty").at == clock.now()


def test_a_delivery_event_dated_in_the_future_is_recorded_with_the_current_time(notice):
    post_event(notice, timestamp=clock.now() + timedelta(days=1))
    assert MailEvent.objects.get().at == clock.now()


# --- the way in ---


@pytest.fixture
def provider(settings):
    """Postmark, whose events arrive at /mail/events/ of the routes as they are made when it is configured."""
    settings.EMAIL_PROVIDER = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    made = spec_from_file_location("routes_with_a_provider", urls.__file__)
    routes = module_from_spec(made)
    made.loader.exec_module(routes)
    settings.ROOT_URLCONF = routes
    bounces.connect_provider()


def post(client, secret: str | None = SECRET, **fields):
    body = {
        "RecordType": "Bounce",
        "ID": 42,
        "Type": "HardBounce",
        "TypeCode": 1,
        "Email": "jordan@example.org",
        "BouncedAt": "2027-03-02T18:00:00Z",
        "Details": GONE,
        **fields,
    }
    headers = {}
    if secret:
        headers["Authorization"] = "Basic " + base64.b64encode(secret.encode()).decode()
    return client.post("/mail/events/", json.dumps(body), content_type="application/json", headers=headers)


def test_the_mail_providers_webhook_records_an_event(client, provider, notice, jordan):
    for _ in range(2):
        assert post(client, MessageID=notice.message_id).status_code == 200
    event = MailEvent.objects.get()
    assert (event.notice, event.kind, event.at) == (notice, "bounced", datetime(2027, 3, 2, 18, tzinfo=UTC))
    assert history_verbs(jordan) == ["mail_refused"]


@pytest.mark.parametrize("secret", [None, "postmaster:wrong"])
def test_a_webhook_call_without_the_secret_is_refused(client, provider, notice, secret):
    assert post(client, secret, MessageID=notice.message_id).status_code == 400
    assert not MailEvent.objects.exists()


def test_the_webhook_route_declares_that_it_is_a_webhook(provider):
    assert access_of(resolve("/mail/events/")) == "webhook"


def test_an_unknown_mail_provider_is_refused_by_name(settings):
    settings.EMAIL_PROVIDER = "pigeon"
    with pytest.raises(bounces.ImproperlyConfigured, match="pigeon"):
        bounces.provider_view()


def test_without_a_mail_provider_the_webhook_url_gives_404(client, db):
    assert client.post("/mail/events/").status_code == 404


TOLD_TWICE = f"""
import base64, json
from django.test import Client
from outbox.models import MailEvent
from trainers.models import Trainer
Trainer.objects.create_user("jordan@example.org", name="Jordan Rivera")
body = json.dumps({{
    "RecordType": "Bounce", "ID": 42, "Type": "HardBounce", "TypeCode": 1,
    "Email": "jordan@example.org", "BouncedAt": "2026-03-02T18:00:00Z", "Details": {GONE!r},
}})
def post_event(secret):
    headers = {{"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}}
    answer = Client(SERVER_NAME="127.0.0.1").post("/mail/events/", body, content_type="application/json", headers=headers)
    return answer.status_code
answers = [post_event(secret) for secret in ({SECRET!r}, {SECRET!r}, "postmaster:wrong")]
print(answers, MailEvent.objects.count(), Trainer.objects.get().mail_trouble)
"""


@pytest.mark.parametrize(
    ("provider", "said"), [("postmark", f"[200, 200, 400] 1 {GONE}"), ("", "[404, 404, 404] 0 ")]
)
def test_a_production_process_records_mail_events_only_with_a_provider_configured(
    throwaway_database, provider, said
):
    """As it starts in production: nothing of this test has connected anything."""
    env = {"EMAIL_PROVIDER": provider, "EMAIL_PROVIDER_WEBHOOK_SECRET": SECRET}
    portal = replace(throwaway_database, env={**throwaway_database.env, **env})
    process = portal.start("manage.py", "shell", "-v0", "-c", TOLD_TWICE, stdout=subprocess.PIPE)
    printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert printed.splitlines()[-1] == said
