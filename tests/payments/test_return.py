"""A payer who comes back from the payment page: the portal asks the provider itself, within three seconds."""

import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from outbox.models import Notice
from payments.models import CheckoutSession, LedgerEntry, ProviderEvent
from payments.services import returning
from renewals.models import Application
from tests.payments.rogue import BODIES, rogue_provider
from tests.payments.scenes import balance, open_page, page_of
from tests.petitions import scenes as petition_scenes
from tests.race import race
from tests.reading import heading_of, text_of
from tests.renewals.scenes import submit

DONE = "You’re renewed through March 14, 2029"
CONFIRMING = "We are confirming your payment"


@pytest.fixture
def application(ready, at_noon) -> Application:
    return submit(ready, "2027-03-02")


@pytest.fixture
def payer(ready, signed_in):
    return signed_in(ready, SERVER_NAME="localhost")


@pytest.fixture
def paid_page(application, payer, provider) -> str:
    """The provider's name of a page on which Jordan paid; no message about it was delivered."""
    page = go_to_pay(payer, application)
    provider.books.pay(page)
    return page


@pytest.fixture
def waiting(monkeypatch) -> None:
    """The payer waits for a late message, as outside of tests."""
    monkeypatch.setattr(returning, "LONGEST_WAIT", 3.0)


def go_to_pay(payer, application) -> str:
    return page_of(payer.post(f"/renew/{application.reference}/pay/")["Location"])


def come_back(payer, provider, page: str):
    """Follow the address that the provider was given."""
    return payer.get(provider.books.page(page)["success_url"], follow=True)


def money() -> tuple[int, int, int]:
    """Return the number of payments, of receipt mails and of mails about the renewal."""
    notices = Notice.objects
    told = [notices.filter(kind=kind).count() for kind in ("payments.receipt", "renewals.renewed")]
    return LedgerEntry.objects.filter(kind="payment").count(), *told


@pytest.mark.parametrize("number", range(11))
def test_an_instant_payment_ends_on_the_done_page_without_any_webhook(paid_page, payer, provider, number):
    began = time.monotonic()
    answer = come_back(payer, provider, paid_page)
    assert time.monotonic() - began < 3
    assert heading_of(answer) == DONE
    assert answer.request["PATH_INFO"] == f"/renew/{Application.objects.get().reference}/"
    assert money() == (1, 1, 1)


def test_a_payment_is_settled_once_by_two_tabs_a_refresh_and_the_webhook(paid_page, payer, provider):
    assert heading_of(come_back(payer, provider, paid_page)) == DONE
    assert heading_of(come_back(payer, provider, paid_page)) == DONE
    assert provider.deliver_due() == 1
    assert heading_of(come_back(payer, provider, paid_page)) == DONE
    assert money() == (1, 1, 1)


@pytest.mark.parametrize("fault", ["hangs", "drips", *BODIES])
def test_a_payer_who_returns_waits_at_most_three_seconds_for_a_provider_that_does_not_answer(
    paid_page, payer, provider, waiting, settings, fault
):
    with rogue_provider(fault) as settings.STRIPE_API_BASE:
        began = time.monotonic()
        answer = come_back(payer, provider, paid_page)
        assert time.monotonic() - began < 3.3
    assert heading_of(answer) == CONFIRMING
    assert "bank" not in text_of(answer)
    again = f"/renew/pay/return/?renewal={Application.objects.get().reference}"
    assert f'href="{again}">Check again</a>' in answer.content.decode()
    assert money() == (0, 0, 0)
    # What an object of the provider's says is kept for staff when it contradicts our rows.
    assert ProviderEvent.objects.count() == (fault == "sends another thing")
    settings.STRIPE_API_BASE = provider.stand_in.base
    assert heading_of(payer.get(again, follow=True)) == DONE
    assert money() == (1, 1, 1)


def test_refreshing_the_return_page_asks_the_provider_at_most_five_times_a_minute(
    application, payer, provider, monkeypatch
):
    monkeypatch.setattr(
        returning, "clock", SimpleNamespace(real_now=lambda: datetime(2027, 3, 2, tzinfo=UTC))
    )
    page, asked = go_to_pay(payer, application), []
    provider.books.wait_for_bank(page)
    ask = returning.ask_provider
    monkeypatch.setattr(
        returning, "ask_provider", lambda visit, **how: (asked.append(visit), ask(visit, **how))
    )
    headings = {heading_of(come_back(payer, provider, page)) for _ in range(8)}
    assert headings == {"We are waiting for your bank"}
    assert len(asked) == 5


def test_a_webhook_that_arrives_while_the_payer_waits_ends_the_wait(
    paid_page, payer, provider, waiting, settings, monkeypatch
):
    stub = SimpleNamespace(sleep=lambda seconds: provider.deliver_due(), monotonic=time.monotonic)
    monkeypatch.setattr(returning, "time", stub)
    with rogue_provider("is down") as settings.STRIPE_API_BASE:
        assert heading_of(come_back(payer, provider, paid_page)) == DONE
    assert money() == (1, 1, 1)


def test_the_payment_return_page_names_the_bank_only_until_the_bank_has_confirmed(
    application, payer, provider
):
    page = go_to_pay(payer, application)
    provider.books.wait_for_bank(page)
    answer = come_back(payer, provider, page)
    assert heading_of(answer) == "We are waiting for your bank"
    assert "Check again" in text_of(answer)
    provider.books.bank_answers(page, yes=True)
    assert heading_of(come_back(payer, provider, page)) == DONE


def test_after_paying_the_browser_returns_to_the_host_from_which_the_payment_page_was_opened(
    application, ready, signed_in, provider
):
    for host in ("127.0.0.1:8000", "localhost:8000"):
        page = go_to_pay(signed_in(ready, HTTP_HOST=host), application)
        back = f"http://{host}/renew/pay/return/?renewal={application.reference}"
        found = provider.books.page(page)
        assert (found["success_url"], found["cancel_url"]) == (back, f"{back}&left=1")
    assert list(CheckoutSession.objects.order_by("pk").values_list("state", flat=True)) == ["expired", "open"]
    elsewhere = signed_in(ready, HTTP_HOST="evil.example").post(f"/renew/{application.reference}/pay/")
    assert elsewhere.status_code == 400


def test_a_paid_payment_page_is_not_replaced_when_it_is_opened_from_another_host(
    paid_page, ready, signed_in, provider
):
    application = Application.objects.get()
    answer = signed_in(ready, HTTP_HOST="127.0.0.1:8000").post(f"/renew/{application.reference}/pay/")
    assert answer["Location"] == f"/renew/{application.reference}/"
    assert CheckoutSession.objects.get().state == "complete"
    assert LedgerEntry.objects.filter(kind="payment").count() == 1


def test_a_petition_is_in_review_when_its_payer_returns_from_the_payment_page(
    jordan, at_noon, signed_in, provider
):
    petition = petition_scenes.unpaid(jordan, at=at_noon)
    payer = signed_in(jordan, SERVER_NAME="localhost")
    page = page_of(payer.post(f"/petitions/{petition.reference}/pay/")["Location"])
    provider.books.pay(page)
    answer = come_back(payer, provider, page)
    assert heading_of(answer) == "We are looking at your course"
    assert provider.deliver_due() == 1
    assert LedgerEntry.objects.filter(kind="payment").count() == 1
    assert heading_of(payer.get(f"/petitions/{petition.reference}/")) == "We are looking at your course"


def test_payers_returning_while_webhook_messages_arrive_credit_the_payment_once(charge, base, real_database):
    page = page_of(open_page(charge))
    payment = base.provider.pay(page)["payment_intent"]
    act = "tests.payments.racing:come_back_or_hear"
    outcomes = race(real_database, act, str(charge.pk), base.base, payment, processes=2, threads=5)
    assert set(outcomes) <= {"back", "processed"}
    assert sum(outcomes.values()) == 10
    assert LedgerEntry.objects.filter(kind="payment").count() == 1
    assert Notice.objects.filter(kind="payments.receipt").count() == 1
    assert balance(charge) == 0
