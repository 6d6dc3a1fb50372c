"""An audit from its opening to its end, and what happens to the renewal (S12, S13)."""

from datetime import date

import pytest

from audits import services
from audits.models import Audit, AuditItem, Decision
from ceus.models import CeuRecord
from core.errors import Refusal
from core.transitions import check_step
from outbox.models import Notice
from renewals.models import Application
from renewals.services import advance_application, withdraw_application
from tests import factories
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.renewals import scenes as renewal_scenes
from tests.renewals.decided import approve_application, return_application
from trainers.models import Cycle


def test_a_renewal_selected_by_the_draw_opens_an_audit_with_one_item_per_counted_record(ready):
    audit = scenes.opened(ready)
    assert scenes.application_of(audit).state == "in_review"
    assert (audit.kind, audit.state, audit.received_on) == ("random", "open", date(2027, 1, 4))
    assert audit.items.count() == 2
    assert Cycle.objects.filter(credential__trainer=ready).count() == 1


def test_no_audit_opens_before_the_payment_settles(ready):
    renewal_scenes.submit(ready, "2027-01-04")
    assert not Audit.objects.exists()


def test_advancing_a_paid_renewal_again_opens_no_second_audit(ready):
    audit = scenes.opened(ready)
    advance_application(scenes.application_of(audit), at=moment("2027-01-05"))
    assert Audit.objects.count() == 1


def test_a_trainer_sends_an_audit_without_an_upload_when_all_documents_are_on_file(ready):
    audit = scenes.sent(ready)
    assert (audit.state, audit.sent_at) == ("sent", moment("2027-01-04 13:00"))


def test_sending_an_audit_twice_changes_nothing(ready):
    audit = scenes.sent(ready)
    services.send_documents(audit, by=ready, at=moment("2027-01-05"))
    assert Audit.objects.get().sent_at == moment("2027-01-04 13:00")
    assert Notice.objects.filter(kind="audits.sent").count() == 1


def test_a_trainer_cannot_send_an_audit_with_a_missing_document(ready):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    with pytest.raises(Refusal, match="Something is still missing"):
        services.send_documents(audit, by=ready, at=moment("2027-01-05"))


def test_a_trainer_sends_an_audit_with_a_reason_for_an_unavailable_document(ready):
    audit = scenes.begun(ready)
    scenes.without_certificate(ready)
    item = audit.items.get(record__category="education")
    services.say_unavailable(item, by=ready, at=moment("2027-01-05"), why="The provider has closed.")
    assert services.send_documents(audit, by=ready, at=moment("2027-01-05")).state == "sent"


def test_a_stranger_cannot_send_documents_for_an_audit(ready, stranger):
    audit = scenes.begun(ready)
    with pytest.raises(Refusal, match="Only the person whom it is about"):
        services.send_documents(audit, by=stranger, at=moment("2027-01-05"))


def test_a_passed_audit_approves_the_renewal_once_the_decision_takes_effect(ready, reviewer, commits):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    decision = services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-05"))
    assert scenes.application_of(audit).state == "in_review"
    with commits():
        scenes.release(decision)
    assert Audit.objects.get().state == "passed"
    application = scenes.application_of(audit)
    assert application.state == "approved"
    assert application.assessment["eligible"] is True
    assert renewal_scenes.cycle_of(ready).starts_on == date(2027, 3, 15)


def test_an_audit_with_an_unreviewed_document_cannot_pass(ready, reviewer):
    audit = scenes.sent(ready)
    with pytest.raises(Refusal, match="2 documents have not been accepted or refused yet"):
        services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-05"))


def test_a_record_refused_in_an_audit_that_leaves_too_few_ceus_returns_the_renewal(ready, reviewer, commits):
    audit = scenes.sent(ready)
    course = audit.items.get(record__category="education")
    services.judge_item(
        course, verdict="refused", by=reviewer, at=moment("2027-01-05"), words="It names another person."
    )
    scenes.judge(audit, reviewer)
    with commits():
        scenes.closed(audit, "pass", reviewer)
    application = scenes.application_of(audit)
    assert (application.state, application.correct_through) == ("returned", date(2027, 2, 4))
    assert "We could not accept a document" in application.returned_reason
    assert CeuRecord.objects.get(pk=course.record_id).state == "rejected"


def test_a_course_added_to_complete_the_renewal_is_audited_before_approval(ready, reviewer, commits):
    audit = scenes.sent(ready)
    course = audit.items.get(record__category="education")
    services.judge_item(
        course, verdict="refused", by=reviewer, at=moment("2027-01-05"), words="Another person."
    )
    scenes.judge(audit, reviewer)
    factories.CeuRecordFactory(
        credential=ready.credentials.get(), hundredths=190, completed_on=date(2026, 8, 1)
    )
    with commits():
        scenes.closed(audit, "pass", reviewer)
    second = Audit.objects.unended().get()
    assert [item.record.completed_on for item in second.items.all()] == [date(2026, 8, 1)]
    scenes.begin_clock(second, "2027-01-05 13:00")
    services.send_documents(second, by=ready, at=moment("2027-01-06"))
    scenes.judge(second, reviewer, at="2027-01-07")
    with commits():
        scenes.closed(second, "pass", reviewer, at="2027-01-07")
    assert scenes.application_of(audit).state == "approved"


def test_a_failed_audit_denies_the_renewal_with_the_reviewers_reason(ready, reviewer, commits):
    audit = scenes.sent(ready)
    with commits():
        scenes.closed(audit, "fail", reviewer, words="The certificates name another person.")
    application = scenes.application_of(audit)
    assert (application.state, application.end_reason) == ("denied", "The certificates name another person.")


def test_failing_an_audit_without_a_reason_is_refused(ready, reviewer):
    audit = scenes.sent(ready)
    with pytest.raises(Refusal, match="Write the reason"):
        services.close_audit(audit, verdict="fail", by=reviewer, at=moment("2027-01-05"), words=" ")


def test_a_pending_audit_decision_that_is_undone_has_no_effect(ready, reviewer):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    decision = services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-05 12:00"))
    with pytest.raises(Refusal, match="can still be taken back"):
        services.release_audit_decision(decision, at=moment("2027-01-05 12:09:59"))
    services.take_back_decision(decision, by=reviewer, at=moment("2027-01-05 12:09:59"))
    services.release_audit_decision(decision, at=moment("2027-01-05 12:10"))
    assert Decision.objects.get().state == "taken_back"
    assert Audit.objects.get().state == "sent"


def test_the_second_of_two_reviewers_is_refused_with_the_name_of_the_first(ready, reviewer, second_reviewer):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-05"))
    with pytest.raises(Refusal, match="Robin Reviewer has decided this already"):
        services.close_audit(audit, verdict="fail", by=second_reviewer, at=moment("2027-01-05"), words="No.")


def test_a_reviewer_cannot_decide_their_own_audit(ready, reviewer):
    audit = scenes.sent(ready)
    ready.is_staff = True
    ready.user_permissions.set(reviewer.groups.get().permissions.all())
    ready.save()
    with pytest.raises(Refusal, match="Somebody else must decide"):
        services.close_audit(audit, verdict="fail", by=ready, at=moment("2027-01-05"), words="No.")


def test_a_requested_replacement_sets_a_new_due_date_and_is_reviewed_again(ready, reviewer):
    audit = scenes.sent(ready)
    item = audit.items.get(record__category="education")
    services.judge_item(item, verdict="replace", by=reviewer, at=moment("2027-01-05"), words="It is cut off.")
    scenes.judge(audit, reviewer)
    asked = services.ask_replacements(audit, by=reviewer, at=moment("2027-01-05"), through=date(2027, 2, 10))
    assert (asked.state, asked.due_on) == ("replace", date(2027, 2, 10))
    assert Notice.objects.filter(kind="audits.replace").count() == 1
    with pytest.raises(Refusal, match="Something is still missing"):
        services.send_documents(audit, by=ready, at=moment("2027-01-06"))
    services.say_unavailable(item, by=ready, at=moment("2027-01-06"), why="The provider has closed.")
    services.send_documents(audit, by=ready, at=moment("2027-01-06"))
    with pytest.raises(Refusal, match="1 document has not been accepted"):
        services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-07"))


def test_a_suspected_document_is_escalated_to_a_lead_without_a_mail(ready, reviewer, lead):
    audit = scenes.sent(ready)
    mails = Notice.objects.count()
    item = audit.items.get(record__category="education")
    services.suspect_item(item, by=reviewer, at=moment("2027-01-05"), why="The date was typed over.")
    assert Notice.objects.count() == mails
    with pytest.raises(Refusal, match="A lead decides"):
        scenes.judge(audit, reviewer)
    scenes.judge(audit, lead)
    services.close_audit(audit, verdict="pass", by=lead, at=moment("2027-01-05"))


def test_a_second_application_in_the_cycle_is_audited_without_a_new_draw(ready, commits):
    audit = scenes.begun(ready)
    withdraw_application(scenes.application_of(audit), by=ready, at=moment("2027-01-10"))
    audit.refresh_from_db()
    assert audit.state == "ended"
    again = renewal_scenes.renew(ready, "2027-01-12")
    assert again.state == "in_review"
    second = Audit.objects.unended().get()
    assert (second.renewal, second.state) == (again.reference, "sent")


def test_a_renewal_with_an_open_audit_can_be_neither_approved_nor_returned(ready, lead):
    audit = scenes.begun(ready)
    application = scenes.application_of(audit)
    for act, more in ((approve_application, {}), (return_application, {"reason": "Please."})):
        with pytest.raises(Refusal, match=f"Its audit {audit.reference} must be closed first"):
            act(application, by=lead, at=moment("2027-01-05"), **more)


def test_every_audit_transition_that_is_not_in_the_table_is_refused(ready):
    audit = scenes.begun(ready)
    for before in Audit.State.values:
        for after in Audit.State.values:
            audit.state = before
            if after in Audit.TRANSITIONS[before]:
                check_step(audit, after, "moved")
            else:
                with pytest.raises(Refusal):
                    check_step(audit, after, "moved")


def test_withdrawing_the_application_cancels_the_pending_audit_decision(ready, reviewer):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-05"))
    withdraw_application(scenes.application_of(audit), by=ready, at=moment("2027-01-05"))
    assert Decision.objects.get().state == "taken_back"
    assert Application.objects.get().state == "withdrawn"
    assert AuditItem.objects.filter(audit=audit).count() == 2


def test_a_remark_on_an_accepted_document_has_at_most_2000_characters(ready, reviewer):
    item, at = scenes.sent(ready).items.first(), moment("2027-01-05")
    with pytest.raises(Refusal, match="Use at most 2000 characters"):
        services.judge_item(item, verdict="accepted", by=reviewer, at=at, words="x" * 2001)
    assert services.judge_item(item, verdict="accepted", by=reviewer, at=at, words="x" * 2000).words
