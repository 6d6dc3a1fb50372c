"""A refund that the provider refused is replaced once by a refund by hand, under the same cause."""

import pytest
from django.contrib.auth.models import Permission

from outbox.models import Notice
from payments.models import Charge, LedgerEntry, ProviderEvent, Refund
from payments.services import (
    approve_refund,
    credit_event,
    receive_event,
    refuse_refund,
    request_refund,
    return_event,
)
from tests.cast import colleague
from tests.payments.scenes import (
    NOON,
    TRANSFER,
    balance,
    mail_of,
    make_good,
    paid,
    record,
    refusal,
    refused_by_the_provider,
    sent_by_the_provider,
    visit,
)

pytestmark = pytest.mark.django_db


def test_only_finance_can_replace_a_failed_refund_by_a_manual_one_and_not_for_themselves(
    failed, jordan, finance
):
    for person in (jordan, colleague("lead"), colleague("reviewer")):
        refusal("not_allowed", record, failed.payment, person)
        refusal("not_allowed", make_good, failed, person)
    jordan.user_permissions.set(Permission.objects.filter(codename="give_refund"))
    payer = type(jordan).objects.get(pk=jordan.pk)
    refusal("own_money", record, failed.payment, payer)
    refusal("own_money", make_good, failed, payer)


def test_only_a_refund_that_the_provider_refused_can_be_replaced_by_a_manual_one(payment, finance):
    asked = request_refund(payment, amount_cents=3000, cause="our_error", reason="Why.", by=finance, at=NOON)
    assert refusal("out_of_order", make_good, asked, finance) == "The provider did not refuse this refund."


def test_a_manual_refund_that_replaces_a_failed_one_keeps_its_cause(
    failed, provider, finance, second_finance
):
    assert balance(failed.charge) == -12900
    waits = make_good(failed, finance)
    assert (waits.state, waits.cause, waits.amount_cents, waits.instead_of) == (
        "waiting",
        "twice",
        12900,
        failed,
    )
    approve_refund(waits, by=second_finance, at=NOON)
    assert balance(failed.charge) == 0
    booked = LedgerEntry.objects.get(kind="refund")
    assert (booked.reason, booked.reference) == ("Paid twice, by bank transfer or check", TRANSFER)
    said = mail_of(Notice.objects.get(kind="payments.returned")).text
    assert "This was paid twice, so we sent the second payment back." in said
    assert Charge.objects.get().state == "paid"
    assert sent_by_the_provider(provider) == []
    assert not Refund.objects.unanswered().exists()


def test_a_failed_refund_can_be_replaced_only_once(failed, finance, second_finance):
    waits = make_good(failed, finance)
    assert make_good(failed, finance) == waits
    sentence = refusal("changed", make_good, failed, second_finance)
    assert sentence == "Fay Finance gave this money back while you had it open. Nothing was changed by you."
    refuse_refund(waits, reason="No such transfer.", by=second_finance, at=NOON)
    assert list(Refund.objects.unanswered()) == [failed]
    assert make_good(failed, second_finance).state == "waiting"


def test_a_new_provider_refund_of_the_payment_replaces_the_failed_one(failed, finance):
    again = request_refund(
        failed.payment, amount_cents=12900, by=finance, at=NOON, cause="our_error", reason="Try again."
    )
    assert again.instead_of == failed
    assert not Refund.objects.unanswered().exists()
    refusal("changed", make_good, failed, finance)


def test_a_failed_refund_can_be_replaced_by_a_manual_one_only_while_its_money_is_unrefunded(failed, finance):
    kept = LedgerEntry.objects.filter(kind="payment").first()
    other = request_refund(kept, amount_cents=100, by=finance, at=NOON, cause="our_error", reason="Why.")
    refusal("out_of_order", make_good, other, finance)
    record(failed.payment, finance, 100)
    sentence = refusal("nothing_left", make_good, failed, finance, hand_reference="Check 4")
    assert sentence == "Of this payment only 128.00 is kept any more."


def test_a_manual_refund_of_unmatched_money_has_no_ledger_entry(charge, monkeypatch, finance):
    receive_event(paid(visit(charge), amount_total=5000), at=NOON)
    event = ProviderEvent.objects.get()
    return_event(event, reason="Another amount.", by=finance, at=NOON)
    failed = refused_by_the_provider(monkeypatch)
    made = make_good(failed, finance)
    assert (made.state, made.cause, made.charge, made.payment_ref) == (
        "returned",
        "unmatched",
        None,
        failed.payment_ref,
    )
    assert balance(charge) == 12900
    assert not LedgerEntry.objects.filter(kind="refund").exists()


def test_a_failed_refund_of_money_credited_since_cannot_be_replaced_by_a_manual_one(
    charge, monkeypatch, finance
):
    receive_event(paid(visit(charge), metadata={}), at=NOON)
    event = ProviderEvent.objects.get()
    with monkeypatch.context() as during:
        during.setattr("payments.services.matching.second_person_above", lambda charge, at: 12900)
        return_event(event, reason="Whose?", by=finance, at=NOON)
    failed = refused_by_the_provider(monkeypatch)
    again = ProviderEvent.objects.create(
        event_id="evt_again", type=event.type, payload=event.payload, received_at=NOON, state="parked"
    )
    credit_event(again, charge=charge, by=finance, at=NOON)
    assert "already credited" in refusal("credited", make_good, failed, finance)
