"""The provider's webhook: forged messages change nothing, messages that do not match are parked for staff."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from core.models import HistoryEntry
from payments.models import Charge, CheckoutSession, LedgerEntry, ProviderEvent
from tests.payments.scenes import (
    NOON,
    SECRET,
    TRUE,
    as_bytes,
    charge_for,
    event,
    everything,
    paid,
    post,
    send,
    visit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("secrets")]


def test_a_correctly_signed_webhook_message_is_stored_and_processed(session):
    assert send(paid(session)).status_code == 200
    kept = ProviderEvent.objects.get()
    assert (kept.event_id, kept.type, kept.state) == ("evt_paid", "checkout.session.completed", "processed")
    assert (kept.payload, kept.received_at) == (paid(session), NOON)
    assert Charge.objects.get().state == "paid"


def test_a_json_escaped_backslash_before_u0000_is_not_taken_for_a_nul_character(session):
    body = TRUE.replace(b"{}", b'{"name": "a\\\\u0000b", "livemode": false}')
    assert send(body).status_code == 200
    assert ProviderEvent.objects.get().payload["data"]["object"]["name"] == "a\\u0000b"


@pytest.mark.parametrize("secret", ["whsec_the_new_one", SECRET])
def test_a_message_signed_with_any_of_the_active_secrets_is_accepted(session, secret):
    assert send(paid(session), secret).status_code == 200


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_message_signed_within_five_minutes_is_accepted(session, seconds):
    assert send(paid(session), at=NOON + timedelta(seconds=seconds)).status_code == 200


def test_a_message_about_one_charge_never_settles_another(session, stranger):
    theirs = visit(charge_for(stranger, subject="tests.thing:2"))
    mixed = paid(session, id=theirs.provider_id)
    before = everything()
    assert send(mixed).status_code == 200
    assert ProviderEvent.objects.get().state == "parked"
    assert everything() == before


def test_a_payment_is_never_credited_to_two_charges(session, stranger):
    theirs = visit(charge_for(stranger, subject="tests.thing:2"))
    send(paid(session, name="evt_1"))
    before = everything()
    send(paid(theirs, name="evt_2", payment_intent=f"pi_{session.pk}"))
    assert ProviderEvent.objects.get(event_id="evt_2").note.endswith("is already credited elsewhere.")
    assert everything() == before


@pytest.mark.parametrize("kind", ["payment_intent.created", "customer.created", "checkout.session.exploded"])
def test_a_webhook_message_of_an_unhandled_type_is_stored_and_ignored(session, kind):
    before = everything()
    assert send(event(kind, {"id": "x", "livemode": False})).status_code == 200
    assert ProviderEvent.objects.get().state == "ignored"
    assert everything() == before


def test_a_failed_payment_that_was_not_started_in_the_portal_is_ignored(session):
    thing = {"id": "pi_1", "amount": 5, "currency": "usd", "livemode": False, "metadata": {}}
    send(event("payment_intent.payment_failed", thing))
    assert ProviderEvent.objects.get().state == "ignored"


def test_a_webhook_message_received_twice_is_processed_once(session):
    assert [send(paid(session)).status_code for _ in range(3)] == [200, 200, 200]
    assert ProviderEvent.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="payment").count() == 1
    assert HistoryEntry.objects.filter(verb="settled").count() == 1


def test_a_parked_message_is_not_processed_when_it_is_sent_again(charge):
    message = paid(
        CheckoutSession(
            pk=1,
            charge=charge,
            amount_cents=charge.amount_cents,
            provider_id="cs_late",
            idempotency_key="late",
        )
    )
    send(message)
    visit(charge, provider_id="cs_late", idempotency_key="late")
    send(message)
    assert ProviderEvent.objects.get().state == "parked"
    assert Charge.objects.get().state == "open"


def test_a_second_message_with_the_same_id_cannot_replace_the_first(session):
    send(paid(session))
    before = everything()
    assert send(paid(session, amount_total=1)).status_code == 200
    assert ProviderEvent.objects.get().payload["data"]["object"]["amount_total"] == 12900
    assert everything() == before


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_the_webhook_accepts_only_post(db, method):
    assert getattr(Client(), method)("/payments/webhook/").status_code == 405


def test_a_webhook_message_whose_processing_fails_is_stored_for_the_sweep(session, monkeypatch):
    from payments.services import events

    monkeypatch.setattr(events, "record_facts", broken)
    assert send(paid(session)).status_code == 200
    kept = ProviderEvent.objects.get()
    assert (kept.state, kept.attempts, kept.note) == ("received", 1, "ZeroDivisionError: of ours")
    assert Charge.objects.get().state == "open"
    monkeypatch.undo()
    assert send(paid(session)).status_code == 200
    assert Charge.objects.get().state == "paid"


def broken(*args, **kwargs):
    raise ZeroDivisionError("of ours")


def test_the_webhook_never_logs_a_message_or_a_secret(session, caplog):
    post(as_bytes(paid(session)), "t=1,v1=0")
    assert "refused: not signed" in caplog.text
    assert "cs_test" not in caplog.text
    assert SECRET not in caplog.text
    assert json.dumps(paid(session)) not in caplog.text
