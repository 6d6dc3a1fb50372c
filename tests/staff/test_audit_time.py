"""Audits on the staff side: more time granted or refused, an audit for cause, an expired one
reopened. Each mail is shown before it is sent.
"""

import pytest
from django.urls import reverse

from audits import services
from audits.models import Audit, Extension
from cases.models import Proposal
from tests import factories
from tests.audits import scenes as stage
from tests.audits.scenes import moment, open_periods
from tests.reading import text_of
from tests.renewals import scenes as steps
from tests.staff.scenes import confirm, mail_sent


@pytest.fixture
def _draw_periods(db):
    open_periods(rate="1")


def page(name: str, audit: Audit) -> str:
    return reverse(f"admin:audits_audit_{name}", args=[audit.pk])


def test_a_reviewer_can_grant_a_trainers_request_for_more_time(jordan, reviewer, desk, clock_at):
    factories.everything_met(jordan)
    audit = stage.begun(jordan)
    clock_at("2027-01-20 12:00")
    services.ask_for_time(audit, by=jordan, at=moment("2027-01-20"), why="I am away.")
    client = desk(reviewer)
    assert "I am away." in text_of(client.get(page("review", audit)))
    days = {"through_month": "2", "through_day": "20", "through_year": "2027", "words": "You asked in time."}
    shown = confirm(client, page("extend", audit), days)
    assert "You asked in time." in shown.text
    assert shown.text == mail_sent("audits.more_time").text
    assert Extension.objects.get().state == "granted"


def test_the_mail_that_refuses_more_time_is_the_one_that_was_previewed(jordan, reviewer, desk, clock_at):
    factories.everything_met(jordan)
    audit = stage.begun(jordan)
    clock_at("2027-01-20 12:00")
    services.ask_for_time(audit, by=jordan, at=moment("2027-01-20"), why="I am away.")
    shown = confirm(desk(reviewer), page("no-more-time", audit), {"words": "You had a month."})
    assert "You had a month." in shown.text
    assert shown.text == mail_sent("audits.no_more_time").text


def test_a_lead_proposes_an_audit_for_cause_and_another_lead_agrees(jordan, lead, root, desk, clock_at):
    clock_at("2027-01-04")
    factories.everything_met(jordan)
    application = steps.submit(jordan, "2027-01-04")
    stage.without_certificate(jordan)
    ask = reverse("admin:renewals_application_audit", args=[application.pk])
    assert desk(lead).post(ask, {"cause": ""}).status_code == 422
    desk(lead).post(ask, {"cause": "A complaint."})
    audit = Audit.objects.get()
    assert audit.state == "proposed"
    assert desk(lead).post(page("agree", audit)).status_code == 422
    shown = confirm(desk(root), page("agree", audit))
    audit.refresh_from_db()
    assert (audit.state, audit.agreed_by) == ("proposed", root)
    assert "opens once the renewal is paid" in text_of(desk(lead).get(page("review", audit)))
    steps.pay(application, "2027-01-04")
    audit.refresh_from_db()
    assert (audit.state, audit.agreed_by) == ("open", root)
    assert shown.text == mail_sent("audits.opened").text


def test_a_lead_can_reopen_an_expired_audit_with_a_new_last_day(
    jordan, lead, second_lead, desk, clock_at, django_capture_on_commit_callbacks
):
    factories.everything_met(jordan)
    audit = stage.begun(jordan)
    stage.without_certificate(jordan)
    clock_at("2027-02-05")
    with django_capture_on_commit_callbacks(execute=True):
        services.close_overdue_audit(audit, at=moment("2027-02-04"))
    application = stage.application_of(audit)
    reopen = reverse("admin:renewals_application_reopen", args=[application.pk])
    client = desk(lead)
    said = {"seen": client.get(reopen).context["form"].initial["seen"], "reason": "They were ill."}
    assert client.post(reopen, said).status_code == 422
    days = {"through_month": "2", "through_day": "26", "through_year": "2027"}
    client.post(reopen, {**said, **days})
    audit.refresh_from_db()
    assert audit.state == "expired"
    shown = confirm(desk(second_lead), f"/staff/cases/proposal/{Proposal.objects.get().pk}/confirm/")
    assert shown.text == mail_sent("renewals.reopened").text
    assert "February 26, 2027" in mail_sent("audits.more_time").text
    audit.refresh_from_db()
    assert (audit.state, str(audit.due_on)) == ("open", "2027-02-26")
