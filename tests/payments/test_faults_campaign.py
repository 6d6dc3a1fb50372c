"""The full campaign (behind --all): repeated kills in every window of a payment, however the journey continues."""

import signal

import pytest

from core.faults import crash_windows
from core.invariants import all_checks
from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, CheckoutSession, LedgerEntry, ProviderEvent, Refund
from payments.services import receive_event, void_charge
from payments.tasks import reconcile_payments
from tests.factories import TrainerFactory
from tests.payments import racing
from tests.payments.scenes import NOON, balance, charge_for, open_page, page_of, paid
from tests.throwaway import ROOT

pytestmark = [pytest.mark.fault, pytest.mark.slow]
# Window by window: the act that is killed there, as `tests.payments.racing` names it.
CLICK = {"checkout.row_committed": "open_page", "checkout.answered": "open_page"}
PAY = {"webhook.kept": "hear_of", "charge.settled": "hear_of", "checkout.looked": "look"}
BACK = {"refund.counted": "send_back", "refund.answered": "send_back"}
TIMES = (1, 2, 5)


@pytest.fixture
def charge(real_database):
    """Owed by somebody without a credential, whom every check of the invariants accepts."""
    return charge_for(TrainerFactory())


@pytest.fixture
def killed(real_database, charge, base):
    """`killed("window", "act", 3)` does the act three times in processes that die in that window, if they come there."""
    arguments = {
        "open_page": (str(charge.pk), base.base),
        "hear_of": (str(charge.pk),),
        "look": (base.base,),
        "send_back": (base.base,),
    }

    def die(window: str, act: str, times: int, *more: str) -> None:
        codes = []
        for _ in range(times):
            said = (*arguments[act], *more) if act == "hear_of" else arguments[act]
            done = real_database.run(getattr(racing, act), *said, PORTAL_FAULT=f"{window}:kill")
            codes.append(done.returncode)
        assert codes[0] == -signal.SIGKILL
        assert set(codes) <= {-signal.SIGKILL, 0}

    return die


def assert_paid_once(charge) -> None:
    assert Charge.objects.get(pk=charge.pk).state == "paid"
    assert LedgerEntry.objects.filter(kind="payment").count() == 1
    assert Notice.objects.filter(kind="payments.receipt").count() == 1
    assert HistoryEntry.objects.filter(verb="settled").count() == 1
    assert not Refund.objects.exists()
    assert balance(charge) == 0
    assert_nothing_is_wrong()


def assert_nothing_is_wrong() -> None:
    """No mail is sent here, so mails that wait are no fault (10); files are not read."""
    asked = (check for check in all_checks() if check.number != 10 and not check.reads_files)
    assert [said for check in asked for said in check.find()] == []


def test_the_crash_tests_of_payments_cover_every_crash_point_of_payments():
    named = {name for name, file in crash_windows().items() if file.is_relative_to(ROOT / "payments")}
    assert named == {*CLICK, *PAY, *BACK}


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("window", CLICK)
@pytest.mark.parametrize("then", ["clicked again", "swept first"])
def test_a_checkout_killed_at_any_crash_point_opens_one_payment_page(
    charge, base, killed, clock_at, window, times, then
):
    killed(window, CLICK[window], times)
    assert len(base.store.every("session")) <= 1
    if then == "swept first":
        clock_at("2027-03-02 12:05")
        reconcile_payments()
    at = clock_at("2027-03-02 12:05") if then == "swept first" else NOON
    base.provider.pay(page_of(open_page(charge, at=at)))
    clock_at("2027-03-02 12:25")
    reconcile_payments()
    assert CheckoutSession.objects.filter(state="complete").count() == 1
    assert_paid_once(charge)


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("window", PAY)
@pytest.mark.parametrize("then", ["heard again", "swept"])
def test_a_payment_killed_at_any_crash_point_is_credited_once(
    charge, base, killed, clock_at, window, times, then
):
    base.provider.pay(page_of(open_page(charge)))
    session = CheckoutSession.objects.get()
    payment = base.provider.page(session.provider_id)["payment_intent"]
    killed(window, PAY[window], times, payment)
    clock_at("2027-03-02 12:05")
    if then == "heard again":
        receive_event(paid(session, name="evt_again", payment_intent=payment), at=NOON)
    ProviderEvent.objects.filter(state="received").update(received_at=NOON)
    for minute in ("06", "25"):
        clock_at(f"2027-03-02 12:{minute}")
        reconcile_payments()
    assert_paid_once(charge)


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("window", BACK)
@pytest.mark.parametrize("key", ["remembered", "forgotten"])
def test_a_refund_killed_at_any_crash_point_is_sent_once(charge, base, killed, clock_at, window, times, key):
    page = page_of(open_page(charge))
    void_charge(charge, by=None, at=NOON, reason="Withdrawn.")
    base.provider.pay(page)
    payment = base.provider.page(page)["payment_intent"]
    receive_event(paid(CheckoutSession.objects.get(), payment_intent=payment), at=NOON)
    killed(window, BACK[window], times)
    if key == "forgotten":
        base.store._rows("DELETE FROM answers")
    for _ in range(2):
        reconcile_payments()
    assert [refund["amount"] for refund in base.store.every("refund")] == [12900]
    assert Refund.objects.get().state == "returned"
    assert Notice.objects.filter(kind="payments.returned").count() == 1
    assert balance(charge) == 0
    assert_nothing_is_wrong()
