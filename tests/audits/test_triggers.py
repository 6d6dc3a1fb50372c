"""What the database refuses about audits, whoever asks (I7, I8, I15)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audits import services
from audits.models import Audit, AuditItem, Decision, Extension
from renewals.models import Application
from tests.audits import scenes
from tests.audits.scenes import moment
from trainers.models import Cycle


def refused(rows, **values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**values)


def test_the_database_refuses_to_approve_a_chosen_renewal_without_a_passed_audit(ready):
    audit = scenes.sent(ready)
    application = Application.objects.filter(reference=audit.renewal)
    approved = {"state": "approved", "assessment": {}, "ended_at": moment("2027-01-05")}
    refused(application, **approved)
    Audit.objects.update(state="ended", ended_at=moment("2027-01-05"))
    refused(application, **approved)


def test_the_database_refuses_two_open_audits_of_a_cycle(ready):
    audit = scenes.begun(ready)
    with pytest.raises(IntegrityError), transaction.atomic():
        scenes.an_audit(audit.cycle)


@pytest.mark.parametrize(
    "change", [{"kind": "cause"}, {"renewal": "R-99999999"}, {"received_on": date(2027, 1, 1)}]
)
def test_the_database_refuses_to_change_what_an_audit_is_about(ready, change):
    scenes.begun(ready)
    refused(Audit.objects.all(), **change)


def test_the_database_refuses_to_move_an_audit_to_another_cycle(ready, stranger):
    scenes.begun(ready)
    refused(Audit.objects.all(), cycle=Cycle.objects.get(credential__trainer=stranger))


@pytest.mark.parametrize("state", ["open", "sent", "replace", "failed"])
def test_the_database_refuses_to_reopen_a_passed_audit(ready, reviewer, state):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    scenes.closed(audit, "pass", reviewer)
    refused(Audit.objects.all(), state=state, ended_at=None if state != "failed" else moment("2027-01-06"))


def test_the_database_refuses_to_change_a_decided_extension(ready, reviewer):
    audit = scenes.begun(ready)
    services.extend_audit(
        audit, by=reviewer, at=moment("2027-01-21"), through=date(2027, 2, 20), words="You asked in time."
    )
    refused(Extension.objects.all(), through=date(2027, 3, 1))
    refused(Extension.objects.all(), words="Another reason.")


def test_the_database_refuses_to_change_a_decision_or_to_end_it_twice(ready, reviewer, second_reviewer):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    decision = services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-05"))
    refused(Decision.objects.all(), verdict="fail", words="No.")
    refused(Decision.objects.all(), by=second_reviewer)
    services.take_back_decision(decision, by=reviewer, at=moment("2027-01-05"))
    refused(Decision.objects.all(), state="released")


def test_the_database_refuses_two_pending_decisions(ready, reviewer, second_reviewer):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    held = services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-05"))
    with pytest.raises(IntegrityError), transaction.atomic():
        audit.decisions.create(
            verdict="pass", by=second_reviewer, decided_at=held.decided_at, effective_at=held.effective_at
        )


def test_the_database_refuses_to_move_an_item_or_to_refuse_it_without_a_reason(ready, reviewer):
    audit = scenes.sent(ready)
    first, second = AuditItem.objects.order_by("pk")
    refused(AuditItem.objects.filter(pk=first.pk), record=second.record_id)
    refused(
        AuditItem.objects.filter(pk=first.pk),
        verdict="refused",
        words="",
        reviewed_by=reviewer,
        reviewed_at=moment("2027-01-05"),
    )
    assert audit.items.count() == 2


def test_the_database_refuses_an_audit_for_cause_by_one_person(ready, lead):
    audit = scenes.begun(ready)
    refused(Audit.objects.filter(pk=audit.pk), asked_by=lead)
    Audit.objects.update(state="ended", ended_at=moment("2027-01-06"))
    for agreed in (None, lead):
        with pytest.raises(IntegrityError), transaction.atomic():
            scenes.an_audit(audit.cycle, kind="cause", cause="Why.", asked_by=lead, agreed_by=agreed)


def test_the_database_refuses_to_delete_any_row_of_an_audit(ready, reviewer):
    audit = scenes.sent(ready)
    services.judge_item(
        audit.items.first(), verdict="replace", by=reviewer, at=moment("2027-01-05"), words="Cut off."
    )
    services.ask_replacements(audit, by=reviewer, at=moment("2027-01-05"), through=date(2027, 2, 10))
    for model in (AuditItem, Extension, Audit):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete(using="default")
