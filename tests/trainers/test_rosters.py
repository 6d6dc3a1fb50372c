"""A roster uploaded in the browser: checked, applied exactly as it was checked, never twice, and
then deleted.
"""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core import clock
from core.errors import Refusal
from core.models import HistoryEntry
from tests.trainers.scenes import HEADER, KIM, ROBIN, row
from trainers import retention
from trainers.models import Credential, Roster, RosterLine, Trainer
from trainers.models.roster import ATTEMPTS, LEASE
from trainers.services import rosters
from trainers.tasks import advance_rosters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march_second(clock_at, storage):
    clock_at("2027-03-02 10:00")


@pytest.fixture
def send(lead):
    """`send(ROBIN)` sends a roster with these rows."""

    def send(*rows: str, header: str = HEADER, content: bytes = b"", **options) -> Roster:
        content = content or "\n".join([header, *rows]).encode()
        told = {"policy_code": "nasm-cpt", "exported_on": None, "by": lead, "at": clock.now()}
        return rosters.store_roster(name="autumn.csv", content=content, **{**told, **options})

    return send


def worked_on(roster: Roster) -> Roster:
    advance_rosters()
    return Roster.objects.get(pk=roster.pk)


def counts(roster: Roster) -> tuple[int | None, ...]:
    return roster.new, roster.changed, roster.unchanged, roster.bad


def confirmed(roster: Roster, lead) -> Roster:
    return rosters.confirm_roster(roster, mark=roster.mark, by=lead, at=clock.now())


def applied(roster: Roster, lead) -> Roster:
    return worked_on(confirmed(worked_on(roster), lead))


def test_the_check_of_a_roster_counts_its_rows_and_imports_nobody(send, stranger):
    roster = worked_on(send(ROBIN, KIM))
    assert (roster.state, counts(roster)) == ("checked", (2, 0, 0, 0))
    assert list(Credential.objects.values_list("trainer", flat=True)) == [stranger.pk]
    lines = [(one.line, one.outcome, one.name) for one in roster.lines.all()]
    assert lines == [(2, "new", "Robin Vale"), (3, "new", "Kim Ode")]


def test_a_confirmed_roster_is_applied_in_the_name_of_the_person_who_confirmed_it(send, lead, second_lead):
    roster = applied(send(ROBIN), second_lead)
    assert roster.state == "applied"
    granted = HistoryEntry.objects.get(verb="granted")
    assert (granted.by, granted.reason, granted.detail) == (second_lead, "Roster autumn.csv", {"line": 2})
    verbs = HistoryEntry.objects.filter(subject=f"trainers.roster:{roster.pk}").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["sent", "checked", "confirmed", "applied"]


def test_the_check_of_a_roster_lists_each_changed_value_with_the_old_one(send, lead):
    applied(send(ROBIN), lead)
    roster = worked_on(send(row(name="Robin Vale-Ode"), KIM))
    assert counts(roster) == (1, 1, 0, 0)
    changed = roster.lines.get(outcome="changed")
    assert changed.changes == [["name", "Robin Vale", "Robin Vale-Ode"]]


def test_roster_rows_that_change_nothing_are_counted_but_not_stored(send, lead):
    applied(send(ROBIN), lead)
    roster = worked_on(send(ROBIN, ""))
    assert counts(roster) == (0, 0, 1, 0)
    assert not roster.lines.exists()


def test_a_roster_with_refused_rows_is_not_applied_and_each_row_has_its_reason(send, lead):
    roster = worked_on(
        send(ROBIN, row(number="", email="b@example.org"), row(number="=1+1", email="c@example.org"))
    )
    assert counts(roster) == (1, 0, 0, 2)
    words = [(one.line, one.column, one.words) for one in roster.lines.filter(outcome="bad")]
    assert words == [
        (3, "number", "Everybody needs a certification number."),
        (4, "number", "This is a spreadsheet formula. Export the values."),
    ]
    with pytest.raises(Refusal, match="Rows are refused"):
        confirmed(roster, lead)


def test_a_number_that_occurs_twice_in_a_roster_is_refused_with_the_other_line(send):
    roster = worked_on(send(ROBIN, row(email="other@example.org")))
    found = roster.lines.get(outcome="bad")
    assert (found.line, found.words) == (3, "This number stands in line 2 already.")


def test_a_roster_whose_rows_changed_since_its_check_is_checked_again_and_not_applied(send, lead):
    applied(send(ROBIN), lead)
    roster = confirmed(worked_on(send(row(name="Robin Vale-Ode"))), lead)
    Trainer.objects.filter(name="Robin Vale").update(name="Robin V.")
    roster = worked_on(roster)
    assert (roster.state, roster.note) == ("checked", rosters.CHANGED_SINCE)
    assert roster.confirmed_by is None
    assert roster.lines.get().changes == [["name", "Robin V.", "Robin Vale-Ode"]]
    assert Trainer.objects.filter(name="Robin V.").exists()
    assert worked_on(confirmed(roster, lead)).state == "applied"


def test_confirming_a_roster_that_was_checked_again_since_it_was_viewed_is_refused(send, lead):
    roster = worked_on(send(ROBIN))
    with pytest.raises(Refusal, match="checked again since you looked"):
        rosters.confirm_roster(roster, mark="0" * 64, by=lead, at=clock.now())


def test_a_roster_file_replaced_in_storage_after_its_check_is_refused(send, lead):
    roster = confirmed(worked_on(send(ROBIN)), lead)
    default_storage.delete(roster.stored_as)
    default_storage.save(roster.stored_as, ContentFile("\n".join([HEADER, KIM]).encode()))
    roster = worked_on(roster)
    assert (roster.state, roster.note) == ("failed", rosters.REPLACED)
    assert not Credential.objects.exists()


def test_the_same_file_uploaded_twice_is_one_roster_until_that_roster_has_ended(send, lead):
    first = send(ROBIN)
    assert send(ROBIN) == first
    rosters.drop_roster(first, by=lead, at=clock.now())
    assert send(ROBIN) != first


def test_a_roster_confirmed_or_processed_twice_is_applied_once(send, lead):
    roster = worked_on(send(ROBIN))
    confirmed(roster, lead)
    confirmed(roster, lead)
    now = clock.now()
    assert rosters.advance_roster(roster, at=now).state == "applied"
    assert rosters.advance_roster(roster, at=now).state == "applied"
    assert Credential.objects.count() == 1


def test_a_worker_skips_a_roster_leased_by_another_worker(send, clock_at):
    roster = send(ROBIN)
    Roster.objects.filter(pk=roster.pk).update(leased_until=clock.now() + timedelta(seconds=1), attempts=1)
    assert worked_on(roster).state == "checking"
    clock_at("2027-03-02 10:01")
    assert worked_on(roster).state == "checked", "its lease ran out"


def test_a_worker_that_lost_its_lease_on_a_roster_writes_nothing(send, lead, monkeypatch):
    roster = confirmed(worked_on(send(ROBIN)), lead)
    merge = rosters.JudgedRoster.merge

    def taken_over(judged, **told):
        merge(judged, **told)
        Roster.objects.filter(pk=roster.pk).update(attempts=9)

    monkeypatch.setattr(rosters.JudgedRoster, "merge", taken_over)
    assert worked_on(roster).state == "applying"
    assert not Credential.objects.exists()


def test_a_roster_that_fails_its_worker_on_every_attempt_is_marked_as_failed(send, monkeypatch, clock_at):
    roster = send(ROBIN)

    def stop(*args, **told):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(rosters, "judge_roster", stop)
    for attempt in range(ATTEMPTS + 1):
        clock_at(f"2027-03-02 10:{10 + 3 * attempt}")
        roster = worked_on(roster)
    assert timedelta(minutes=3) > LEASE
    assert (roster.state, roster.note, roster.attempts) == ("failed", rosters.GAVE_UP, ATTEMPTS)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (b"PK\x03\x04 a spreadsheet", "This is no CSV file."),
        (b"\x00\x01\x02" * 999, "This is no CSV file."),
        (b"\xff\xd8\xff\xe0 a photo", "Line 1 must name the columns"),
        (HEADER.encode(), "The file holds nobody."),
        (b"number,name\n1,x", "the column email is missing"),
        (b"\xff\xfe\x00", "Line 1 must name the columns"),
        (b'"' + b"x" * 200_000, "Line 1"),
    ],
)
def test_uploading_a_file_that_is_not_a_roster_is_refused_with_a_sentence(send, content, sentence):
    with pytest.raises(Refusal) as refused:
        send(content=content or b" ")
    assert sentence in str(refused.value)
    assert refused.value.field == "file"
    assert not Roster.objects.exists()


def test_a_roster_in_another_encoding_is_refused_with_line_and_column(send):
    roster = worked_on(send(content=f"{HEADER}\n{row(name='Zoë')}".encode("latin-1")))
    found = roster.lines.get()
    assert (found.line, found.column, found.words[:22]) == (2, "name", "Some letters were lost")


def test_a_utf_16_roster_is_accepted(send):
    assert counts(worked_on(send(content="\n".join([HEADER, ROBIN]).encode("utf-16")))) == (1, 0, 0, 0)


def test_each_of_ten_thousand_refused_roster_rows_is_stored(send):
    roster = worked_on(send(*(f"{n},,,x,y,z" for n in range(10_000))))
    assert roster.bad == 10_000
    assert RosterLine.objects.filter(roster=roster).values("line").distinct().count() == 10_000


def test_the_file_and_values_of_a_roster_are_deleted_after_seven_days_and_its_report_stays(
    send, lead, clock_at
):
    roster = worked_on(send(ROBIN, row(number="", email="b@example.org")))
    kind = next(kind for kind in retention.KINDS if kind.name == "Files of rosters")
    clock_at("2027-03-10 10:00")
    figures = type("Figures", (), {"data_file_days": 7})()
    pks = list(kind.over(clock.now(), figures).values_list("pk", flat=True))
    assert pks == [roster.pk]
    kind.let_go(pks, clock.now())
    gone = Roster.objects.get()
    assert (gone.state, gone.stored_as, counts(gone)) == ("dropped", "", (1, 0, 0, 1))
    assert not default_storage.exists(roster.stored_as)
    left = gone.lines.get()
    assert (left.line, left.column, left.value, left.name) == (3, "number", "", "")
    assert left.words == "Everybody needs a certification number."
    assert not kind.over(clock.now(), figures).exists()


def test_a_roster_with_an_export_date_may_replace_changes_made_before_that_date(send, lead, clock_at):
    applied(send(ROBIN), lead)
    robin = Trainer.objects.get(email="robin@example.org")
    HistoryEntry.objects.create(
        subject=f"trainers.trainer:{robin.pk}", trainer=robin, verb="renamed", at=clock.now()
    )
    clock_at("2027-03-20 10:00")
    other = row(name="Robin Ode")
    assert counts(worked_on(send(other))) == (0, 0, 1, 0)
    assert counts(worked_on(send(other, "", exported_on=date(2027, 3, 15)))) == (0, 1, 0, 0)


def cut_at(monkeypatch, window: str) -> None:
    """Let the process end at this crash point."""

    def cut(here: str) -> None:
        if here == window:
            raise SystemExit

    monkeypatch.setattr(rosters, "faultpoint", cut)


def test_a_roster_whose_upload_was_killed_after_its_file_was_stored_is_checked_when_the_lease_ends(
    send, clock_at, monkeypatch
):
    cut_at(monkeypatch, "rosters.stored")
    with pytest.raises(SystemExit):
        send(ROBIN)
    monkeypatch.undo()
    roster = Roster.objects.get()
    assert worked_on(roster).state == "checking"
    clock_at("2027-03-02 10:03")  # the lease is over
    assert worked_on(roster).state == "checked"


def test_a_roster_whose_removal_was_cut_off_after_its_file_went_loses_its_rows_the_next_time(
    send, monkeypatch
):
    roster = worked_on(send(ROBIN, KIM))
    cut_at(monkeypatch, "rosters.removed")
    with pytest.raises(SystemExit):
        rosters.let_roster_go(roster, at=clock.now())
    monkeypatch.undo()
    assert (default_storage.exists(roster.stored_as), RosterLine.objects.count()) == (False, 2)
    rosters.let_roster_go(Roster.objects.get(), at=clock.now())
    assert (Roster.objects.get().stored_as, RosterLine.objects.count()) == ("", 0)
