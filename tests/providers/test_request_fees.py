"""The fee of a provider's request: paid, left, declined, paid late, withdrawn, changed, given back."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from core.errors import Refusal
from core.models import HistoryEntry
from demo.bank import open_bank
from demo.standin.back import dispute_payment
from outbox.models import Notice
from payments import invariants as payments
from payments.models import Charge, LedgerEntry
from providers.models import CourseRequest
from providers.services.deciding import decide_course_request
from providers.services.paying import submit_paid_request
from providers.services.requesting import (
    AskedCourse,
    request_course,
    request_longer_approval,
    withdraw_course_request,
)
from providers.tasks import submit_paid
from rules.policy.load import load_policy
from staff.reports.money import money_lines
from staff.reports.span import Span
from staff.today import queues_for
from tests.cast import colleague
from tests.factories import ProviderFactory
from tests.policies import with_figures
from tests.providers.scenes import AT, broken, penny
from tests.reading import heading_of, text_of
from tests.renewals.scenes import moment

pytestmark = pytest.mark.django_db
ASKED = AskedCourse("Yoga for Backs", "online", 30, "Three hours.")
FORM = {"title": "Yoga for Backs", "format": "online", "hundredths": "0.3", "about": "Three hours."}
DENY = {"verdict": "deny", "words": "The outline is old."}


def costing(cents: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the portal's policy ask this fee for a request."""
    fee = replace(load_policy("nasm-cpt").versions[-1].course_request_fee, amount_cents=cents)
    policy = with_figures(course_request_fee=fee)
    monkeypatch.setattr("providers.services.paying.portal_policy", lambda: policy)


@pytest.fixture(autouse=True)
def _a_fee_of_40_dollars(monkeypatch, clock_at, db):
    clock_at("2026-06-01")
    costing(4000, monkeypatch)
    yield
    assert broken() == []
    assert [line for check in payments.CHECKS for line in check.find()] == []


@pytest.fixture
def bank(_a_fee_of_40_dollars, storage):
    with open_bank() as opened:
        yield opened


@pytest.fixture
def asked(provider, reporter) -> CourseRequest:
    return request_course(provider, asked=ASKED, by=reporter, at=AT)


@pytest.fixture
def browser(reporter, signed_in):
    return signed_in(reporter, SERVER_NAME="localhost")


def now(request: CourseRequest) -> CourseRequest:
    return CourseRequest.objects.get(pk=request.pk)


def page_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/pay/")


def address(request: CourseRequest, page: str) -> str:
    return f"/provider/requests/{request.reference}/{page}/"


def deny(request: CourseRequest):
    return decide_course_request(request, by=colleague("registrar"), at=AT, **DENY)


def test_a_request_with_a_fee_waits_for_payment_and_is_not_with_staff(asked):
    assert (asked.state, asked.charge.amount_cents, asked.charge.kind) == ("unpaid", 4000, "course_request")
    assert asked.charge.trainer == penny()
    assert list(CourseRequest.objects.undecided()) == []
    assert submit_paid_request(asked, at=AT).state == "unpaid"
    with pytest.raises(Refusal, match="waits for payment” cannot be decided"):
        deny(asked)


def test_a_request_without_a_fee_has_no_charge_and_waits_for_staff_at_once(provider, reporter, monkeypatch):
    costing(0, monkeypatch)
    request = request_course(provider, asked=ASKED, by=reporter, at=AT)
    assert (request.state, request.charge) == ("submitted", None)
    assert not Charge.objects.exists()
    assert deny(request).state == "pending"


def test_asking_again_for_the_same_course_while_unpaid_makes_no_second_request_or_charge(
    asked, provider, reporter, course
):
    assert request_course(provider, asked=ASKED, by=reporter, at=AT) == asked
    first = request_longer_approval(course, about="Nothing has changed.", by=reporter, at=AT)
    assert request_longer_approval(course, about="Nothing.", by=reporter, at=AT) == first
    assert Charge.objects.count() == 2


def test_a_payment_whose_webhook_comes_first_submits_the_request_once(
    asked, bank, browser, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bank.pay(asked.charge, at=AT)
    assert now(asked).state == "submitted"
    for _ in range(2):
        assert heading_of(browser.get(address(asked, "paid"))) == f"We have the request {asked.reference}"
    assert (
        HistoryEntry.objects.filter(verb="paid", subject=f"providers.courserequest:{asked.pk}").count() == 1
    )
    assert Notice.objects.filter(kind="payments.receipt", trainer=penny()).count() == 1
    assert deny(now(asked)).state == "pending"


def test_a_payment_without_any_webhook_is_found_when_the_payer_returns(asked, bank, browser):
    page = page_of(browser.post(address(asked, "pay"))["Location"])
    bank.stand_in.provider.pay(page)
    answer = browser.get(address(asked, "paid"))
    assert heading_of(answer) == f"We have the request {asked.reference}"
    assert "Paid June 1, 2026" in text_of(answer)
    assert now(asked).state == "submitted"


def test_a_paid_request_whose_signal_was_lost_is_submitted_by_the_sweep(asked, bank):
    bank.pay(asked.charge, at=AT)
    assert now(asked).state == "unpaid"
    assert submit_paid() == 1
    assert now(asked).state == "submitted"
    assert submit_paid() == 0


def test_a_request_paid_again_on_an_earlier_page_is_charged_once(asked, bank, browser):
    first = browser.post(address(asked, "pay"))["Location"]
    assert browser.post(address(asked, "pay"))["Location"] == first
    bank.stand_in.provider.pay(page_of(first))
    browser.get(address(asked, "paid"))
    assert browser.post(address(asked, "pay"))["Location"] == "/provider/requests/"
    bank.stand_in.deliver_due()
    assert LedgerEntry.objects.filter(kind="payment").count() == 1


def test_a_payer_who_left_reads_that_nothing_was_charged_and_can_pay_later(asked, bank, browser):
    browser.post(address(asked, "pay"))
    answer = browser.get(f"{address(asked, 'paid')}?left=1")
    assert heading_of(answer) == "You left before paying"
    assert "Pay $40" in text_of(answer)
    assert "Fee of $40, not paid yet" in text_of(browser.get("/provider/requests/"))
    bank.pay(asked.charge, at=AT + timedelta(days=40))
    assert submit_paid_request(asked, at=AT).state == "submitted"


def test_a_declined_card_leaves_the_request_unpaid_and_can_be_tried_again(asked, bank, browser):
    bank.decline(asked.charge, at=AT)
    assert now(asked).state == "unpaid"
    assert heading_of(browser.get(f"{address(asked, 'paid')}?left=1")) == "The bank declined the payment"
    assert "Payment declined" in text_of(browser.get("/provider/requests/"))
    bank.pay(asked.charge, at=AT + timedelta(hours=1))
    assert submit_paid_request(asked, at=AT).state == "submitted"


def test_a_withdrawn_unpaid_request_is_charged_nothing_and_late_money_goes_back(
    asked, bank, browser, reporter
):
    page = page_of(browser.post(address(asked, "pay"))["Location"])
    assert "Nothing was charged" in text_of(browser.get(address(asked, "withdraw")))
    browser.post(address(asked, "withdraw"))
    assert (now(asked).state, now(asked).charge.state) == ("withdrawn", "void")
    bank.stand_in.provider.pay(page)
    bank.stand_in.deliver_due()
    assert (now(asked).state, now(asked).charge.refunds.get().amount_cents) == ("withdrawn", 4000)


def test_a_paid_fee_is_kept_when_the_request_is_withdrawn_after_a_warning(asked, bank, browser):
    bank.pay(asked.charge, at=AT)
    submit_paid_request(asked, at=AT)
    assert "A fee that was paid is not returned" in text_of(browser.get(address(asked, "withdraw")))
    withdraw_course_request(now(asked), by=penny(), at=AT)
    assert (now(asked).state, now(asked).charge.state) == ("withdrawn", "paid")
    assert not now(asked).charge.refunds.exists()


def test_only_people_of_the_same_provider_may_pay_for_a_request(asked, bank, signed_in, jordan, lead):
    other = penny(ProviderFactory(name="Other"), name="Otto Other")
    for stranger in (other, jordan, lead):
        pages = [
            signed_in(stranger).post(address(asked, "pay")),
            signed_in(stranger).get(address(asked, "paid")),
        ]
        assert [one.status_code for one in pages] == [404, 404]
    mate = signed_in(penny(name="Mara Mate"), SERVER_NAME="localhost")
    page = page_of(mate.post(address(asked, "pay"))["Location"])
    bank.stand_in.provider.pay(page)
    answer = text_of(mate.get(address(asked, "paid")))
    assert "Penny Provider asked for this, and gets the receipt by email" in answer
    assert "See and print the receipt" not in answer
    assert now(asked).charge.trainer == penny()


def test_the_form_names_the_fee_and_leads_to_the_payment_page(bank, browser, provider):
    assert "Send the request and pay $40" in text_of(browser.get("/provider/requests/new/"))
    answer = browser.post("/provider/requests/new/", {**FORM, "agreed_cents": "4000"})
    assert answer.status_code == 303
    assert "/pay/" in answer["Location"]


def test_a_fee_that_changed_after_the_page_was_opened_is_refused_and_keeps_what_was_typed(browser, provider):
    answer = browser.post("/provider/requests/new/", {**FORM, "agreed_cents": "0"})
    assert answer.status_code == 422
    assert "The fee is $40 now. Check it, then send the request again." in text_of(answer)
    assert "Three hours." in answer.content.decode()
    assert not CourseRequest.objects.exists()


def test_a_request_whose_fee_is_disputed_cannot_be_approved_but_can_be_denied(asked, bank):
    bank.pay(asked.charge, at=AT)
    request = submit_paid_request(asked, at=AT)
    payment = LedgerEntry.objects.get(kind="payment")
    bank.change_at_provider(lambda books: dispute_payment(books, payment.provider_ref), at=AT)
    grant = {"verdict": "approve", "hundredths": 30, "category": "education", "approved_from": AT.date()}
    with pytest.raises(Refusal, match="was given back, so it cannot be approved"):
        decide_course_request(request, by=colleague("registrar"), at=AT, **grant)
    assert deny(request).state == "pending"


def test_the_money_report_has_a_line_for_the_fees_of_requests(asked, bank):
    bank.pay(asked.charge, at=AT)
    lines = money_lines(Span(AT.date(), AT.date()))
    assert {one.label: one.cents for one in lines}["Fees of providers' requests"] == 4000


def test_staff_see_that_a_request_waits_for_payment_and_cannot_decide_it(asked, signed_in, registrar):
    desk = signed_in(registrar)
    answer = desk.get(f"/staff/providers/courserequest/{asked.pk}/change/")
    assert "Waits for payment" in text_of(answer)
    assert "Approve" not in text_of(answer)
    assert "Yoga for Backs" in text_of(desk.get("/staff/providers/courserequest/?shows=unpaid"))


def test_a_request_paid_weeks_after_it_was_asked_waits_on_today_since_its_payment(
    asked, bank, clock_at, django_capture_on_commit_callbacks
):
    clock_at("2026-07-01")
    paid_at = moment("2026-07-01")
    with django_capture_on_commit_callbacks(execute=True):
        bank.pay(asked.charge, at=paid_at)
    found = next(queue for queue in queues_for(colleague("registrar")) if queue.label == "Courses asked for")
    assert (found.count, found.late, found.oldest) == (1, 0, paid_at)
    clock_at("2026-08-14")
    found = next(queue for queue in queues_for(colleague("registrar")) if queue.label == "Courses asked for")
    assert (found.count, found.late) == (1, 1)


def test_whoever_teaches_reads_how_to_become_a_provider_and_what_a_request_costs(client, monkeypatch):
    assert 'href="/become-a-provider/"' in client.get("/providers/").content.decode()
    page = client.get("/become-a-provider/")
    assert "A request costs $40;" in text_of(page)
    assert "mailto:help@example.org?subject=We%20would%20like" in page.content.decode()
    costing(0, monkeypatch)
    assert "It costs nothing." in text_of(client.get("/become-a-provider/"))
