"""Payouts on the staff side: lists and pages, the reconciliation with our ledger by month and day,
and explained differences.
"""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from payments.models import Difference, LedgerEntry, Payout, PayoutLine
from payments.services import note_missing, request_refund
from payments.services.differences import note_line_differences
from tests.payments.payout_scenes import LATER, a_line, a_payout
from tests.payments.scenes import NOON, charge_for, kept_payment

pytestmark = pytest.mark.django_db
MARCH = "/staff/payments/payout/reconciliation/?month=2027-03"


def page(name: str, *args: object) -> str:
    return reverse(f"admin:payments_{name}", args=args)


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture(autouse=True)
def in_march(clock_at):
    clock_at("2027-03-08")


@pytest.fixture
def payment(jordan) -> LedgerEntry:
    """Return Jordan's payment of $129.00 on March 2."""
    return kept_payment(charge_for(jordan))


@pytest.fixture
def payout(payment) -> Payout:
    """Return a payout of $174.96 on March 2: Jordan's payment of $129.00, less a fee of $4.04, and
    $50.00 that our ledger does not have.
    """
    made = a_payout(amount_cents=17496)
    a_line(made, ref=payment.provider_ref, entry=payment)
    a_line(made, amount_cents=5000, fee_cents=0)
    made.read_at = LATER
    made.save()
    note_line_differences(made, at=LATER)
    return made


def test_the_page_of_a_payout_shows_its_lines_and_its_differences(payout, finance, desk):
    listed = text_of(desk(finance).get(page("payout_changelist")))
    assert "174.96 USD" in listed
    shown = text_of(desk(finance).get(page("payout_change", payout.pk)))
    assert '<div class="readonly">Yes</div>' in shown  # made by the provider's schedule
    assert "icon-" not in shown
    assert "Payment: 2, 179.00 USD, fees 4.04 USD, net 174.96 USD" in shown
    assert "Not in our ledger: the provider says 50.00 USD, our ledger says nothing (open)" in shown


def test_the_lines_of_a_payout_link_to_their_charges(payout, payment, finance, desk):
    other = a_payout(provider_id="po_other")
    a_line(other, ref="pi_other", amount_cents=700)
    shown = desk(finance).get(page("payoutline_changelist") + f"?payout={payout.pk}")
    assert shown.context["cl"].result_count == 2
    assert page("charge_change", payment.charge_id) in text_of(shown)
    assert "not in it" in text_of(shown)


@pytest.mark.parametrize("asked", ["?payout=x", "?payout=999", "?payout=" + "9" * 40])
def test_the_list_of_lines_of_a_nonexistent_payout_is_empty(payout, finance, desk, asked):
    assert desk(finance).get(page("payoutline_changelist") + asked).context["cl"].result_count == 0


def figures(response) -> dict[str, tuple[int, ...]]:
    return {
        label: (row.total, row.gross, row.waiting, row.other, row.all_fees, row.net, row.by_hand)
        for label, _, row in response.context["rows"]
    }


def test_a_month_is_reconciled_day_by_day_with_figures_counted_by_hand(payout, jordan, finance, desk):
    later = charge_for(jordan, "tests.thing:2", at=NOON + timedelta(days=3))
    with clock.moved_to(NOON + timedelta(days=3)):
        LedgerEntry.objects.create(
            trainer=jordan,
            charge=later,
            kind="payment",
            amount_cents=-12900,
            currency="USD",
            provider_ref="pi_waits",
            at=NOON + timedelta(days=3),
        )
    assert figures(desk(finance).get(MARCH)) == {
        "March 5, 2027": (12900, 0, 12900, 0, 0, 0, 0),
        "March 2, 2027": (12900, 12900, 0, 5000, 404, 17496, 0),
    }
    months = figures(desk(finance).get(page("payout_reconciliation")))
    assert list(months)[:2] == ["March 2027", "February 2027"]
    assert months["March 2027"] == (25800, 12900, 12900, 5000, 404, 17496, 0)
    assert len(months) == 6
    assert 'value=""' in text_of(
        desk(finance).get(page("payout_reconciliation"))
    )  # the search field is empty


def test_the_reconciliation_does_not_count_manual_refunds_as_waiting_for_a_payout(payment, finance, desk):
    said = {"hand_reference": "Check 17", "cause": "our_error", "reason": "The card is closed."}
    request_refund(payment, amount_cents=3000, by=finance, at=NOON, **said)
    shown = figures(desk(finance).get(MARCH))
    assert shown == {"March 2, 2027": (12900, 0, 12900, 0, 0, 0, -3000)}


def test_every_figure_of_the_reconciliation_opens_its_rows(payout, finance, desk):
    browser = desk(finance)
    _, _, row = browser.get(MARCH).context["rows"][0]
    counts = {name: browser.get(url).context["cl"].result_count for name, url in row.urls.items()}
    assert counts == {
        "moved": 1,
        "payments": 1,
        "refunds": 0,
        "disputes": 0,
        "hand": 0,
        "waiting": 0,
        "linked": 1,
        "other": 1,
    }


def test_the_reconciliation_can_be_downloaded_as_a_table(payout, finance, desk):
    answer = desk(finance).get(MARCH + "&as=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["First day"], row["Our ledger"], row["Fees"], row["To the bank"]) for row in rows] == [
        ("2027-03-02", "129.00", "-4.04", "174.96")
    ]


@pytest.mark.parametrize("asked", ["month=2027-13", "month=x", "through=0001-01", "month=99999-01", "month="])
def test_the_reconciliation_of_an_invalid_month_gives_404(finance, desk, asked):
    assert desk(finance).get(page("payout_reconciliation") + f"?{asked}").status_code == 404


def test_the_reconciliation_of_a_month_without_payments_says_that_no_money_moved(finance, desk):
    assert "No money moved in this month." in text_of(desk(finance).get(MARCH))


def test_the_reconciliation_uses_the_same_number_of_queries_for_many_rows_as_for_few(
    payout, finance, desk, django_assert_num_queries
):
    browser = desk(finance)
    browser.get(MARCH)

    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(MARCH)
    for number in range(5):
        a_line(a_payout(provider_id=f"po_{number}"), ref=f"pi_{number}", provider_id=f"txn_x{number}")
    with django_assert_num_queries(len(few)):
        browser.get(MARCH)


def test_a_difference_is_on_the_today_page_and_in_the_health_line_until_it_is_explained(
    payout, finance, desk
):
    browser = desk(finance)
    today = browser.get("/staff/").context
    assert {one.label: one.count for one in today["queues"]}["Payouts that differ"] == 1
    assert [one.text for one in today["health"]][2].startswith("Payments: 1 difference in payouts, ")
    difference = Difference.objects.get()
    listed = browser.get(page("difference_changelist"))
    assert "the provider says 50.00 USD, our ledger says nothing" in text_of(listed)
    answers = {"reason": "A gift, taken at the counter.", "confirmed": "yes"}
    done = browser.post(page("difference_explain", difference.pk), answers, follow=True)
    assert "The difference is explained" in text_of(done)
    difference.refresh_from_db()
    assert (difference.state, difference.by) == ("explained", finance)
    today = browser.get("/staff/").context
    assert {one.label: one.count for one in today["queues"]}["Payouts that differ"] == 0
    assert "The provider’s payouts and our ledger say the same." in text_of(
        browser.get(page("difference_changelist"))
    )


def test_an_explanation_without_a_reason_keeps_the_page_with_a_sentence(payout, finance, desk):
    answer = desk(finance).post(page("difference_explain", Difference.objects.get().pk), {"reason": " "})
    assert answer.status_code == 422
    assert "Write the reason." in text_of(answer)


@pytest.mark.parametrize("who", ["reviewer", "onlooker", "lead"])
def test_staff_outside_finance_can_view_differences_but_not_explain_them(payout, who, desk, request):
    browser = desk(request.getfixturevalue(who))
    difference = Difference.objects.get()
    shown = browser.get(page("difference_change", difference.pk))
    assert shown.status_code == 200
    assert "Explain it" not in text_of(shown)
    assert browser.get(page("difference_explain", difference.pk)).status_code == 403


def test_each_kind_of_difference_is_described_with_what_the_provider_and_the_ledger_state(
    payment, jordan, finance, desk
):
    a_payout(
        amount_cents=0,
        provider_id="po_sum",
        read_at=NOON + timedelta(days=20),
        made_at=NOON + timedelta(days=20),
    )
    note_missing(at=NOON + timedelta(days=20))
    for what, name in (("by_hand", "po_by_hand"), ("came_back", "po_back"), ("sum", "po_no_sum")):
        payout = a_payout(provider_id=name, amount_cents=5000)
        Difference.objects.create(what=what, payout=payout, found_at=LATER)
    shown = text_of(desk(finance).get(page("difference_changelist")))
    for words in (
        "the provider says nothing, our ledger says 129.00 USD",
        "50.00 USD was paid out by hand: the provider does not say for what",
        "50.00 USD did not reach the bank, and is in no later payout",
        "the payout is 50.00 USD, and its lines come to 0.00 USD",
    ):
        assert words in shown
    assert jordan.name in shown


def test_the_report_shows_the_money_of_the_week_beside_its_payouts(payout, finance, desk):
    browser = desk(finance)
    report = browser.get("/staff/reports/?days=2027-03-01..2027-03-07").context["report"]
    assert [(one.label, one.rows.count, one.cents) for one in report.payouts] == [
        ("Our ledger, by the provider", 1, 12900),
        ("Not paid out yet", 0, 0),
        ("In payouts", 1, 12900),
        ("The provider's fees for these", 1, -404),
        ("Only in payouts, less fees", 1, 5000),
    ]
    assert (report.reconciled.net, report.differing) == (17496, 1)
    for one in report.payouts:
        assert browser.get(one.rows.url).context["cl"].result_count == one.rows.count
    assert PayoutLine.objects.count() == 2
