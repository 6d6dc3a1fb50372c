"""No card number of a whole payment journey is in the database, the logs or the mails."""

import logging
import re

import pytest
from django.apps import apps
from django.core import mail as sent_mail

from core import mail
from outbox.models import Notice
from outbox.notices import kind_of
from payments.models import LedgerEntry
from payments.services import receive_event, request_refund
from payments.tasks import reconcile_payments
from tests.cast import colleague
from tests.payments.scenes import NOON, Payer, charge_for, event

pytestmark = pytest.mark.django_db
CARD = "4242424242424242"
# 13 to 19 digits that begin as cards do, in groups or not, and are no part of a longer word.
LIKE_A_CARD = re.compile(r"(?<![\w.])[2-6](?:[ -]?[0-9]){12,18}(?!\w)")


def card_numbers(text: str) -> list[str]:
    found = (re.sub(r"[ -]", "", match) for match in LIKE_A_CARD.findall(text))
    return [number for number in found if _luhn(number)]


def _luhn(number: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "card 4242 4242 4242 4242.",
        "4000-0566-5566-5556",
        '{"number": "378282246310005"}',
        "['5555555555554444']",
        "card=6011111111111117&cvc=123",
    ],
)
def test_the_card_number_scan_recognizes_card_numbers(text):
    assert len(card_numbers(text)) == 1


@pytest.mark.parametrize(
    "text", ["1193 4482", "4242424242424241", "re_4242424242424242", "1804100400", "2027-03-02 12:00"]
)
def test_the_card_number_scan_ignores_other_numbers(text):
    assert card_numbers(text) == []


def database() -> str:
    rows = (row for model in apps.get_models() for row in model._base_manager.values())
    return "\n".join(map(str, rows))


def mails() -> str:
    said = []
    for notice in Notice.objects.all():
        kind = kind_of(notice.kind)
        message = mail.render_mail(kind.template, kind.contexts([notice])[notice.pk])
        said += [message.title, message.text, message.html]
    return "\n".join([*said, *(str(one.message()) for one in sent_mail.outbox)])


def journey(jordan, provider: Payer) -> None:
    """Declined and then paid, refused by a slow bank, paid, left open, and a part given back."""
    charges = [charge_for(jordan, subject=f"tests.thing:{number}") for number in range(4)]
    pages = [provider.go(charge) for charge in charges]
    provider.books.decline(pages[0])
    provider.books.pay(pages[0])
    provider.books.wait_for_bank(pages[1])
    provider.books.bank_answers(pages[1], yes=False)
    provider.books.pay(pages[2])
    provider.deliver_due()
    payment = LedgerEntry.objects.filter(kind="payment").first()
    finance = colleague("finance")
    request_refund(payment, amount_cents=500, cause="our_error", reason="Why.", by=finance, at=NOON)
    reconcile_payments()
    provider.deliver_due()


def test_a_complete_renewal_stores_no_card_number_anywhere(jordan, provider, signed_in, caplog):
    caplog.set_level(logging.DEBUG)
    journey(jordan, provider)
    browser = signed_in(jordan)
    # Somebody sends one all the same, where no page asks for it.
    for address in ("/payments/", "/renew/pay/", "/renew/check/", "/payments/webhook/"):
        browser.get(address, {"card": CARD})
        browser.post(address, {"card": CARD, "number": "4242 4242 4242 4242"})
    assert Notice.objects.count() >= 4
    assert [card_numbers(text) for text in (database(), mails(), caplog.text)] == [[], [], []]


def test_the_scan_finds_a_card_number_in_the_database(jordan, caplog):
    receive_event(event("customer.created", {"id": "x", "livemode": False, "card": CARD}), at=NOON)
    assert card_numbers(database()) == [CARD]
