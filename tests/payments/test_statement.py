"""The account statement and the receipt as downloads: complete, in order, one's own, without formulas."""

import csv
import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.spreadsheet import text_cell
from payments.models import Charge, LedgerEntry, Refund
from payments.services import receive_event, request_refund, void_charge
from payments.tasks import reconcile_payments
from tests.cast import member
from tests.guards.database import drop_triggers
from tests.payments.scenes import NOON, charge_for, paid, visit
from tests.reading import pages_of, source_of, words_of
from trainers.models import Trainer

pytestmark = pytest.mark.django_db
MONTHS = "/staff/payments/ledgerentry/months/"


@pytest.fixture
def paid_charge(charge, provider):
    provider.settle(charge)
    charge.refresh_from_db()
    return charge


@pytest.fixture
def given_back(paid_charge, finance):
    """$30.00 of the $129.00 went back."""
    payment = LedgerEntry.objects.get(kind="payment")
    request_refund(payment, amount_cents=3000, cause="our_error", reason="=1+1", by=finance, at=NOON)
    reconcile_payments()
    return paid_charge


def table(answer) -> list[list[str]]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_account_statement_lists_every_ledger_entry_with_the_balance_after_it(
    given_back, jordan, signed_in
):
    rows = signed_in(jordan).get("/payments/").context["statement"]
    assert [(row.entry.kind, row.entry.amount_cents, row.balance_cents) for row in rows] == [
        ("waiver", -3000, 0),
        ("refund", 3000, 3000),
        ("payment", -12900, 0),
        ("charge", 12900, 12900),
    ]
    page = source_of(signed_in(jordan).get("/payments/"))
    assert "-$129.00" in page
    assert 'href="/payments/statement.csv"' in page


def test_the_account_statement_as_a_spreadsheet_has_the_same_rows_as_the_page(given_back, jordan, signed_in):
    answer = signed_in(jordan).get("/payments/statement.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="statement.csv"'
    head, *rows = table(answer)
    assert head == ["Date and time", "What", "For", "Amount", "Balance", "Currency", "Reason", "Reference"]
    assert [row[:6] for row in rows] == [
        ["2027-03-02 12:00", "Charge", "Renewal of certification 1193 4482", "129.00", "129.00", "USD"],
        ["2027-03-02 12:00", "Payment", "Renewal of certification 1193 4482", "-129.00", "0.00", "USD"],
        ["2027-03-02 12:00", "Refund", "Renewal of certification 1193 4482", "30.00", "30.00", "USD"],
        ["2027-03-02 12:00", "Waiver", "Renewal of certification 1193 4482", "-30.00", "0.00", "USD"],
    ]


def test_another_trainers_statement_contains_nothing_of_jordans(given_back, stranger, signed_in):
    browser = signed_in(stranger)
    assert table(browser.get("/payments/statement.csv"))[1:] == []
    assert "1193 4482" not in source_of(browser.get("/payments/"))
    assert browser.get(f"/payments/{given_back.pk}/receipt.pdf").status_code == 404


def test_the_statement_balance_after_a_voided_charge_is_zero(jordan, signed_in):
    void_charge(charge_for(jordan), by=None, at=NOON, reason="Withdrawn.")
    rows = signed_in(jordan).get("/payments/").context["statement"]
    assert [row.balance_cents for row in rows] == [0, 12900]


# --- staff: everybody, by month


def test_staff_can_download_a_month_of_the_ledger_with_all_trainers(given_back, stranger, finance, signed_in):
    charge_for(stranger, subject="tests.thing:2", description="=cmd()|'/c calc'!A0")
    client = signed_in(finance)
    page = source_of(client.get(MONTHS))
    assert 'href="?month=2027-03">March 2027</a>' in page
    assert MONTHS in source_of(client.get("/staff/payments/ledgerentry/"))
    answer = client.get(f"{MONTHS}?month=2027-03")
    assert answer["Content-Disposition"] == 'attachment; filename="ledger-2027-03.csv"'
    head, *rows = table(answer)
    assert len(rows) == LedgerEntry.objects.count() == 5
    by_name = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["Person"] for row in by_name} == {"Jordan Rivera", "Sam Stranger"}
    assert next(row["For"] for row in by_name if row["Person"] == "Sam Stranger") == "'=cmd()|'/c calc'!A0"
    assert next(row["By"] for row in by_name if row["What"] == "Refund") == "Fay Finance"
    assert sum(int(row["Amount"].replace(".", "")) for row in by_name) == 12900


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        ("2027-02-28 23:59:59", "2027-02"),
        ("2027-03-01 00:00:00", "2027-03"),
        ("2027-03-31 23:59:59", "2027-03"),
        ("2027-04-01 00:00:00", "2027-04"),
    ],
)
def test_a_month_of_the_ledger_starts_and_ends_at_midnight_in_phoenix(
    jordan, finance, signed_in, clock_at, moment, month
):
    clock_at("2027-05-02")
    at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("America/Phoenix"))
    charge_for(jordan, at=at)
    charge_for(jordan, subject="tests.thing:2", at=datetime(2027, 1, 5, tzinfo=ZoneInfo("UTC")))
    client = signed_in(finance)
    found = {
        one: len(table(client.get(f"{MONTHS}?month={one}"))) - 1
        for one in ("2027-01", "2027-02", "2027-03", "2027-04", "2027-05")
    }
    assert found == {"2027-01": 1, "2027-02": 0, "2027-03": 0, "2027-04": 0, "2027-05": 0, month: 1}


@pytest.mark.parametrize("month", ["", "2027-13", "2027-3", "x", "1999-01", "9999-12", "2027-03' OR 1=1"])
def test_an_invalid_month_of_the_ledger_gives_404(given_back, finance, signed_in, month):
    assert signed_in(finance).get(MONTHS, {"month": month}).status_code == 404


def test_an_empty_ledger_offers_no_months_to_download(finance, signed_in):
    assert "The ledger is empty." in source_of(signed_in(finance).get(MONTHS))


def test_downloading_a_month_needs_the_permission_to_view_the_ledger(given_back, jordan, signed_in):
    assert signed_in(member("Norah Nobody")).get(f"{MONTHS}?month=2027-03").status_code == 403
    assert signed_in(jordan).get(f"{MONTHS}?month=2027-03").status_code == 404


@pytest.mark.usefixtures("tampered")
@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_an_exported_spreadsheet_is_a_formula(given_back, jordan, finance, signed_in, begin):
    drop_triggers()
    typed = f"{begin}HYPERLINK(A1)"
    Trainer.objects.update(name=typed)
    Trainer.objects.filter(pk=jordan.pk).update(email=f"{begin}hyperlink(a1)@example.org")
    Charge.objects.update(description=typed)
    LedgerEntry.objects.update(reason=typed, provider_ref=None)
    LedgerEntry.objects.filter(kind="refund").update(hand_reference=typed)
    for browser, address, cells in (
        (signed_in(jordan), "/payments/statement.csv", 9),
        (signed_in(finance), f"{MONTHS}?month=2027-03", 20),
    ):
        found = [cell for row in table(browser.get(address))[1:] for cell in row]
        began = [cell for cell in found if cell.startswith(begin)]
        assert [cell for cell in began if not re.fullmatch(r"-\d+\.\d\d", cell)] == []
        assert sum("hyperlink" in cell.lower() for cell in found) == cells


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc", "%1"])
def test_text_that_looks_like_a_formula_is_exported_as_text(text):
    assert text_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Renewal", "1193 4482", "a=b", "pi_1"])
def test_ordinary_text_is_exported_unchanged(text):
    assert text_cell(text) == text


# --- the receipt as a PDF


def test_the_receipt_pdf_has_the_same_text_as_the_page(given_back, jordan, signed_in):
    browser = signed_in(jordan)
    address = f"/payments/{given_back.pk}/receipt.pdf"
    assert f'href="{address}"' in source_of(browser.get(f"/payments/{given_back.pk}/receipt/"))
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{given_back.pk}.pdf"'
    text = " ".join(words_of(answer.content))
    payment = LedgerEntry.objects.get(kind="payment")
    for part in (
        "Receipt number",
        "Jordan Rivera, jordan@example.org",
        "March 2, 2027 at 12:00 pm (Phoenix time)",
        "Renewal of certification 1193 4482",
        "Renewal fee $99.00",
        "Late fee $30.00",
        "Total paid $129.00 USD",
        payment.provider_ref,
        "$30.00 returned to you",
        Refund.objects.get().provider_id,
        "This was a practice payment",
        "help@example.org",
    ):
        assert part in text
    assert pages_of(answer.content) == [(612.0, 792.0)]
    assert browser.get(address).content == answer.content


def test_a_receipt_with_letters_missing_in_the_font_is_not_offered_as_pdf(paid_charge, jordan, signed_in):
    jordan.name = "李小龍"
    jordan.save()
    browser = signed_in(jordan)
    assert browser.get(f"/payments/{paid_charge.pk}/receipt.pdf").status_code == 404
    page = browser.get(f"/payments/{paid_charge.pk}/receipt/")
    assert "李小龍" in source_of(page)
    assert "receipt.pdf" not in source_of(page)


def test_a_long_receipt_continues_on_further_pages(jordan, signed_in):
    lines = [{"code": f"c{n}", "label": f"Fee number {n} " * 5, "amount_cents": 100} for n in range(60)]
    charge = charge_for(jordan, lines=lines, description="W" * 160)
    receive_event(paid(visit(charge)), at=NOON)
    answer = signed_in(jordan).get(f"/payments/{charge.pk}/receipt.pdf")
    assert len(pages_of(answer.content)) > 1
