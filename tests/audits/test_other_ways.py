"""Other ways than the draw and a first look: reopened by a lead, looked at again by another person, audited for cause."""

from datetime import date

import pytest

from audits import services
from audits.errors import AuditRefusal
from audits.models import Audit
from renewals.services import (
    complete_payment,
    look_again,
    reopen_application,
)
from tests.audits import stage
from tests.audits.stage import moment
from tests.renewals import steps
from trainers.models import Notice


@pytest.fixture
def commits(django_capture_on_commit_callbacks, clock_at):
    clock_at("2027-01-05")
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_what_ran_out_is_reopened_by_a_lead_with_a_reason_and_a_new_day(ready, lea, commits):
    audit = stage.begun(ready)
    with commits():
        services.close_overdue(audit, at=moment("2027-02-04"))
    application = stage.application_of(audit)
    with pytest.raises(AuditRefusal, match="Choose the new last day"):
        reopen_application(application, by=lea, at=moment("2027-02-05"), reason="They were ill.")
    reopened = reopen_application(
        application, by=lea, at=moment("2027-02-05"), reason="They were ill.", through=date(2027, 2, 26)
    )
    audit.refresh_from_db()
    assert (reopened.state, audit.state, audit.due_on) == ("in_review", "open", date(2027, 2, 26))
    assert complete_payment(reopened, at=moment("2027-02-05")).state == "in_review"
    assert services.send_documents(audit, by=ready, at=moment("2027-02-26 23:59")).state == "sent"


def test_the_trainer_asks_once_for_another_look_by_another_person(ready, rita, ben, commits):
    audit = stage.sent(ready)
    with commits():
        stage.closed(audit, "fail", rita, words="Another person.")
    application = stage.application_of(audit)
    look_again(application, by=ready, at=moment("2027-01-06"), why="I married; it is my name.")
    stage.judge(audit, ben, at="2027-01-07")
    with pytest.raises(AuditRefusal, match="You decided this before"):
        services.close_audit(audit, verdict="pass", by=rita, at=moment("2027-01-07"))
    with commits():
        stage.closed(audit, "pass", ben, at="2027-01-07")
    assert stage.application_of(audit).state == "approved"


def test_a_second_refusal_is_final(ready, rita, ben, commits):
    audit = stage.sent(ready)
    with commits():
        stage.closed(audit, "fail", rita, words="Another person.")
    look_again(stage.application_of(audit), by=ready, at=moment("2027-01-06"), why="It is my name.")
    with commits():
        stage.closed(audit, "fail", ben, at="2027-01-07", words="It is not.")
    with pytest.raises(AuditRefusal, match="That decision is final"):
        look_again(stage.application_of(audit), by=ready, at=moment("2027-01-08"), why="Please.")


def test_for_cause_two_leads_are_needed_and_the_trainer_hears_once_it_is_open(ready, lea, leo, rita):
    application = steps.submit(ready, "2027-01-04")
    cycle = application.cycle
    details = {"renewal": application.reference, "received_on": date(2027, 1, 4), "cause": "A complaint."}
    with pytest.raises(AuditRefusal, match="You may not decide"):
        services.propose_audit(cycle, by=rita, at=moment("2027-01-05"), **details)
    audit = services.propose_audit(cycle, by=lea, at=moment("2027-01-05"), **details)
    with pytest.raises(AuditRefusal, match="somebody else must agree"):
        services.agree_audit(audit, by=lea, at=moment("2027-01-05"))
    assert not Notice.objects.filter(kind="audits.opened").exists()
    agreed = services.agree_audit(audit, by=leo, at=moment("2027-01-05"))
    assert (agreed.kind, agreed.state, agreed.items.count()) == ("cause", "open", 2)
    assert Notice.objects.filter(kind="audits.opened").count() == 1


def test_a_proposal_that_is_dropped_is_never_told(ready, lea, leo):
    application = steps.submit(ready, "2027-01-04")
    audit = services.propose_audit(
        application.cycle,
        renewal=application.reference,
        received_on=date(2027, 1, 4),
        by=lea,
        at=moment("2027-01-05"),
        cause="A complaint.",
    )
    services.drop_proposal(audit, by=leo, at=moment("2027-01-05"), reason="It was about somebody else.")
    assert Audit.objects.of(ready).filter(state="proposed").count() == 0
    assert not Notice.objects.filter(kind__startswith="audits").exists()
