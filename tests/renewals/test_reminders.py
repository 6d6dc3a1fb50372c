"""The calendar of reminders: what is sent on which day, to whom not, and what an outage leaves of it."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from core import clock
from outbox.models import Notice
from renewals import tasks
from renewals.models import Application
from tests import factories
from tests.renewals import scenes
from tests.renewals.scenes import at_hour, live_days, plan_and_send, sent_titles
from trainers.models import Cycle

PHOENIX = ZoneInfo("America/Phoenix")
CALENDAR = [
    ("2025-06-30", "You have 0.0 of 2.0 CEUs for June 30, 2026"),
    ("2026-01-01", "2.0 CEUs to go: $99 through June 30, 2026"),
    ("2026-04-01", "2.0 CEUs to go: $99 through June 30, 2026"),
    ("2026-05-01", "2.0 CEUs to go: $99 through June 30, 2026"),
    ("2026-05-31", "30 days left, 2.0 CEUs to go: June 30, 2026"),
    ("2026-06-16", "14 days left, 2.0 CEUs to go: June 30, 2026"),
    ("2026-06-23", "7 days left, 2.0 CEUs to go: June 30, 2026"),
    ("2026-06-29", "1 day left, 2.0 CEUs to go: June 30, 2026"),
    ("2026-06-30", "Last day to renew for $99: June 30, 2026"),
    ("2026-07-01", "Expired June 30, 2026: you can still renew"),
    ("2026-07-30", "2.0 CEUs to go: $129 through September 28, 2026"),
    ("2026-09-14", "14 days left, 2.0 CEUs to go: September 28, 2026"),
    ("2026-09-27", "1 day left, 2.0 CEUs to go: September 28, 2026"),
    ("2026-09-28", "Last day to renew for $129: September 28, 2026"),
    ("2026-09-29", "2.0 CEUs to go: $149 through June 29, 2027"),
    ("2026-12-27", "2.0 CEUs to go: $149 through June 29, 2027"),
    ("2027-03-27", "2.0 CEUs to go: $149 through June 29, 2027"),
    ("2027-05-30", "30 days left, 2.0 CEUs to go: June 29, 2027"),
    ("2027-06-22", "7 days left, 2.0 CEUs to go: June 29, 2027"),
    ("2027-06-28", "1 day left, 2.0 CEUs to go: June 29, 2027"),
    ("2027-06-29", "Last day to renew at all: $149, June 29, 2027"),
    ("2027-06-30", "Your certification ended June 30, 2026"),
]


def test_a_trainer_who_never_renews_gets_exactly_the_reminders_of_the_policy(drew):
    live_days("2025-06-01", "2027-07-31")
    assert sent_titles() == CALENDAR


def test_reminder_subjects_have_at_most_50_characters():
    assert max(len(title) for _, title in CALENDAR) <= 50


def test_reminders_go_only_to_the_trainer_whose_cycle_they_are_about(drew, stranger):
    factories.remind_from_the_start(stranger)
    live_days("2026-06-30", "2026-07-02")
    titles = Notice.objects.filter(trainer=stranger).values_list("title", flat=True)
    assert list(titles) == ["You have 0.0 of 2.0 CEUs for June 30, 2027"]


def test_planned_reminders_are_sent_between_9_and_11_in_the_morning(drew):
    plan_and_send(at_hour("2026-05-31", 0, 1))
    notice = Notice.objects.get(state="due")
    assert at_hour("2026-05-31", 9) <= notice.send_at <= at_hour("2026-05-31", 10, 50)
    plan_and_send(at_hour("2026-05-31", 8, 59))
    assert sent_titles() == []
    plan_and_send(at_hour("2026-05-31", 10, 50))
    assert [day for day, _ in sent_titles()] == ["2026-05-31"]


def test_a_reminder_planned_after_the_morning_slots_is_sent_the_next_morning(drew):
    plan_and_send(at_hour("2026-06-23", 11))
    assert Notice.objects.get().send_at >= at_hour("2026-06-24", 9)
    plan_and_send(at_hour("2026-06-24", 11))
    assert sent_titles() == [("2026-06-24", "6 days left, 2.0 CEUs to go: June 30, 2026")]


def test_a_last_day_reminder_planned_after_the_morning_slots_is_sent_at_once(drew):
    plan_and_send(at_hour("2026-06-30", 22))
    assert sent_titles() == [("2026-06-30", "Last day to renew for $99: June 30, 2026")]


@pytest.mark.parametrize(
    ("stood_still", "back_on", "subject"),
    [
        ("2026-06-22", "2026-06-24", "6 days left, 2.0 CEUs to go: June 30, 2026"),
        ("2026-06-15", "2026-06-29", "1 day left, 2.0 CEUs to go: June 30, 2026"),
        ("2026-05-30", "2026-07-10", "2.0 CEUs to go: $129 through September 28, 2026"),
        ("2025-06-01", "2027-07-30", "Your certification ended June 30, 2026"),
        ("2025-06-01", "2027-07-31", None),  # a month after the last day it is news to nobody
        ("2025-06-01", "2028-01-01", None),
    ],
)
def test_after_an_outage_only_the_latest_due_reminder_is_sent(drew, stood_still, back_on, subject):
    plan_and_send(at_hour(stood_still, 11))
    Notice.objects.all().delete()
    for minute in (1, 2):
        plan_and_send(at_hour(back_on, 9, minute))
    plan_and_send(at_hour(back_on, 10, 55))
    assert sent_titles() == ([(back_on, subject)] if subject else [])


def test_a_reminder_planned_before_an_outage_is_superseded_by_a_later_one(drew):
    with clock.moved_to(at_hour("2026-06-29", 0, 5)):
        tasks.plan_reminders()
    plan_and_send(at_hour("2026-07-01", 0, 5))
    plan_and_send(at_hour("2026-07-01", 10, 55))
    assert sent_titles() == [("2026-07-01", "Expired June 30, 2026: you can still renew")]
    assert Notice.objects.get(event="before_1:2026-06-30").state == "superseded"


def test_planning_reminders_twice_queues_each_once(drew):
    for _ in range(3):
        plan_and_send(at_hour("2026-06-30", 0, 5))
        plan_and_send(at_hour("2026-06-30", 10, 55))
    assert len(sent_titles()) == Notice.objects.count() == 1


def test_planning_reminders_with_nothing_due_writes_nothing(drew, django_assert_num_queries):
    plan_and_send(at_hour("2026-07-01", 0, 5))
    with clock.moved_to(at_hour("2026-07-02", 12)), django_assert_num_queries(2):
        assert tasks.plan_reminders() == 0


def test_a_trainer_with_half_the_ceus_a_year_before_expiration_gets_no_reminder(drew):
    factories.CeuRecordFactory(
        credential=drew.credentials.get(), completed_on=date(2025, 1, 10), hundredths=100
    )
    live_days("2025-06-29", "2025-07-02")
    assert sent_titles() == []
    assert Notice.objects.get().state == "superseded"


def test_a_trainer_with_less_than_half_the_ceus_a_year_before_expiration_is_reminded(drew):
    factories.CeuRecordFactory(
        credential=drew.credentials.get(), completed_on=date(2025, 1, 10), hundredths=99
    )
    live_days("2025-06-29", "2025-07-02")
    assert len(sent_titles()) == 1


@pytest.mark.parametrize("state", ["suspended", "revoked"])
def test_a_suspended_or_revoked_trainer_gets_no_reminder_until_reinstated(drew, state):
    credential = drew.credentials.get()
    factories.walk_to(credential, state, state_on=date(2026, 1, 1))
    live_days("2026-06-29", "2026-06-30")
    assert Notice.objects.count() == 0
    credential.refresh_from_db()
    factories.walk_to(credential, "in_force")
    live_days("2026-07-01", "2026-07-02")
    assert sent_titles() == [("2026-07-01", "Expired June 30, 2026: you can still renew")]


def test_a_suspension_stops_planned_reminders(drew):
    plan_and_send(at_hour("2026-06-29", 0, 5))
    drew.credentials.update(state="suspended", state_on=date(2026, 6, 29))
    plan_and_send(at_hour("2026-06-29", 10, 55))
    assert sent_titles() == []
    assert Notice.objects.get().state == "superseded"


def test_a_submitted_renewal_stops_planned_reminders(complete, clock_at):
    clock_at("2026-06-29")
    plan_and_send(at_hour("2026-06-29", 0, 5))
    clock_at("2026-06-29 08:00")
    scenes.submit(complete, "2026-06-29")
    assert Notice.objects.get(kind="renewals.reminder").state == "superseded"


@pytest.mark.parametrize("steps", [(), ("in_review",), ("in_review", "returned")])
def test_no_reminder_is_sent_while_an_application_is_open(complete, steps):
    application = scenes.submit(complete, "2026-06-20")
    days = {"returned_on": date(2026, 6, 21), "correct_through": date(2026, 7, 21)}
    for state in steps:
        Application.objects.filter(pk=application.pk).update(state=state, **days)
    live_days("2026-06-28", "2026-07-02")
    assert not Notice.objects.filter(kind="renewals.reminder", state="sent").exists()


@pytest.mark.parametrize("steps", [("lapsed",), ("withdrawn",), ("in_review", "denied")])
def test_reminders_continue_after_an_application_ended_without_approval(complete, steps):
    application = scenes.submit(complete, "2026-06-20")
    *earlier, last = steps
    for state in earlier:
        Application.objects.filter(pk=application.pk).update(state=state)
    Application.objects.filter(pk=application.pk).update(state=last, ended_at=at_hour("2026-06-25"))
    live_days("2026-06-29", "2026-06-29")
    titles = [one.title for one in Notice.objects.filter(kind="renewals.reminder", state="sent")]
    assert titles == ["1 day left to renew for $99, June 30, 2026"]


@pytest.fixture
def casey(casey):
    factories.remind_from_the_start(casey)
    return casey


def test_a_reminder_states_the_same_facts_as_home(drew):
    live_days("2026-05-31", "2026-05-31")
    notice = Notice.objects.get()
    assert "You need 2.0 more CEUs" in notice.text
    assert "Last day to renew on time: June 30, 2026" in notice.text
    assert "Last day with the $30 late fee: September 28, 2026" in notice.text
    assert "Last day you can renew at all: June 29, 2027" in notice.text


def test_a_cycle_opened_late_gets_only_reminders_still_in_the_future(drew):
    cycle = open_late(drew, "2026-07-15")
    assert cycle.remind_on == date(2026, 7, 30)


def open_late(trainer, day: str) -> Cycle:
    from trainers.services import grant_credential

    credential = grant_credential(
        factories.TrainerFactory(email="late@example.org"),
        number="26063099",
        policy_code="nasm-cpt",
        awarded_on=date(2022, 6, 30),
        cycle_expires_on=date(2026, 6, 30),
        by=None,
        at=at_hour(day),
    )
    return credential.cycles.get()


def test_approving_a_renewal_ends_the_reminders_of_the_cycle_and_starts_those_of_the_next(complete):
    application = scenes.submit(complete, "2026-06-20")
    scenes.pay(application, "2026-06-20")
    old, new = Cycle.objects.order_by("starts_on")
    assert old.remind_on is None
    assert new.remind_on == date(2027, 7, 1)


@pytest.mark.parametrize(
    ("stored", "then"),
    [
        ("2026-06-29", "2026-06-29"),  # as the rules say
        ("2026-06-30", "2026-06-29"),  # an earlier reminder was added
        ("2026-06-26", "2026-06-29"),  # a reminder fell away
        (None, "2026-06-29"),
        ("2026-06-25", "2026-06-25"),  # has come, and waits for the plan
        ("2026-06-01", "2026-06-01"),
    ],
)
def test_stored_reminder_days_are_realigned_after_a_policy_change(drew, clock_at, stored, then):
    """On June 25, 2026 the next reminder by the rules is that of June 29."""
    clock_at("2026-06-25")
    Cycle.objects.update(remind_on=stored)
    tasks.realign_reminders()
    assert f"{Cycle.objects.get().remind_on}" == then


def test_an_already_renewed_cycle_gets_no_reminders_after_a_policy_change(complete, clock_at):
    scenes.pay(scenes.submit(complete, "2026-06-20"), "2026-06-20")
    clock_at("2026-06-25")
    tasks.realign_reminders()
    assert Cycle.objects.get(expires_on="2026-06-30").remind_on is None
