"""The 30 days of an audit: their start, their end, and that the due date only moves later (S13, Q18, Q19)."""

from datetime import date

import pytest

from audits import services
from audits.models import Audit
from audits.notices import OPENED
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from outbox.models import Notice
from tests.audits import scenes
from tests.audits.scenes import mail_of, moment
from trainers.services import suspend_credential

DUE = date(2027, 2, 3)  # 30 days after January 4


def test_the_audit_clock_does_not_start_before_the_first_mail_is_accepted(ready):
    audit = services.begin_clock(scenes.opened(ready), at=moment("2027-01-06 23:59:59"))
    assert (audit.notified_on, audit.due_on) == (None, None)


def test_an_accepted_mail_starts_the_audit_clock_on_its_day_in_the_policys_time_zone(ready):
    audit = scenes.begin_clock(scenes.opened(ready), "2027-01-04 23:30")
    assert (audit.notified_on, audit.due_on) == (date(2027, 1, 4), DUE)


def test_a_mail_that_failed_permanently_starts_the_audit_clock_too(ready):
    audit = scenes.opened(ready)
    notice = Notice.objects.filter(kind=OPENED, subject=subject_of(audit))
    notice.update(state="failed", ended_at=moment("2027-01-05"))
    assert services.begin_clock(audit, at=moment("2027-01-05")).due_on == date(2027, 2, 4)


def test_without_an_accepted_mail_the_audit_clock_starts_on_day_three_even_if_the_sweep_is_late(ready):
    audit = services.begin_clock(scenes.opened(ready), at=moment("2027-01-20"))
    assert (audit.notified_on, audit.due_on) == (date(2027, 1, 7), date(2027, 2, 6))


def test_the_audit_clock_starts_only_once(ready):
    audit = scenes.begun(ready)
    services.begin_clock(audit, at=moment("2027-01-10"))
    entries = HistoryEntry.objects.filter(subject=subject_of(audit), verb="time began")
    assert entries.count() == 1
    assert Audit.objects.get().due_on == DUE


def test_audit_documents_are_accepted_through_the_last_second_of_the_last_day(ready):
    audit = scenes.begun(ready)
    with pytest.raises(Refusal) as refused:
        services.send_documents(audit, by=ready, at=moment("2027-02-04 00:00"))
    assert str(refused.value) == "The time to send documents ended on February 3, 2027."
    sent = services.send_documents(audit, by=ready, at=moment("2027-02-03 23:59:59.999999"))
    assert sent.state == "sent"


@pytest.mark.parametrize("at", ["2027-02-03 23:59:59", "2027-02-04 00:14:59"])
def test_the_sweep_closes_no_audit_on_its_last_day_or_while_an_upload_may_still_arrive(ready, at):
    audit = scenes.begun(ready)
    with pytest.raises(Refusal, match="There is still time"):
        services.close_overdue_audit(audit, at=moment(at))


def test_an_upload_started_in_time_counts_even_if_the_sweep_runs_before_it_ends(ready):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    item = audit.items.get(record__category="education")
    with pytest.raises(Refusal, match="There is still time"):
        services.close_overdue_audit(audit, at=moment("2027-02-04 00:00:05"))
    with pytest.raises(Refusal, match="ended on February 3, 2027"):
        services.say_unavailable(item, by=ready, at=moment("2027-02-04 00:00"), why="It burned.")
    services.say_unavailable(item, by=ready, at=moment("2027-02-03 23:59:59.999999"), why="It burned.")
    assert services.close_overdue_audit(audit, at=moment("2027-02-04 00:15")).state == "sent"


def test_an_audit_with_every_item_answered_in_time_counts_as_sent(ready, clock_at):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    item = audit.items.get(record__category="education")
    services.say_unavailable(item, by=ready, at=moment("2027-01-20"), why="The provider has closed.")
    audit = services.close_overdue_audit(audit, at=moment("2027-02-04 00:15"))
    assert (audit.state, audit.sent_at) == ("sent", moment("2027-02-04 00:15"))
    assert Notice.objects.filter(kind="audits.sent", state="due").count() == 1
    assert scenes.application_of(audit).state == "in_review"


def test_an_audit_with_only_some_items_answered_expires(ready):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    card = audit.items.get(record__category="cpr_aed")
    services.say_unavailable(card, by=ready, at=moment("2027-01-20"), why="It is with my club.")
    assert services.close_overdue_audit(audit, at=moment("2027-02-04 00:15")).state == "expired"


def test_an_audit_that_expires_during_a_suspension_denies_the_renewal_too(
    ready, lead, django_capture_on_commit_callbacks
):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    suspend_credential(
        ready.credentials.get(), by=lead, on=date(2027, 1, 5), at=moment("2027-01-05"), reason="A complaint."
    )
    with django_capture_on_commit_callbacks(execute=True):
        services.close_overdue_audit(audit, at=moment("2027-02-05"))
    assert scenes.application_of(audit).state == "denied"


@pytest.mark.parametrize("late", ["2027-02-04 00:15", "2027-02-14"])
def test_a_late_sweep_closes_an_expired_audit_and_denies_the_renewal(
    ready, late, django_capture_on_commit_callbacks
):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    with django_capture_on_commit_callbacks(execute=True):
        audit = services.close_overdue_audit(audit, at=moment(late))
    assert audit.state == "expired"
    application = scenes.application_of(audit)
    assert application.state == "denied"
    assert application.end_reason == "We did not receive all documents by the end of February 3, 2027."


def test_a_sent_audit_does_not_expire(ready):
    audit = scenes.sent(ready)
    assert services.close_overdue_audit(audit, at=moment("2027-03-30")).state == "sent"


def test_an_extension_records_who_granted_it_and_the_trainers_reason(ready, reviewer):
    audit = scenes.begun(ready)
    services.ask_for_time(audit, by=ready, at=moment("2027-01-20"), why="My gym has closed.")
    given = services.extend_audit(
        audit, by=reviewer, at=moment("2027-01-21"), through=date(2027, 2, 20), words="You asked in time."
    )
    assert given.due_on == date(2027, 2, 20)
    extension = given.extensions.get()
    assert (extension.state, extension.by, extension.why) == ("granted", reviewer, "My gym has closed.")
    with pytest.raises(Refusal, match="still time"):
        services.close_overdue_audit(audit, at=moment("2027-02-20 23:59"))


@pytest.mark.parametrize("through", [date(2027, 2, 2), date(2026, 2, 20), date(2028, 1, 1)])
def test_extending_an_audit_to_an_earlier_or_far_later_day_is_refused(ready, reviewer, through):
    audit = scenes.begun(ready)
    with pytest.raises(Refusal, match="Choose a day from February 4, 2027"):
        services.extend_audit(audit, by=reviewer, at=moment("2027-01-21"), through=through, words="Why not.")
    assert Audit.objects.get().due_on == DUE


def test_staff_can_extend_an_audit_by_at_most_90_days_from_today(ready, reviewer):
    audit = scenes.begun(ready)
    said = {"by": reviewer, "at": moment("2027-01-21"), "words": "They are in hospital."}
    with pytest.raises(Refusal, match="Choose a day from February 4, 2027 to April 21, 2027"):
        services.extend_audit(audit, through=date(2027, 4, 22), **said)
    assert services.extend_audit(audit, through=date(2027, 4, 21), **said).due_on == date(2027, 4, 21)


def test_a_closed_audit_cannot_be_extended(ready, reviewer):
    audit = scenes.begun(ready)
    with pytest.raises(Refusal, match="A lead can reopen it"):
        services.extend_audit(
            audit, by=reviewer, at=moment("2027-02-04"), through=date(2027, 3, 1), words="Sorry."
        )


def test_refusing_a_request_for_more_time_keeps_the_due_date_and_queues_one_mail(ready, reviewer):
    audit = scenes.begun(ready)
    services.ask_for_time(audit, by=ready, at=moment("2027-01-20"), why="I am away.")
    services.refuse_time(audit, by=reviewer, at=moment("2027-01-21"), words="Your documents are on file.")
    assert audit.extensions.get().state == "refused"
    assert Audit.objects.get().due_on == DUE
    assert Notice.objects.filter(kind="audits.no_more_time").count() == 1


def test_a_request_for_more_time_can_be_refused_only_once_and_while_it_is_open(
    ready, reviewer, second_reviewer
):
    audit = scenes.begun(ready)
    with pytest.raises(Refusal, match="No wish for more time waits"):
        services.refuse_time(audit, by=reviewer, at=moment("2027-01-20"), words="No.")
    services.ask_for_time(audit, by=ready, at=moment("2027-01-20"), why="I am away.")
    for _ in range(2):
        services.refuse_time(audit, by=reviewer, at=moment("2027-01-21"), words="No.")
    assert Notice.objects.filter(kind="audits.no_more_time").count() == 1
    with pytest.raises(Refusal, match="No wish for more time waits"):
        services.refuse_time(audit, by=second_reviewer, at=moment("2027-01-21"), words="Neither.")


def test_a_trainer_who_sent_everything_cannot_ask_for_more_time(ready):
    audit = scenes.sent(ready)
    with pytest.raises(Refusal, match="You have sent your documents"):
        services.ask_for_time(audit, by=ready, at=moment("2027-01-20"), why="I am away.")


def test_the_first_audit_mail_names_the_real_due_date_even_when_sent_late(ready, clock_at):
    audit = scenes.opened(ready)
    scenes.without_certificate(ready)
    clock_at("2027-01-14")
    assert mail_of("opened").title == "Send documents by the end of February 6, 2027"
    assert scenes.begin_clock(audit, "2027-01-14 12:05").due_on == date(2027, 2, 6)


def test_a_requested_replacement_gets_reminders_even_when_the_due_date_stays_the_same(
    ready, reviewer, clock_at
):
    audit = scenes.sent(ready)
    item = audit.items.get(record__category="education")
    services.judge_item(item, verdict="replace", by=reviewer, at=moment("2027-01-05"), words="It is cut off.")
    clock_at("2027-01-24")
    assert mail_of("reminder", "2027-02-03:audit_10") is None
    services.ask_replacements(audit, by=reviewer, at=moment("2027-01-05"), through=DUE)
    assert mail_of("reminder", "2027-02-03:audit_10").title == "Send documents by the end of February 3, 2027"
    due = Notice.objects.filter(kind="audits.reminder", state="due")
    assert due.count() == 4


def test_audit_reminders_are_planned_again_when_the_due_date_moves(ready, reviewer):
    audit = scenes.begun(ready)
    due = Notice.objects.filter(kind="audits.reminder", state="due").order_by("send_at")
    assert [one.send_at for one in due] == [
        moment(f"2027-{day} 09:00") for day in ("01-14", "01-24", "01-31", "02-03")
    ]
    services.extend_audit(
        audit, by=reviewer, at=moment("2027-01-28"), through=date(2027, 2, 20), words="You asked in time."
    )
    due = Notice.objects.filter(kind="audits.reminder", state="due").order_by("send_at")
    assert [one.send_at for one in due] == [
        moment(f"2027-{day} 09:00") for day in ("01-31", "02-10", "02-17", "02-20")
    ]


def test_an_audit_with_all_documents_on_file_counts_as_sent_at_the_due_date_without_a_click(ready):
    audit = scenes.begun(ready)
    assert services.close_overdue_audit(audit, at=moment("2027-02-04 00:15")).state == "sent"


def test_documents_completed_before_a_request_for_more_time_count_as_sent(ready):
    audit = scenes.begun(ready)
    item = audit.items.get(record__category="education")
    scenes.without_certificate(ready)
    services.say_unavailable(item, by=ready, at=moment("2027-01-20"), why="It burned.")
    services.ask_for_time(audit, by=ready, at=moment("2027-01-21"), why="I am abroad.")
    assert services.close_overdue_audit(audit, at=moment("2027-02-04 00:15")).state == "sent"


def test_audit_documents_can_be_changed_until_a_reviewer_has_decided_about_any_of_them(ready, reviewer):
    audit = scenes.sent(ready)
    card, course = audit.items.get(record__category="cpr_aed"), audit.items.get(record__category="education")
    services.say_unavailable(course, by=ready, at=moment("2027-01-05 09:00"), why="A better copy comes.")
    services.judge_item(card, verdict="accepted", by=reviewer, at=moment("2027-01-05 10:00"))
    with pytest.raises(Refusal, match="We have looked at your documents already"):
        services.say_unavailable(course, by=ready, at=moment("2027-01-05 11:00"), why="It burned.")
