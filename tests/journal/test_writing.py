"""The journal has everything once, in an order that a reader with a cursor can rely on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import faults
from journal.balance import days_through
from journal.invariants import CHECKS
from journal.models import JournalBook, JournalEntry
from journal.services import write_entries, writing
from journal.tasks import write_entries as sweep
from journal.tasks import write_everything
from payments.models import LedgerEntry
from tests.cast import colleague
from tests.factories import everything_met
from tests.journal.scenes import NOON, a_day_of_everything, book
from tests.renewals.scenes import renew
from webhooks.events import TEST
from webhooks.models import Delivery
from webhooks.services import make_endpoint

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(autouse=True)
def _noon(clock_at) -> None:
    clock_at("2027-03-02 12:00")


def numbers() -> list[tuple[int, str]]:
    return list(JournalEntry.objects.order_by("number").values_list("number", "kind"))


def problems() -> list[str]:
    return [sentence for check in CHECKS for sentence in check.find()]


def test_every_row_of_the_ledger_is_written_once_with_its_amount():
    a_day_of_everything()
    assert write_entries(at=NOON) == 8
    assert write_entries(at=NOON) == 0
    assert [number for number, _ in numbers()] == list(range(1, 9))
    told = {one.kind: (one.amount_cents, one.currency) for one in JournalEntry.objects.all()}
    assert told["payment"] == (-9900, "USD")
    assert told["refund"] == (3000, "USD")
    assert problems() == []


def test_a_renewal_is_written_step_by_step_with_its_number_and_money(jordan, clock_at):
    everything_met(jordan)
    application = renew(jordan, "2027-03-02")
    write_entries(at=NOON)
    entries = JournalEntry.objects.order_by("number")
    assert {"submitted", "charge", "payment"} <= {one.kind for one in entries}
    assert {one.certification for one in entries} == {jordan.credentials.get().number}
    assert {one.application for one in entries} == {application}
    assert jordan.name not in str(list(JournalEntry.objects.values()))


def test_what_commits_late_gets_a_later_number_and_no_reader_misses_it():
    early = book("charge", 9900, at=NOON - timedelta(hours=2))
    late_pk, late_at = early.pk + 1, NOON - timedelta(hours=3)
    book("charge", 2500, pk=early.pk + 2)
    write_entries(at=NOON)
    read_through = JournalEntry.objects.latest("number").number
    book("charge", 700, pk=late_pk, at=late_at)
    write_entries(at=NOON)
    [found] = JournalEntry.objects.after(read_through)
    assert (found.number, found.ledger_id) == (3, late_pk)
    assert problems() == []


def test_a_row_behind_the_window_is_found_by_the_sweep_of_everything(monkeypatch):
    book("charge", 9900)
    book("charge", 700, pk=LedgerEntry.objects.get().pk + 10)
    monkeypatch.setattr(writing, "WINDOW", 5)
    assert sweep() == 1
    assert write_everything() == 1
    assert write_everything() == 0


def test_a_batch_that_was_cut_off_is_written_by_the_next_sweep_without_a_gap(monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 2)

    def die(pid: int, signal: int) -> None:
        raise Killed

    for _ in range(5):
        book("charge", 9900)
    monkeypatch.setattr(faults.os, "kill", die)
    monkeypatch.setenv("PORTAL_FAULT", "journal.written:kill:2")
    with pytest.raises(Killed):
        write_entries(at=NOON)
    assert len(numbers()) == 4
    assert write_entries(at=NOON) == 1
    assert [number for number, _ in numbers()] == [1, 2, 3, 4, 5]
    assert JournalBook.objects.get().last_number == 5


def test_an_endpoint_hears_of_each_entry_once_in_the_transaction_that_wrote_it():
    told = {"name": "Books", "url": "https://books.example.org/", "events": ["journal.entry"]}
    make_endpoint("", **told, by=colleague("finance"), at=NOON)
    make_endpoint("", **{**told, "events": [TEST]}, by=colleague("finance"), at=NOON)
    row = book("refund", 3000, provider_ref="re_9")
    for _ in range(2):
        write_entries(at=NOON)
    [delivery] = Delivery.objects.all()
    assert delivery.key == "journal:1"
    assert '"amount_cents":3000' in delivery.body
    assert f'"source":"ledger:{row.pk}"' in delivery.body
    assert row.trainer.name not in delivery.body


def test_the_number_of_queries_does_not_grow_with_the_rows():
    counts = []
    for rows in (2, 40):
        for _ in range(rows):
            book("charge", 9900)
        with CaptureQueriesContext(connection) as queries:
            write_entries(at=NOON)
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_the_balance_of_a_day_is_even_and_shows_what_the_journal_lacks(clock_at):
    a_day_of_everything()
    book("charge", 2500, at=NOON - timedelta(days=1))
    write_entries(at=NOON)
    today, before = days_through(NOON.date(), 31)
    assert (today.journal_cents, today.ledger_cents, today.is_even) == (0, 0, True)
    assert (before.kinds, before.is_even) == ({"charge": 2500}, True)
    book("refund", 100)
    book("undone", -100)
    today, _ = days_through(NOON.date(), 31)
    assert (today.difference_cents, today.is_even) == (0, False), "rows count too, not their sum alone"
    assert problems() == []
    clock_at("2027-03-02 19:30")
    assert len([one for one in problems() if "is not in the journal" in one]) == 2


def test_the_journal_is_only_ever_added_to():
    book("charge", 9900)
    write_entries(at=NOON)
    for act in (
        lambda: JournalEntry.objects.update(amount_cents=1),
        lambda: JournalEntry.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
