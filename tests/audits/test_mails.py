"""The mails of an audit: their content, and when they are no longer due."""

from datetime import date

import pytest

from audits import services
from audits.models import Audit
from core.history import subject_of
from outbox.models import Notice
from tests.audits import scenes
from tests.audits.scenes import mail_of, moment
from tests.renewals import scenes as renewal_scenes


@pytest.fixture
def at(clock_at):
    return clock_at("2027-01-04 12:00")


def test_the_first_audit_mail_names_the_documents_the_due_date_and_the_consequence(ready, at):
    scenes.opened(ready)
    scenes.without_certificate(ready)
    written = mail_of("opened")
    assert written.title == "Send documents by the end of February 3, 2027"
    assert "The choice was random." in written.text
    assert (
        "We already have 1 of the 2 documents that we need. Send us the rest by the end of February 3, 2027,"
        in written.text
    )
    assert "Your certification stays active while we check." in written.text
    assert "/audit/A-" in written.text


def test_the_audit_mail_also_gives_the_deadline_in_the_trainers_time_zone(ready, at):
    ready.time_zone = "America/New_York"
    ready.save()
    scenes.opened(ready)
    scenes.without_certificate(ready)
    assert "Phoenix time (1:59 am on February 4, 2027, New York time)" in mail_of("opened").text


def test_the_audit_mail_tells_a_trainer_with_all_documents_on_file_to_do_nothing(ready, at):
    renewal_scenes.renew(ready, "2027-01-04")
    assert Audit.objects.get().state == "sent"
    written = mail_of("opened")
    assert written.title == "Your renewal is checked; nothing to send"
    assert "We already have everything that we need, so there is nothing to do." in written.text


def test_the_20_day_audit_reminder_goes_only_to_trainers_who_have_not_started(ready, at, clock_at):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    clock_at("2027-01-14")
    assert mail_of("reminder", "2027-02-03:audit_20").title == "Send documents by the end of February 3, 2027"
    item = audit.items.get(record__category="education")
    services.say_unavailable(item, by=ready, at=moment("2027-01-10"), why="It burned.")
    assert mail_of("reminder", "2027-02-03:audit_20") is None
    clock_at("2027-01-24")
    assert mail_of("reminder", "2027-02-03:audit_10") is not None


def test_after_an_outage_only_the_latest_audit_reminder_is_sent(ready, at, clock_at):
    scenes.begun(ready)
    clock_at("2027-01-23")
    assert mail_of("reminder", "2027-02-03:audit_20") is not None
    clock_at("2027-02-01")
    assert mail_of("reminder", "2027-02-03:audit_20") is None
    assert mail_of("reminder", "2027-02-03:audit_10") is None
    assert mail_of("reminder", "2027-02-03:audit_3") is not None


def test_the_audit_reminder_on_the_last_day_says_that_it_is_the_last_day(ready, at, clock_at):
    scenes.begun(ready)
    clock_at("2027-02-03")
    assert (
        mail_of("reminder", "2027-02-03:audit_last_day").title == "Last day for documents: February 3, 2027"
    )
    clock_at("2027-02-03 23:59:59")
    assert mail_of("reminder", "2027-02-03:audit_last_day") is not None
    clock_at("2027-02-04 00:00")
    assert mail_of("reminder", "2027-02-03:audit_last_day") is None


def test_sending_the_documents_is_acknowledged_by_mail_and_stops_the_reminders(ready, at, clock_at):
    scenes.sent(ready)
    assert mail_of("sent").title == "We have your documents"
    clock_at("2027-01-24")
    assert mail_of("reminder", "2027-02-03:audit_10") is None


def test_an_audit_extension_is_mailed_with_its_reason(ready, reviewer, at, clock_at):
    audit = scenes.begun(ready)
    services.extend_audit(
        audit, by=reviewer, at=moment("2027-01-21"), through=date(2027, 2, 20), words="You asked in time."
    )
    written = mail_of("more_time")
    assert written.title == "You have time through February 20, 2027"
    assert "Our reason: You asked in time." in written.text
    clock_at("2027-01-24")
    assert mail_of("reminder", "2027-02-03:audit_10") is None


def test_the_mail_about_more_time_is_not_sent_when_a_later_decision_supersedes_it(
    ready, reviewer, at, clock_at
):
    """No mail left for days: time was refused, then given, then given again, through February 25."""
    audit = scenes.begun(ready)
    services.ask_for_time(audit, by=ready, at=moment("2027-01-20"), why="I am away.")
    services.refuse_time(audit, by=reviewer, at=moment("2027-01-21"), words="Your documents are on file.")
    assert mail_of("no_more_time") is not None
    for day, through in (("2027-01-22", date(2027, 2, 20)), ("2027-01-23", date(2027, 2, 25))):
        services.extend_audit(audit, by=reviewer, at=moment(day), through=through, words=f"Said on {day}.")
    assert mail_of("no_more_time") is None
    assert mail_of("more_time", "2027-02-20") is None
    assert "Our reason: Said on 2027-01-23." in mail_of("more_time", "2027-02-25").text
    clock_at("2027-02-26 00:00")
    assert mail_of("more_time", "2027-02-25") is None


def test_no_mail_asks_for_documents_after_the_due_date(ready, reviewer, at, clock_at):
    """The last day is February 3; the mail waited in the outbox."""
    scenes.begun(ready)
    clock_at("2027-02-03 23:59")
    assert mail_of("opened") is not None
    clock_at("2027-02-04 00:00")
    assert mail_of("opened") is None


def test_the_mail_asking_for_a_replacement_names_the_document_and_the_reason(ready, reviewer, at, clock_at):
    audit = scenes.sent(ready)
    item = audit.items.get(record__category="education")
    services.judge_item(item, verdict="replace", by=reviewer, at=moment("2027-01-05"), words="It is cut off.")
    scenes.judge(audit, reviewer)
    services.ask_replacements(audit, by=reviewer, at=moment("2027-01-05"), through=date(2027, 2, 10))
    written = mail_of("replace")
    assert written.title == "Send a new copy by the end of February 10, 2027"
    assert f"- {item.record.title}: It is cut off." in written.text
    assert f"<li>{item.record.title}: It is cut off.</li>" in written.html
    clock_at("2027-02-11 00:00")
    assert mail_of("replace") is None


def test_audit_mails_have_short_subjects_and_small_html(ready, reviewer, at):
    audit = scenes.begun(ready)
    services.ask_for_time(audit, by=ready, at=moment("2027-01-20"), why="I am away.")
    services.refuse_time(audit, by=reviewer, at=moment("2027-01-21"), words="Your documents are on file.")
    for kind in ("opened", "no_more_time"):
        written = mail_of(kind)
        assert len(written.title) <= 50
        assert len(written.html.encode()) <= 15_000
        assert "http" not in written.html.replace("http://127.0.0.1:8000", "").replace(
            "http://testserver", ""
        )


def test_no_more_mail_is_sent_about_a_closed_audit(ready, at):
    audit = scenes.begun(ready)
    Audit.objects.filter(pk=audit.pk).update(state="ended", ended_at=moment("2027-01-06"))
    assert mail_of("opened") is None
    assert not Notice.objects.filter(subject=subject_of(audit), state="failed").exists()
