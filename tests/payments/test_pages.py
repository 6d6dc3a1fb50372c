"""What trainers see of their payments, and the mails about them; strangers see nothing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from core.organisation import save_organisation
from outbox.models import Notice
from outbox.notices import kind_of
from outbox.resending import send_again
from payments.models import Charge, CheckoutSession, Refund
from payments.services import receive_event, void_charge
from payments.tasks import reconcile_payments
from tests.payments.scenes import NOON, charge_for, mail_of, paid, visit
from tests.reading import source_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid_charge(charge):
    receive_event(paid(visit(charge)), at=NOON)
    charge.refresh_from_db()
    return charge


def without_token(answer) -> str:
    """A page without what differs with every request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_the_payments_page_lists_each_payment_with_its_state_and_receipt(paid_charge, jordan, signed_in):
    charge_for(jordan, subject="tests.thing:2", at=NOON + timedelta(days=1), description="A petition")
    page = source_of(signed_in(jordan).get("/payments/"))
    assert page.index("A petition") < page.index("Renewal of certification 1193 4482")
    assert "$129.00" in page
    assert "Not paid yet" in page
    assert f'href="/payments/{paid_charge.pk}/receipt/"' in page
    assert page.count("/receipt/") == 1


@pytest.mark.parametrize(
    ("change", "tag"),
    [
        ({}, "Not paid yet"),
        ({"state": "confirming"}, "Waiting for your bank"),
        ({"refused_at": NOON}, "Your bank said no"),
        ({"state": "declined", "ended_at": NOON}, "Your bank said no"),
        ({"state": "expired", "ended_at": NOON}, "Not paid yet"),
    ],
)
def test_the_payments_page_describes_every_state_from_the_payers_view(charge, jordan, signed_in, change, tag):
    visit(charge, **change)
    assert tag in source_of(signed_in(jordan).get("/payments/"))


def test_the_payments_page_lists_void_charges_and_refunds(jordan, signed_in):
    void_charge(charge_for(jordan), by=None, at=NOON, reason="Withdrawn.")
    assert "Not due any more" in source_of(signed_in(jordan).get("/payments/"))
    returned = charge_for(jordan, subject="tests.thing:2")
    session = visit(returned)
    void_charge(returned, by=None, at=NOON, reason="Withdrawn.")
    receive_event(paid(session), at=NOON)
    assert "Returned to you" in source_of(signed_in(jordan).get("/payments/"))


def test_the_payments_page_says_where_to_pay_while_something_is_owed(charge, jordan, signed_in):
    page = source_of(signed_in(jordan).get("/payments/"))
    assert 'To pay for a renewal, go to <a href="/home/">Home</a>.' in page
    assert 'To pay for a petition, open it under <a href="/petitions/">Petitions</a>.' in page


def test_the_payments_page_does_not_say_where_to_pay_when_nothing_is_owed(paid_charge, jordan, signed_in):
    assert "To pay for" not in source_of(signed_in(jordan).get("/payments/"))


def test_ledger_entries_and_refunds_are_displayed_in_dollars(paid_charge):
    owed, payment = paid_charge.ledger.order_by("pk")
    assert (str(owed), str(payment)) == ("Charge 129.00 USD", "Payment -129.00 USD")
    refund = Refund(charge=paid_charge, payment=payment, amount_cents=2500, state="returned")
    assert str(refund) == "25.00 USD, returned"


def test_an_empty_list_of_payments_says_that_there_are_none_yet(jordan, signed_in):
    assert "No payments yet" in source_of(signed_in(jordan).get("/payments/"))


def test_the_payments_page_uses_the_same_number_of_queries_for_40_payments_as_for_one(
    jordan, signed_in, django_assert_max_num_queries
):
    browser = signed_in(jordan)
    counts = []
    for number in (1, 40):
        while Charge.objects.count() < number:
            place = Charge.objects.count()
            charge = charge_for(jordan, subject=f"tests.thing:{place}")
            receive_event(paid(visit(charge), name=f"evt_{place}"), at=NOON)
        with django_assert_max_num_queries(10) as asked:
            assert browser.get("/payments/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_receipt_has_every_required_detail(paid_charge, jordan, signed_in):
    page = source_of(signed_in(jordan).get(f"/payments/{paid_charge.pk}/receipt/"))
    expected = (
        f"<dt>Receipt number</dt><dd>{paid_charge.pk}</dd>",
        "Jordan Rivera, jordan@example.org",
        "March 2, 2027 at 12:00 pm",
        "Phoenix time",
        "Renewal of certification 1193 4482",
        "<dt>Renewal fee</dt><dd>$99.00</dd>",
        "<dt>Late fee</dt><dd>$30.00</dd>",
        "<dt>Total paid</dt><dd>$129.00 USD</dd>",
        "Reference pi_",
        "This was a practice payment",
    )
    for part in expected:
        assert part in page


def test_a_receipt_has_the_mark_and_name_of_its_issuer(paid_charge, jordan, lead, signed_in):
    save_organisation({"name": "Meridian Institute of Training"}, by=lead, at=NOON)
    main = source_of(signed_in(jordan).get(f"/payments/{paid_charge.pk}/receipt/")).partition("<main")[2]
    letterhead = main[main.index('class="letterhead"') : main.index("<address>")]
    assert 'class="mark"' in letterhead
    assert "Meridian" in letterhead


def test_a_receipt_mentions_a_second_payment_that_was_returned(charge, provider, jordan, signed_in):
    pages = [provider.go(charge)]
    CheckoutSession.objects.update(
        state="expired", ended_at=NOON
    )  # as if we had lost sight of the first page
    pages.append(provider.go(charge))
    for page in pages:
        provider.books.pay(page)
    provider.deliver_due()
    reconcile_payments()
    text = source_of(signed_in(jordan).get(f"/payments/{charge.pk}/receipt/"))
    assert text.count("A payment, taken") == 2
    assert "$129.00 returned to you" in text
    assert "Paid twice" in text


@pytest.mark.parametrize("state", ["unpaid", "void"])
def test_an_unpaid_charge_has_no_receipt(charge, jordan, signed_in, state):
    if state == "void":
        void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    assert signed_in(jordan).get(f"/payments/{charge.pk}/receipt/").status_code == 404


def test_a_strangers_receipt_and_a_missing_one_get_the_same_404(
    paid_charge, stranger, signed_in, django_assert_num_queries
):
    browser = signed_in(stranger)
    answers = []
    for pk in (paid_charge.pk, 999_999):
        with django_assert_num_queries(4):
            answers.append(browser.get(f"/payments/{pk}/receipt/"))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert without_token(answers[0]) == without_token(answers[1])
    assert "1193 4482" not in source_of(browser.get("/payments/"))


@pytest.mark.parametrize("pk", ["0", "9223372036854775808", "1" * 40])
def test_a_receipt_with_an_impossible_number_is_not_found(jordan, signed_in, pk):
    assert signed_in(jordan).get(f"/payments/{pk}/receipt/").status_code == 404


@pytest.mark.parametrize("path", ["/payments/", "/payments/1/receipt/"])
def test_a_visitor_is_redirected_to_sign_in(client, path, db):
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={path}")


@pytest.mark.parametrize("path", ["/payments/", "/payments/1/receipt/"])
def test_the_read_only_payment_pages_refuse_post(jordan, signed_in, path):
    assert signed_in(jordan).post(path).status_code == 405


# --- mails


def still_due(notice: Notice) -> bool:
    return notice.pk in kind_of(notice.kind).still_due([notice])


def test_a_mailed_receipt_has_all_amounts_and_one_link_to_its_page(paid_charge, settings):
    settings.PORTAL_URL = "https://portal.example"
    message = mail_of(Notice.objects.get(kind="payments.receipt"))
    assert message.title == "Receipt: you paid $129 on March 2, 2027"
    for part in ("Renewal fee: $99.00", "Late fee: $30.00", "Total paid: $129.00 USD", "practice payment"):
        assert part in message.text
    link = f"https://portal.example/payments/{paid_charge.pk}/receipt/"
    assert message.text.count("https://") == message.html.count('href="https://') == 1
    assert link in message.text
    assert link in message.html


def test_the_mail_about_a_slow_bank_is_due_only_while_the_bank_is_slow(charge, provider):
    page = provider.go(charge)
    provider.books.wait_for_bank(page)
    provider.deliver_due()
    notice = Notice.objects.get()
    assert still_due(notice)
    message = mail_of(notice)
    assert message.title == "Waiting for your bank since March 2, 2027"
    assert "Nothing to do" not in message.text
    assert "There is nothing to do. We will email you" in message.text
    provider.books.bank_answers(page, yes=True)
    provider.deliver_due()
    assert not still_due(notice)


def test_the_mail_about_a_refused_payment_is_due_only_until_the_charge_is_paid(charge, provider):
    provider.decline_slowly(charge)
    notice = Notice.objects.get(kind="payments.declined")
    assert still_due(notice)
    message = mail_of(notice)
    assert message.title == "Your bank said no to $129, March 2, 2027"
    assert "Nothing was charged." in message.text
    provider.settle(charge)
    assert not still_due(notice)


@pytest.mark.parametrize(
    ("cause", "sentence"),
    [
        ("twice", "This was paid twice, so we sent the second payment back."),
        ("late", "Your payment came after the last day to pay, so we could not use it."),
        ("not_due", "Your payment came when it was not due any more, so we could not use it."),
        ("our_error", "We made a mistake, and this puts it right."),
        ("wish", "You asked for it."),
    ],
)
def test_the_mail_about_a_refund_states_the_reason(charge, provider, cause, sentence):
    provider.pay_void(charge)
    reconcile_payments()
    notice = Notice.objects.get(kind="payments.returned")
    assert still_due(notice)
    notice.payload["cause"] = cause
    message = mail_of(notice)
    assert message.title == "We returned $129 to you on March 2, 2027"
    assert sentence in message.text
    assert sentence in message.html


def test_a_refund_mail_sent_again_later_keeps_its_date(charge, provider, root, clock_at):
    provider.pay_void(charge)
    reconcile_payments()
    failed = {"state": "failed", "ended_at": NOON, "last_error": "550 5.1.1 No such mailbox"}
    Notice.objects.filter(kind="payments.returned").update(**failed)
    later = clock_at("2027-03-20")
    notice = Notice.objects.get(kind="payments.returned")
    notice = send_again(notice, by=root, at=later)
    assert mail_of(notice).title == "We returned $129 to you on March 2, 2027"


def test_every_payment_mail_has_a_subject_that_fits_on_a_phone(jordan, provider):
    big = [{"code": "renewal", "label": "Renewal fee", "amount_cents": 1234567}]
    charge = charge_for(jordan, lines=big)
    september = NOON.replace(month=9, day=30)
    receive_event(paid(visit(charge), at=september), at=september)
    for kind in ("payments.receipt", "payments.confirming", "payments.declined", "payments.returned"):
        payload = {"charge": charge.pk, "cents": 1234567, "cause": "twice", "told_at": september.isoformat()}
        title = mail_of(Notice(pk=1, kind=kind, payload=payload)).title
        assert "September 30, 2027" in title
        assert len(title) <= 50
