"""Audits reopened by a lead, reviewed again by another person, or opened for cause."""

from datetime import date

import pytest

from audits import services
from audits.models import Audit
from ceus.services import remove_record
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from outbox.models import Notice
from renewals.services import (
    advance_application,
    look_again,
    propose_audit_for_cause,
    withdraw_application,
)
from renewals.tasks import conclude_second_looks, finish_paid
from tests.audits import scenes
from tests.audits.scenes import mail_of, moment
from tests.reading import text_of
from tests.renewals import scenes as renewal_scenes
from tests.renewals.decided import approve_application, deny_application, reopen_application


def test_a_lead_reopens_an_expired_audit_with_a_reason_and_a_new_due_date(ready, lead, commits, signed_in):
    audit = scenes.begun(ready)
    item = audit.items.get(record__category="education")
    scenes.without_certificate(ready)
    with commits():
        services.close_overdue_audit(audit, at=moment("2027-02-04"))
    application = scenes.application_of(audit)
    with pytest.raises(Refusal, match="Choose the new last day"):
        reopen_application(application, by=lead, at=moment("2027-02-05"), reason="They were ill.")
    reopened = reopen_application(
        application, by=lead, at=moment("2027-02-05"), reason="They were ill.", through=date(2027, 2, 26)
    )
    audit.refresh_from_db()
    assert (reopened.state, audit.state, audit.due_on) == ("in_review", "open", date(2027, 2, 26))
    assert advance_application(reopened, at=moment("2027-02-05")).state == "in_review"
    assert HistoryEntry.objects.get(verb="reopened", subject=subject_of(audit)).reason == "They were ill."
    page = signed_in(ready).get(f"/audit/{audit.reference}/")
    for told in (text_of(page), mail_of("more_time").text):
        assert "We opened the check again" in told
        assert "They were ill." not in told  # a lead wrote it for the history
    services.say_unavailable(item, by=ready, at=moment("2027-02-26 23:58"), why="It burned.")
    assert services.send_documents(audit, by=ready, at=moment("2027-02-26 23:59")).state == "sent"


def test_a_trainer_can_request_reconsideration_once_and_another_reviewer_decides(
    ready, reviewer, second_reviewer, commits
):
    audit = scenes.sent(ready)
    with commits():
        scenes.closed(audit, "fail", reviewer, words="Another person.")
    application = scenes.application_of(audit)
    look_again(application, by=ready, at=moment("2027-01-06"), why="I married; it is my name.")
    assert scenes.application_of(audit).state == "denied"  # asking changes nothing
    scenes.judge(audit, second_reviewer, at="2027-01-07")
    with pytest.raises(Refusal, match="You decided this before"):
        services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-07"))
    with commits():
        scenes.closed(audit, "pass", second_reviewer, at="2027-01-07")
    assert scenes.application_of(audit).state == "approved"


def test_an_audit_failed_again_on_reconsideration_is_final(ready, reviewer, second_reviewer, commits):
    audit = scenes.sent(ready)
    with commits():
        scenes.closed(audit, "fail", reviewer, words="Another person.")
    look_again(scenes.application_of(audit), by=ready, at=moment("2027-01-06"), why="It is my name.")
    with commits():
        scenes.closed(audit, "fail", second_reviewer, at="2027-01-07", words="It is not.")
    denied = scenes.application_of(audit)
    assert (denied.state, denied.end_reason) == ("denied", "It is not.")
    assert Notice.objects.filter(kind="renewals.denied").count() == 2
    assert conclude_second_looks() == 0
    with pytest.raises(Refusal, match="That decision is final"):
        look_again(scenes.application_of(audit), by=ready, at=moment("2027-01-08"), why="Please.")


def test_a_denial_that_the_policy_lets_nobody_appeal_is_not_looked_at_again(
    ready, reviewer, commits, monkeypatch
):
    audit = scenes.sent(ready)
    with commits():
        scenes.closed(audit, "fail", reviewer, words="Another person.")

    def refuse(cycle, facts, act) -> None:
        raise Refusal(f"No {act.act} of what was denied on {act.since}.", code="too_late")

    monkeypatch.setattr("hardship.acts.check_act", refuse)
    with pytest.raises(Refusal, match="No appeal of what was denied on 2027-01-05"):
        look_again(scenes.application_of(audit), by=ready, at=moment("2027-01-06"), why="It is my name.")
    assert Audit.objects.get().another_look_at is None


def test_an_audit_for_cause_needs_two_leads_and_opens_when_the_renewal_is_paid(
    ready, lead, second_lead, reviewer
):
    application = renewal_scenes.submit(ready, "2027-01-04")
    cycle = application.cycle
    details = {"renewal": application.reference, "received_on": date(2027, 1, 4), "cause": "A complaint."}
    with pytest.raises(Refusal, match="You may not decide"):
        services.propose_audit(cycle, by=reviewer, at=moment("2027-01-05"), **details)
    audit = services.propose_audit(cycle, by=lead, at=moment("2027-01-05"), **details)
    with pytest.raises(Refusal, match="somebody else must agree"):
        services.agree_audit(audit, by=lead, at=moment("2027-01-05"))
    assert not Notice.objects.filter(kind="audits.opened").exists()
    agreed = services.agree_audit(audit, by=second_lead, at=moment("2027-01-05"))
    assert (agreed.kind, agreed.state, agreed.items.count()) == ("cause", "proposed", 0)
    assert not Notice.objects.filter(kind="audits.opened").exists()
    renewal_scenes.pay(application, "2027-01-06")
    audit.refresh_from_db()
    assert (audit.kind, audit.state, audit.items.count()) == ("cause", "sent", 2)
    assert (audit.asked_by, audit.agreed_by, audit.made_at) == (lead, second_lead, moment("2027-01-06"))
    assert Notice.objects.filter(kind="audits.opened").count() == 1


def wanted(ready, lead, second_lead) -> Audit:
    """Return an audit that two leads agreed on for a renewal that is not paid yet."""
    application = renewal_scenes.submit(ready, "2027-01-04")
    audit = propose_audit_for_cause(application, by=lead, at=moment("2027-01-04"), cause="A complaint.")
    return services.agree_audit(audit, by=second_lead, at=moment("2027-01-04"))


def test_an_audit_for_cause_agreed_after_the_payment_opens_at_the_next_sweep(
    ready, lead, second_lead, clock_at
):
    clock_at("2027-01-05")
    application = renewal_scenes.submit(ready, "2027-01-04")
    audit = propose_audit_for_cause(application, by=lead, at=moment("2027-01-04"), cause="A complaint.")
    assert renewal_scenes.pay(application, "2027-01-04").state == "in_review"
    finish_paid()
    audit.refresh_from_db()
    assert audit.state == "proposed"
    services.agree_audit(audit, by=second_lead, at=moment("2027-01-05"))
    finish_paid()
    audit.refresh_from_db()
    assert (audit.state, audit.items.count()) == ("sent", 2)


@pytest.mark.parametrize("paid", [False, True])
def test_a_renewal_submitted_again_keeps_its_audit_for_cause(
    ready, lead, second_lead, paid, clock_at, signed_in
):
    clock_at("2027-01-06")
    audit = wanted(ready, lead, second_lead)
    application = scenes.application_of(audit)
    if paid:
        renewal_scenes.pay(application, "2027-01-04")
    withdraw_application(application, by=ready, at=moment("2027-01-05"))
    again = renewal_scenes.renew(ready, "2027-01-06")
    second = Audit.objects.unended().get()
    assert (second.kind, second.cause, second.renewal) == ("cause", "A complaint.", again.reference)
    assert (second.asked_by, second.agreed_by) == (lead, second_lead)
    shown = signed_in(ready).get(f"/audit/{audit.reference}/").status_code
    assert shown == (200 if paid else 404)


def test_after_a_proposed_audit_for_cause_is_dropped_only_the_drawn_audit_takes_place(
    ready, lead, second_lead
):
    audit = wanted(ready, lead, second_lead)
    services.drop_proposal(audit, by=lead, at=moment("2027-01-04"), reason="It was about somebody else.")
    renewal_scenes.pay(scenes.application_of(audit), "2027-01-05")
    assert Audit.objects.unended().get().kind == "random"


def test_a_renewal_with_a_passed_audit_for_cause_needs_no_other_audit(
    ready, lead, second_lead, reviewer, commits
):
    audit = wanted(ready, lead, second_lead)
    renewal_scenes.pay(scenes.application_of(audit), "2027-01-04")
    scenes.begin_clock(audit)
    services.send_documents(audit, by=ready, at=moment("2027-01-04 13:00"))
    scenes.judge(audit, reviewer)
    with commits():
        scenes.closed(audit, "pass", reviewer)
    assert scenes.application_of(audit).state == "approved"
    assert Audit.objects.count() == 1


def test_a_reopened_renewal_is_audited_before_its_approval(ready, lead, second_lead, reviewer, commits):
    audit = scenes.begun(ready)
    application = scenes.application_of(audit)
    deny_application(
        application, by=second_lead, at=moment("2027-01-05"), reason="We hear that they have left."
    )
    reopen_application(application, by=lead, at=moment("2027-01-05"), reason="They have not.")
    second = Audit.objects.unended().get()
    with pytest.raises(Refusal, match=f"Its audit {second.reference} must be closed first"):
        approve_application(application, by=lead, at=moment("2027-01-05"))
    scenes.begin_clock(second, "2027-01-05 12:05")
    services.send_documents(second, by=ready, at=moment("2027-01-06"))
    scenes.judge(second, reviewer, at="2027-01-07")
    with commits():
        scenes.closed(second, "pass", reviewer, at="2027-01-07")
    assert scenes.application_of(audit).state == "in_review"  # a person has taken it up
    assert approve_application(application, by=lead, at=moment("2027-01-08")).state == "approved"


def test_an_audit_that_expires_again_after_reopening_denies_the_renewal_again(ready, lead, commits):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    for run_out, through in (
        ("2027-02-05", date(2027, 2, 26)),
        ("2027-02-28", date(2027, 3, 20)),
    ):
        with commits():
            services.close_overdue_audit(audit, at=moment(run_out))
        application = scenes.application_of(audit)
        assert application.state == "denied"
        reopen_application(application, by=lead, at=moment(run_out), reason="They were ill.", through=through)
        audit.refresh_from_db()
        assert (audit.state, audit.due_on) == ("open", through)
    assert audit.extensions.count() == 2
    assert Notice.objects.filter(kind="audits.more_time").count() == 2


def test_a_dropped_proposal_of_an_audit_sends_no_mail(ready, lead, second_lead):
    application = renewal_scenes.submit(ready, "2027-01-04")
    audit = services.propose_audit(
        application.cycle,
        renewal=application.reference,
        received_on=date(2027, 1, 4),
        by=lead,
        at=moment("2027-01-05"),
        cause="A complaint.",
    )
    services.drop_proposal(
        audit, by=second_lead, at=moment("2027-01-05"), reason="It was about somebody else."
    )
    assert not Audit.objects.owned_by(ready).exists()
    assert not Notice.objects.filter(kind__startswith="audits").exists()


@pytest.mark.parametrize(("asked_on", "fits"), [("2027-02-07 23:59:59", True), ("2027-02-08 00:00", False)])
def test_reconsideration_can_be_requested_through_day_30_after_the_decision_counts_as_mailed(
    ready, reviewer, commits, asked_on, fits
):
    """Decided on January 5, and the mail never went out: told on January 8 at the latest."""
    audit = scenes.sent(ready)
    with commits():
        scenes.closed(audit, "fail", reviewer, words="Another person.")
    application = scenes.application_of(audit)
    if fits:
        assert look_again(application, by=ready, at=moment(asked_on), why="It is my name.").state == "denied"
        return
    with pytest.raises(Refusal, match="The last day to ask for another look was February 7, 2027"):
        look_again(application, by=ready, at=moment(asked_on), why="It is my name.")


def test_passing_an_audit_on_reconsideration_after_a_new_application_keeps_the_denial(
    ready, reviewer, second_reviewer, commits
):
    audit = scenes.sent(ready)
    with commits():
        scenes.closed(audit, "fail", reviewer, words="Another person.")
    denied = scenes.application_of(audit)
    look_again(denied, by=ready, at=moment("2027-01-06"), why="It is my name.")
    again = renewal_scenes.submit(ready, "2027-01-06 13:00")
    scenes.judge(audit, second_reviewer, at="2027-01-07")
    with commits():
        scenes.closed(audit, "pass", second_reviewer, at="2027-01-07")
    assert scenes.application_of(audit).state == "denied"
    assert renewal_scenes.pay(again, "2027-01-08").state == "approved"


@pytest.mark.parametrize("of_the_removed", ["refused", "accepted"])
def test_passing_on_reconsideration_after_a_course_was_removed_returns_the_renewal(
    ready, reviewer, second_reviewer, commits, of_the_removed
):
    audit = scenes.sent(ready)
    with commits():
        scenes.closed(audit, "fail", reviewer, words="Another person.")
    look_again(scenes.application_of(audit), by=ready, at=moment("2027-01-06"), why="It is my name.")
    course = audit.items.get(record__category="education").record
    remove_record(course, by=ready, at=moment("2027-01-06"))
    for item in audit.items.all():
        verdict = of_the_removed if item.record_id == course.pk else "accepted"
        words = "It is not yours." if verdict == "refused" else ""
        services.judge_item(item, verdict=verdict, by=second_reviewer, at=moment("2027-01-07"), words=words)
    with commits():
        scenes.closed(audit, "pass", second_reviewer, at="2027-01-07")
    audit.refresh_from_db()
    assert (audit.state, scenes.application_of(audit).state) == ("passed", "returned")


def test_a_renewal_with_an_audit_agreed_by_two_leads_cannot_be_denied(ready, lead, second_lead, reviewer):
    audit = wanted(ready, lead, second_lead)
    application = renewal_scenes.pay(scenes.application_of(audit), "2027-01-04")
    with pytest.raises(Refusal, match=f"Two leads agreed to its audit {audit.reference}"):
        deny_application(application, by=reviewer, at=moment("2027-01-05"), reason="It is not yours.")
    audit.refresh_from_db()
    assert audit.is_open
