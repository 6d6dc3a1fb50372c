"""The pages on which finance refunds and decides about what somebody else asked for."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from payments.models import LedgerEntry, Refund
from payments.services import receive_event
from tests.cast import member
from tests.payments.scenes import NOON, kept_payment, paid, visit
from tests.reading import source_of, state_of

pytestmark = pytest.mark.django_db
SAID = {
    "amount": "30.00",
    "cause": "our_error",
    "reason": "The late fee was not due.",
    "how": "provider",
    "seen": "0",
    "confirmed": "yes",  # the mail was read
}


@pytest.fixture
def payment(charge):
    return kept_payment(charge)


def page(name: str, row) -> str:
    return reverse(f"admin:payments_{row._meta.model_name}_{name}", args=[row.pk])


@pytest.fixture
def waits(payment, finance, signed_in):
    signed_in(finance).post(page("give_back", payment), {**SAID, "amount": "129.00"})
    return Refund.objects.get()


def test_finance_can_refund_from_the_staff_page_of_the_charge(payment, finance, signed_in):
    client = signed_in(finance)
    address = page("give_back", payment)
    assert f'href="{address}"' in source_of(client.get(page("change", payment.charge)))
    asked = source_of(client.get(address))
    for words in (
        "Give money back to Jordan Rivera",
        "129.00 USD came, and 129.00 USD of it is kept.",
        "Above 100.00 USD for one charge in all, a second person must approve.",
        'value="129.00"',
    ):
        assert words in asked
    assert not Refund.objects.exists()
    done = client.post(address, SAID, follow=True)
    assert "30.00 USD is on its way." in source_of(done)
    assert "30.00 USD, on its way" in source_of(done)
    assert Refund.objects.get().amount_cents == 3000


def test_a_double_click_on_the_refund_page_refunds_once(payment, finance, signed_in):
    client = signed_in(finance)
    for _ in range(2):
        assert client.post(page("give_back", payment), SAID).status_code == 302
    assert Refund.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": "thirty"}, "Enter the amount in plain digits, such as 30.00."),
        ({"amount": "129.01"}, "Enter an amount from 0.01 to 129.00"),
        ({"cause": "wish"}, "only our own error can be corrected"),
        ({"seen": ""}, "Open this page again."),
    ],
)
def test_an_invalid_refund_shows_a_field_error_and_keeps_the_input(
    payment, finance, signed_in, change, sentence
):
    answer = signed_in(finance).post(page("give_back", payment), {**SAID, "reason": "Kept words.", **change})
    assert answer.status_code == 422
    assert sentence in source_of(answer)
    assert "Kept words." in source_of(answer)
    assert not Refund.objects.exists()


def test_the_refund_page_of_a_ledger_entry_that_is_not_a_payment_gives_404(payment, finance, signed_in):
    owed = LedgerEntry.objects.get(kind="charge")
    assert signed_in(finance).get(page("give_back", owed)).status_code == 404


def test_staff_outside_finance_get_no_refund_button_or_page(payment, waits, signed_in):
    for group in ("reviewer", "lead", "registrar", "read-only"):
        client = signed_in(member(f"{group.title()} Person", group))
        assert "Give money back" not in source_of(client.get(page("change", payment.charge)))
        for address in (page("give_back", payment), page("approve", waits), page("refuse", waits)):
            assert client.get(address).status_code == 403
            assert client.post(address, SAID).status_code == 403
    assert Refund.objects.get().state == "waiting"


def test_a_large_refund_waits_for_approval_and_the_today_page_says_so(
    waits, finance, second_finance, signed_in
):
    assert waits.state == "waiting"
    queues = {queue.label: queue for queue in signed_in(second_finance).get("/staff/").context["queues"]}
    assert (queues["Refunds to approve"].count, queues["Refunds to approve"].oldest) == (1, NOON)
    assert source_of(signed_in(second_finance).get(queues["Refunds to approve"].url)).count("129.00 USD") == 1
    for who, shown in ((finance, False), (second_finance, True)):
        assert (page("approve", waits) in source_of(signed_in(who).get(page("change", waits)))) is shown


def test_the_second_person_sees_who_requested_a_refund_and_why_and_approves_it(
    waits, second_finance, signed_in
):
    client = signed_in(second_finance)
    asked = source_of(client.get(page("approve", waits)))
    assert "Fay Finance asks to give back 129.00 USD of Renewal of certification 1193 4482." in asked
    assert "Our own error: The late fee was not due." in asked
    assert "129.00 USD is on its way." in source_of(
        client.post(page("approve", waits), {"confirmed": "yes"}, follow=True)
    )
    waits.refresh_from_db()
    assert (waits.state, waits.decided_by) == ("requested", second_finance)


def test_the_second_person_can_refuse_a_refund_with_a_reason(waits, second_finance, signed_in):
    client = signed_in(second_finance)
    assert client.post(page("refuse", waits), {"reason": ""}).status_code == 422
    done = client.post(page("refuse", waits), {"reason": "The fee was due."}, follow=True)
    assert "129.00 USD is not approved." in source_of(done)
    assert state_of(waits) == "refused"


def test_the_requester_of_a_refund_sees_that_somebody_else_must_decide(waits, finance, signed_in):
    answer = signed_in(finance).post(page("approve", waits))
    assert answer.status_code == 422
    assert "You asked for this refund. Somebody else must decide about it." in source_of(answer)
    assert state_of(waits) == "waiting"


def test_a_receipt_shows_what_was_refunded(payment, jordan, finance, provider, signed_in):
    receipt = f"/payments/{payment.charge_id}/receipt/"
    signed_in(finance).post(page("give_back", payment), SAID)
    assert "returned to you" not in source_of(signed_in(jordan).get(receipt))


def test_the_staff_page_of_a_charge_shows_dates_in_the_portals_time_zone(charge, finance, signed_in):
    """8:30 pm in Phoenix, when it is the next day in London."""
    evening = datetime(2027, 3, 3, 3, 30, tzinfo=UTC)
    receive_event(paid(visit(charge), at=evening), at=evening)
    shown = source_of(signed_in(finance).get(page("change", charge)))
    assert "2027-03-02 payment -129.00 USD" in shown
    assert "2027-03-03" not in shown


def test_a_missing_value_of_a_charge_is_shown_as_a_dash(payment, finance, signed_in):
    shown = source_of(signed_in(finance).get(page("change", payment.charge)))
    assert '<label>Refunds:</label> <div class="readonly">–</div>' in shown
