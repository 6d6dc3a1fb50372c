"""What an audit refuses, each with its sentence: documents, verdicts, more time and another look out of order."""

from datetime import date

import pytest

from audits import services
from outbox.models import Notice
from renewals.models import Application
from renewals.services import decide_application, look_again
from tests import factories
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.reading import refused_with
from tests.renewals import scenes as renewal_scenes
from tests.renewals.decided import reopen_application
from trainers.services import suspend_credential

JANUARY_5 = moment("2027-01-05")


def test_adding_a_document_while_a_decision_is_pending_is_refused(ready, reviewer, picture):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer, verdict="refused", words="It is another course.")
    services.close_audit(audit, verdict="fail", by=reviewer, at=JANUARY_5, words="Nothing was shown.")
    item = audit.items.first()
    with refused_with("We have looked at your documents already.", "reviewed"):
        services.add_document(item, files={}, by=ready, at=JANUARY_5)
    audit.items.update(verdict="", words="", reviewed_by=None, reviewed_at=None)
    with refused_with("We are closing this audit, so nothing can be added now.", "pending"):
        services.add_document(item, files={}, by=ready, at=JANUARY_5)


@pytest.mark.parametrize("files", [{}, {"passport": None}])
def test_a_document_without_a_file_belonging_to_its_record_is_refused(ready, files):
    audit = scenes.begun(ready)
    with refused_with("Choose a file.", "no_file"):
        services.add_document(audit.items.first(), files=files, by=ready, at=JANUARY_5)


def test_reviewing_documents_before_they_are_sent_is_refused(ready, reviewer):
    item = scenes.begun(ready).items.first()
    with refused_with("The trainer has not sent the documents yet.", "out_of_order"):
        services.judge_item(item, verdict="accepted", by=reviewer, at=JANUARY_5)


def test_an_unknown_verdict_on_a_document_or_audit_is_refused(ready, reviewer):
    audit = scenes.sent(ready)
    with refused_with("Choose what to say about this document.", "verdict"):
        services.judge_item(audit.items.first(), verdict="lovely", by=reviewer, at=JANUARY_5)
    with refused_with("Choose a decision.", "verdict"):
        services.close_audit(audit, verdict="lovely", by=reviewer, at=JANUARY_5)


def test_requesting_or_granting_more_time_after_the_last_day_is_refused(ready, reviewer):
    audit = scenes.begun(ready)
    late, through = moment("2027-02-04 00:00"), date(2027, 2, 20)
    with refused_with("The time to send documents ended on February 3, 2027.", "too_late"):
        services.ask_for_time(audit, by=ready, at=late, why="My gym has closed.")
    with refused_with("Its time has ended. A lead can reopen it.", "too_late"):
        services.extend_audit(audit, by=reviewer, at=late, through=through, words="You asked.")
    last = moment("2027-02-03 23:59:59")
    assert (
        services.extend_audit(audit, by=reviewer, at=last, through=through, words="You asked.").due_on
        == through
    )


def test_refusing_more_time_nobody_requested_and_extending_a_sent_audit_are_not_possible(ready, reviewer):
    audit = scenes.begun(ready)
    with refused_with("No wish for more time waits for an answer.", "nothing"):
        services.refuse_time(audit, by=reviewer, at=JANUARY_5, words="No.")
    services.send_documents(audit, by=ready, at=JANUARY_5)
    with refused_with("You have sent your documents, so you need no more time.", "sent"):
        services.ask_for_time(audit, by=ready, at=JANUARY_5, why="My gym has closed.")
    with refused_with("This audit does not wait for the trainer.", "out_of_order"):
        services.extend_audit(audit, by=reviewer, at=JANUARY_5, through=date(2027, 2, 20), words="You asked.")


def test_extending_an_audit_before_its_clock_starts_is_refused(ready, reviewer):
    audit = scenes.opened(ready)
    with refused_with("The time of this audit has not begun.", "not_begun"):
        services.extend_audit(
            audit, by=reviewer, at=moment("2027-01-04 12:01"), through=date(2027, 2, 20), words="You asked."
        )


def test_requesting_reconsideration_without_a_failed_decision_is_refused(ready):
    audit = scenes.sent(ready)
    with refused_with("There is no decision to look at again.", "out_of_order"):
        services.ask_another_look(audit, by=ready, at=JANUARY_5, why="It is my name.")
    with refused_with("There is no audit to look at again.", "out_of_order"):
        look_again(scenes.application_of(audit), by=ready, at=JANUARY_5, why="It is my name.")


@pytest.fixture
def failed(ready, reviewer, commits) -> Application:
    """Return a renewal that was denied because its audit was not passed."""
    audit = scenes.sent(ready)
    with commits():
        scenes.closed(audit, "fail", reviewer, words="It is another person's name.")
    return scenes.application_of(audit)


def test_a_denied_renewal_is_not_reopened_once_the_trainer_has_applied_again(failed, ready, lead):
    renewal_scenes.submit(ready, "2027-01-06")
    sentence = "The trainer has applied again since."
    with refused_with(sentence, "applied_again"):
        reopen_application(failed, by=lead, at=moment("2027-01-07"), reason="We were wrong.")
    with refused_with(sentence, "applied_again"):
        look_again(failed, by=ready, at=moment("2027-01-07"), why="It is my name.")


def test_approving_a_reopened_renewal_before_its_audit_is_closed_is_refused(failed, lead, reviewer):
    at = moment("2027-01-07")
    reopened = reopen_application(failed, by=lead, at=at, reason="We were wrong.")
    audit = reopened.cycle.audits.get()
    assert (reopened.state, audit.state) == ("in_review", "sent")
    with refused_with(f"Its audit {audit.reference} must be closed first.", "audit"):
        decide_application(reopened, verdict="approve", by=reviewer, at=at)


def test_approving_the_audited_renewal_of_a_suspended_trainer_is_refused(ready, lead, reviewer):
    application = scenes.application_of(scenes.sent(ready))
    suspend_credential(
        application.cycle.credential, by=lead, at=JANUARY_5, on=date(2027, 1, 5), reason="A complaint."
    )
    with refused_with("The certification is not in force, so this waits.", "not_in_force"):
        decide_application(application, verdict="approve", by=reviewer, at=JANUARY_5)


def test_approving_a_renewal_whose_audit_was_not_passed_is_refused(ready, reviewer, second_reviewer):
    audit = scenes.closed(scenes.sent(ready), "fail", reviewer, words="Another name.")
    application = scenes.application_of(audit)
    assert (application.state, audit.state) == ("in_review", "failed")
    with refused_with("Its audit was not passed.", "audit"):
        decide_application(application, verdict="approve", by=second_reviewer, at=JANUARY_5)


def test_requesting_replacements_without_a_marked_document_or_with_a_past_day_is_refused(ready, reviewer):
    audit = scenes.sent(ready)
    with refused_with("Say first which document is to be replaced.", "nothing"):
        services.ask_replacements(audit, by=reviewer, at=JANUARY_5, through=date(2027, 2, 3))
    item = audit.items.first()
    services.judge_item(item, verdict="replace", by=reviewer, at=JANUARY_5, words="It is cut off.")
    with refused_with("Choose a day that has not ended.", "not_later"):
        services.ask_replacements(audit, by=reviewer, at=moment("2027-02-04 00:00"), through=date(2027, 2, 3))
    for _ in range(2):
        asked = services.ask_replacements(audit, by=reviewer, at=JANUARY_5, through=date(2027, 2, 3))
        assert (asked.state, asked.due_on) == ("replace", date(2027, 2, 3))
    assert Notice.objects.filter(kind="audits.replace").count() == 1


def test_reviewing_a_document_of_another_audit_is_refused(ready, stranger, reviewer):
    audit = scenes.sent(ready)
    factories.everything_met(stranger)
    theirs = scenes.an_audit(renewal_scenes.cycle_of(stranger)).items.get()
    theirs.audit = audit
    with refused_with("This document is not part of the audit.", "not_found"):
        services.judge_item(theirs, verdict="accepted", by=reviewer, at=JANUARY_5)


def test_an_audit_for_cause_cannot_be_proposed_or_agreed_twice_nor_dropped_once_open(
    ready, lead, second_lead
):
    renewal = renewal_scenes.submit(ready, "2027-01-04")
    asked = {
        "renewal": renewal.reference,
        "received_on": date(2027, 1, 4),
        "at": JANUARY_5,
        "cause": "Copies.",
    }
    audit = services.propose_audit(renewal.cycle, by=lead, **asked)
    assert services.propose_audit(renewal.cycle, by=lead, **asked) == audit
    with refused_with(f"There is an audit already: {audit.reference}.", "exists"):
        services.propose_audit(renewal.cycle, by=second_lead, **asked)
    with refused_with("You asked for this audit, so somebody else must agree.", "same_person"):
        services.agree_audit(audit, by=lead, at=JANUARY_5)
    services.agree_audit(audit, by=second_lead, at=JANUARY_5)
    with refused_with("This audit is no longer proposed.", "out_of_order"):
        services.agree_audit(audit, by=lead, at=JANUARY_5)


def test_an_open_random_audit_cannot_be_dropped_like_a_proposal(ready, lead):
    audit = scenes.begun(ready)
    with refused_with("This audit is open, so it ends by a decision.", "out_of_order"):
        services.drop_proposal(audit, by=lead, at=JANUARY_5, reason="Wrong person.")


def test_adding_a_document_to_a_closed_audit_is_refused(ready, reviewer):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    item = scenes.closed(audit, "pass", reviewer).items.first()
    with refused_with("This audit is closed, so nothing can be added.", "closed"):
        services.add_document(item, files={}, by=ready, at=moment("2027-01-06"))
