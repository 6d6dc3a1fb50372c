"""The webhooks of the payment stand-in: signed, repeated until accepted, and disturbed on request."""

import json

import pytest
import stripe

from tests.demo.scenes import PAGE, browse, turn
from tests.payments.scenes import SECRET


def test_webhook_messages_carry_a_signature_that_the_sdk_accepts(stand_in, mailbox, sdk):
    stand_in.provider.pay(sdk.checkout.sessions.create(PAGE).id)
    assert stand_in.deliver_due() == 1
    ((body, header),) = mailbox
    assert stripe.WebhookSignature.verify_header(body, header, SECRET)
    assert not mailbox[1:]


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        ("pay", ["checkout.session.completed"]),
        ("decline", ["payment_intent.payment_failed"]),
        ("slow", ["checkout.session.completed"]),
    ],
)
def test_each_button_of_the_stand_in_page_sends_its_webhook_message(stand_in, mailbox, act, kinds, page):
    browse(page.url, do=act)
    stand_in.deliver_due()
    assert mailbox.kinds() == kinds


@pytest.mark.parametrize(("button", "kind"), [("bank_yes", "succeeded"), ("bank_no", "failed")])
def test_a_button_of_the_stand_in_completes_or_fails_a_payment_that_waits_for_its_bank(
    stand_in, mailbox, button, kind, page
):
    url = page.url
    browse(url, do="slow")
    browse(url, do=button)
    browse(url, do=button)
    stand_in.deliver_due()
    assert mailbox.kinds() == ["checkout.session.completed", f"checkout.session.async_payment_{kind}"]


def test_a_stand_in_payment_that_waits_for_its_bank_is_completed_after_a_minute(
    stand_in, mailbox, clock_at, page
):
    browse(page.url, do="slow")
    clock_at("2027-03-02 12:00:59")
    stand_in.deliver_due()
    assert len(mailbox) == 1
    clock_at("2027-03-02 12:01")
    stand_in.deliver_due()
    assert mailbox.kinds()[1:] == ["checkout.session.async_payment_succeeded"]


def test_a_checkout_page_expires_after_a_day(stand_in, mailbox, sdk, clock_at, page):
    clock_at("2027-03-03 12:00")
    stand_in.deliver_due()
    assert mailbox.kinds() == ["checkout.session.expired"]
    assert sdk.checkout.sessions.retrieve(page.id).status == "expired"


def test_a_webhook_message_is_sent_again_until_it_is_accepted(stand_in, mailbox, sdk, clock_at):
    stand_in.provider.pay(sdk.checkout.sessions.create(PAGE).id)
    mailbox.status = 503
    waits = []
    for second in range(8):
        clock_at(f"2027-03-02 12:00:0{second}")
        before = len(mailbox)
        stand_in.deliver_due()
        waits += [second] if len(mailbox) > before else []
    assert waits == [0, 1, 3, 7]
    mailbox.status = 200
    clock_at("2027-03-02 12:01")
    assert stand_in.deliver_due() == 1
    assert stand_in.deliver_due() == 0
    assert len({json.loads(body)["id"] for body, _ in mailbox}) == 1


def test_the_stand_in_can_drop_double_delay_and_reorder_its_webhook_messages(
    stand_in, mailbox, sdk, clock_at
):
    def pay():
        return stand_in.provider.pay(sdk.checkout.sessions.create(PAGE).id)["id"]

    turn(stand_in, drop=True)
    pay()
    turn(stand_in, drop=False, copies=2)
    pay()
    stand_in.deliver_due()
    assert len(mailbox) == 2
    assert mailbox[0] == mailbox[1]
    turn(stand_in, copies=1, delay=5)
    pay()
    assert stand_in.deliver_due() == 0
    clock_at("2027-03-02 12:00:05")
    assert stand_in.deliver_due() == 1
    turn(stand_in, delay=0, hold=True)
    names = [pay(), pay(), pay()]
    assert stand_in.deliver_due() == 0
    assert turn(stand_in, hold=False, release="backwards")["deliveries"] == {"delivered": 3, "waiting": 3}
    mailbox.clear()
    clock_at("2027-03-02 12:00:06")
    stand_in.deliver_due()
    assert [json.loads(body)["data"]["object"]["id"] for body, _ in mailbox] == names[::-1]


def test_an_unknown_stand_in_control_is_refused(stand_in):
    assert browse(f"{stand_in.base}/control", x="y")[0] == 400
