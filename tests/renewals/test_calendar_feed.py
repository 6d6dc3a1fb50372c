"""The private calendar feed: its entries in each state, and that they move with their dates."""

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from audits.models import Audit
from audits.services import extend_audit, send_documents
from petitions import services as petitions
from tests import factories
from tests.audits import scenes as audit_scenes
from tests.audits.scenes import open_periods
from tests.cast import colleague
from tests.petitions import scenes as petition_scenes
from tests.renewals import scenes
from tests.renewals.decided import return_application
from tests.renewals.scenes import feed_entries, feed_entry, feed_of, feed_path
from trainers.services import suspend_credential


@pytest.fixture(autouse=True)
def _heard_at_once(monkeypatch):
    """Each test is one transaction that is never committed, so what waits for a commit is done as it is said."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda heard, **_: heard())


RENEWAL = {
    "First day you can renew": "2026-09-15",
    "Last day to renew on time": "2027-03-14",
    "Last day with the $30 late fee": "2027-06-12",
    "Last day to finish courses for this renewal": "2027-06-12",
    "Last day you can renew at all": "2028-03-13",
}


def test_each_deadline_of_the_cycle_is_a_calendar_entry(jordan, clock_at):
    clock_at("2026-06-01")
    assert feed_entries(jordan) == RENEWAL


def test_the_calendar_entries_of_a_second_certification_are_in_the_feed_too(jordan, clock_at):
    clock_at("2026-06-01")
    other = factories.CredentialFactory(trainer=jordan, number="55556666", awarded_on=date(2022, 6, 30))
    factories.CycleFactory(credential=other, expires_on=date(2026, 6, 30))
    events = Calendar.from_ical(feed_of(jordan)).walk("VEVENT")
    on_time = [one for one in events if "Last day to renew on time" in str(one["summary"])]
    assert [str(one["summary"])[-11:] for one in on_time] == [", 5555 6666", ", 1193 4482"]
    assert [one.decoded("dtstart") for one in on_time] == [date(2026, 6, 30), date(2027, 3, 14)]
    assert "Certification 5555 6666." in str(on_time[0]["description"])
    assert on_time[0]["uid"] != on_time[1]["uid"]


def test_a_calendar_feed_contains_nothing_of_another_trainer(jordan, stranger, clock_at):
    clock_at("2026-06-01")
    assert feed_entries(stranger)["Last day to renew on time"] == "2027-06-30"
    assert b"1193" not in feed_of(stranger)


def test_a_calendar_entry_states_the_price_in_the_sentence_of_the_rules(jordan, clock_at):
    clock_at("2026-06-01")
    words = str(feed_entry(jordan, "Last day with the $30 late fee")["description"])
    assert (
        "From March 15, 2027 through June 12, 2027 you can still renew, with a late fee. It costs $129."
        in words
    )
    assert "Certification 1193 4482." in words
    assert "That day ends" not in words
    at_all = str(feed_entry(jordan, "Last day you can renew at all")["description"])
    assert "It costs $149." in at_all
    courses = str(feed_entry(jordan, "Last day to finish courses")["description"])
    assert "within 90 days after your expiration date" in courses


def test_a_calendar_entry_names_the_end_of_the_day_in_the_readers_time_zone(jordan, clock_at):
    clock_at("2026-06-01")
    jordan.time_zone = "America/New_York"
    jordan.save()
    words = str(feed_entry(jordan, "Last day to renew on time")["description"])
    assert "That day ends at 11:59 pm, Phoenix time (2:59 am on March 15, 2027, New York time)." in words
    assert "2:59 am on June 13, 2027" in str(feed_entry(jordan, "Last day to finish courses")["description"])


def test_the_calendar_entry_for_the_end_of_a_card_moves_when_a_newer_card_is_logged(jordan, clock_at):
    clock_at("2026-06-01")
    credential = jordan.credentials.get()
    factories.CardFactory(
        credential=credential, completed_on=date(2025, 8, 2), valid_through=date(2027, 2, 2)
    )
    before = feed_entry(jordan, "Last day of your CPR and AED card")
    assert before.decoded("dtstart") == date(2027, 2, 2)
    factories.CardFactory(
        credential=credential, completed_on=date(2026, 5, 2), valid_through=date(2028, 5, 2)
    )
    after = feed_entry(jordan, "Last day of your CPR and AED card")
    assert after.decoded("dtstart") == date(2028, 5, 2)
    assert after["uid"] == before["uid"]


@pytest.mark.usefixtures("ready")
class TestARenewalInHand:
    def test_a_complete_renewal_not_yet_submitted_keeps_every_calendar_entry(self, jordan, clock_at):
        clock_at("2027-03-02")
        assert feed_entries(jordan) == {**RENEWAL, "Last day of your CPR and AED card": "2029-03-14"}

    def test_an_unpaid_renewal_has_only_a_calendar_entry_for_the_last_day_to_pay(self, jordan, clock_at):
        clock_at("2027-03-02")
        application = scenes.submit(jordan, "2027-03-02")
        assert feed_entries(jordan) == {f"Last day to pay $99 ({application.reference})": "2027-03-09"}

    def test_an_approved_renewal_has_the_calendar_entries_of_the_next_cycle_instead(self, jordan, clock_at):
        clock_at("2027-03-02")
        scenes.renew(jordan, "2027-03-02")
        found = feed_entries(jordan)
        assert found["Last day to renew on time"] == "2029-03-14"
        assert found["First day you can renew"] == "2028-09-15"
        assert not any(title.startswith("Last day to pay") for title in found)

    def test_a_renewal_whose_payment_is_being_confirmed_has_no_calendar_entry(self, jordan, clock_at):
        clock_at("2027-03-02")
        application = scenes.submit(jordan, "2027-03-02")
        scenes.visit(application, "2027-03-02", state="confirming")
        assert feed_entries(jordan) == {}

    def test_a_returned_renewal_has_a_calendar_entry_that_names_what_is_needed(
        self, jordan, reviewer, clock_at
    ):
        clock_at("2027-03-02")
        application = scenes.submit(jordan, "2027-03-02")
        factories.recount(application.cycle.claimed_records.filter(category="education"), 150)
        application = scenes.pay(application, "2027-03-02")
        asked_at = scenes.moment("2027-03-03")
        return_application(application, reason="One course is missing.", by=reviewer, at=asked_at)
        clock_at("2027-03-03")
        application.refresh_from_db()
        assert feed_entries(jordan) == {
            f"Last day to correct your renewal ({application.reference})": application.correct_through.isoformat(),
            "Last day to finish courses for this renewal": "2027-06-12",
        }
        words = str(feed_entry(jordan, "Last day to correct")["description"])
        assert "Your price of $99 stays." in words


class TestAnAudit:
    @pytest.fixture(autouse=True)
    def _draw_periods(self, db):
        """Instead of the ones of all other tests, in which nobody is chosen."""
        open_periods(rate="1")

    def test_the_calendar_entry_of_an_audit_awaiting_documents_moves_with_an_extension(self, ready, clock_at):
        clock_at("2027-01-04")
        audit_scenes.without_certificate(ready)
        audit = audit_scenes.begun(ready)
        before = feed_entry(ready, "Last day to send your documents")
        assert before.decoded("dtstart") == date(2027, 2, 3)
        assert "Your certification stays active while we check." in str(before["description"])
        more = {"through": date(2027, 2, 20), "words": "You were ill.", "at": scenes.moment("2027-01-05")}
        extend_audit(audit, by=colleague("lead"), **more)
        after = feed_entry(ready, "Last day to send your documents")
        assert after.decoded("dtstart") == date(2027, 2, 20)
        assert after["uid"] == before["uid"]

    def test_an_audit_whose_documents_were_sent_has_no_calendar_entry(self, ready, clock_at):
        clock_at("2027-01-04")
        audit_scenes.begun(ready)
        assert [title[:31] for title in feed_entries(ready)] == ["Last day to send your documents"]
        send_documents(Audit.objects.get(), by=ready, at=scenes.moment("2027-01-04 13:00"))
        assert feed_entries(ready) == {}

    def test_an_audit_has_no_calendar_entry_before_its_clock_starts(self, ready, clock_at):
        clock_at("2027-01-04")
        audit_scenes.opened(ready)
        assert feed_entries(ready) == {}


def test_a_question_about_a_petition_is_a_calendar_entry_until_answered(jordan, clock_at):
    at = clock_at("2027-03-02")
    petition = petition_scenes.submitted(jordan, at=at)
    assert not any("answer" in title for title in feed_entries(jordan))
    petitions.ask_question(petition, text="Who taught it?", by=colleague("reviewer"), at=at)
    title = f"Last day to answer us about “Kettlebell Biomechanics” ({petition.reference})"
    assert feed_entries(jordan)[title] == "2027-03-16"
    petitions.answer_question(petition, text="Ana Lee.", by=jordan, at=at)
    assert title not in feed_entries(jordan)


def test_a_suspended_trainer_has_calendar_entries_only_for_questions_to_answer(jordan, lead, clock_at):
    at = clock_at("2027-03-02")
    petition = petition_scenes.submitted(jordan, at=at)
    petitions.ask_question(petition, text="Who taught it?", by=colleague("reviewer"), at=at)
    suspend_credential(jordan.credentials.get(), by=lead, at=at, on=at.date(), reason="Under review.")
    title = f"Last day to answer us about “Kettlebell Biomechanics” ({petition.reference})"
    assert feed_entries(jordan) == {title: "2027-03-16"}


def test_the_last_day_to_renew_stays_a_calendar_entry_until_the_day_after(jordan, clock_at):
    clock_at("2028-03-13 23:59")
    assert feed_entries(jordan)["Last day you can renew at all"] == "2028-03-13"
    clock_at("2028-03-14 00:00")
    assert feed_entries(jordan) == {}


def test_the_calendar_feed_follows_the_icalendar_standard(jordan, clock_at):
    clock_at("2027-03-02")
    petition = petition_scenes.submitted(
        jordan, at=scenes.moment("2027-03-02"), title="Kraft, Mobilität; Ausdauer — " + "Übung 体操 " * 12
    )
    reviewer = colleague("reviewer")
    petitions.ask_question(petition, text="Who?", by=reviewer, at=scenes.moment("2027-03-02"))
    body = feed_of(jordan)
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    calendar = Calendar.from_ical(body)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    events = calendar.walk("VEVENT")
    assert len({str(one["uid"]) for one in events}) == len(events) == 6
    for one in events:
        assert not one.errors
        assert one["dtstart"].params["VALUE"] == "DATE"
        assert one.decoded("dtend") - one.decoded("dtstart") == timedelta(days=1)
        assert one.decoded("dtstamp") == scenes.moment("2027-03-02")
        assert str(one["url"]).startswith("http://127.0.0.1:8000/")
    titles = [str(one["summary"]) for one in events]
    assert any("Kraft, Mobilität; Ausdauer — Übung 体操" in title for title in titles)


def test_a_calendar_feed_fetched_later_has_later_time_stamps(jordan, clock_at):
    clock_at("2027-03-02")
    first = feed_entry(jordan, "Last day to renew on time").decoded("dtstamp")
    clock_at("2027-03-02 12:00:01")
    assert feed_entry(jordan, "Last day to renew on time").decoded("dtstamp") - first == timedelta(seconds=1)


def test_the_calendar_feed_uses_the_same_number_of_queries_for_ten_petitions_as_for_one(
    jordan, clock_at, django_assert_num_queries
):
    at = clock_at("2027-03-02")
    petition_scenes.submitted(jordan, at=at)
    factories.everything_met(jordan)
    address = feed_path(jordan)
    with django_assert_num_queries(
        8
    ):  # trainer, credential, cycle, records, what was granted, application, petitions, questions
        Client().get(address)
    for number in range(9):
        petition_scenes.submitted(jordan, at=at, title=f"Course {number}")
        factories.CeuRecordFactory(credential=jordan.credentials.get())
    with django_assert_num_queries(8):
        Client().get(address)


def test_calendar_entries_use_the_current_date_in_the_policys_time_zone(jordan, clock_at):
    """Half past midnight in New York is still the evening before in Phoenix: the last day at all still stands."""
    clock_at("2028-03-14 00:30", zone="America/New_York")
    assert "Last day you can renew at all" in feed_entries(jordan)
