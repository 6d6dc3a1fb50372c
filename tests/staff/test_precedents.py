"""Earlier decisions that the reviews of petitions, audits and renewals show, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions.models import Decision, Petition
from renewals.models import Application
from renewals.services import decide_application, release_renewal_decision
from staff.precedents import document_precedents, petition_precedents, renewal_precedents
from staff.renewals.pages import renewal_review
from tests import factories
from tests.audits.scenes import moment
from tests.petitions import scenes as stage
from tests.renewals import scenes as renewal_scenes

pytestmark = pytest.mark.django_db
AT = moment("2027-01-20 10:00")


def person(number: str):
    return factories.trainer_with_credential(number=number, awarded_on="2021-03-14", expires_on="2027-03-14")


def decided(number: str, verdict: str, by, *, at=AT, **changes) -> Petition:
    return stage.decided(stage.submitted(person(number), at=at, **changes), verdict, by=by, at=at)


def lines(petition: Petition) -> list[tuple[str, str]]:
    return [(one.outcome, one.about) for one in petition_precedents(petition)]


@pytest.mark.parametrize(
    ("was", "written"), [("Éducation du GESTE", "éducation  du geste"), ("Strasse", "STRASSE")]
)
def test_the_precedents_of_a_petition_ignore_case_and_spaces_of_the_course_title(
    jordan, reviewer, was, written
):
    decided("20000002", "approve", reviewer, title=was)
    decided("20000003", "deny", reviewer, title="Of a stranger", provider_name="Elsewhere")
    asked = stage.submitted(jordan, at=AT, title=written, provider_name="Other")
    assert lines(asked) == [("0.4 approved", "same course")]


def test_precedents_for_the_same_course_come_before_those_of_the_same_provider_each_newest_first(
    jordan, reviewer
):
    for number, title in enumerate(("Old", "Squat", "New")):
        decided(f"2000000{number}", "approve", reviewer, title=title, at=AT + timedelta(hours=number))
    asked = stage.submitted(jordan, at=AT + timedelta(hours=5), title="squat")
    assert lines(asked) == [("0.4 approved", "same course"), ("0.4 approved", "New"), ("0.4 approved", "Old")]


def test_a_pending_or_undone_decision_is_no_precedent(jordan, reviewer):
    other = stage.submitted(person("20000002"), at=AT)
    other.decisions.create(verdict="approve", hundredths=40, by=reviewer, decided_at=AT, effective_at=AT)
    assert lines(stage.submitted(jordan, at=AT)) == []
    assert Decision.objects.count() == 1


def test_a_repeated_petition_is_recognised_although_its_title_differs_in_case_beyond_ascii(jordan):
    stage.submitted(jordan, at=AT, title="Éducation")
    again = stage.submitted(jordan, at=AT, title="éducation")
    assert Petition.objects.noting_asked_before().get(pk=again.pk).was_asked_before


def test_the_review_of_a_renewal_shows_earlier_decisions_only_about_a_requirement_that_is_missing(
    waiting, jordan, reviewer
):
    other = renewal_scenes.renew(_ready("20000002"), "2027-03-02")
    words = {"reason_code": "documents", "words": "Send the second page."}
    decision = decide_application(other, verdict="deny", by=reviewer, at=moment("2027-03-02"), **words)
    release_renewal_decision(decision, at=decision.effective_at)
    review = renewal_review(waiting, reviewer, {})
    assert renewal_precedents(waiting, review.standing) == []
    lacking = _lacking(waiting, review.standing)
    (one,) = renewal_precedents(waiting, lacking)
    assert (one.outcome, one.about, one.words) == ("Denied", "Documents are missing", "Send the second page.")
    assert one.reference == other.reference


def _ready(number: str):
    made = person(number)
    factories.everything_met(made)
    return made


def _lacking(application: Application, standing):
    total = replace(standing.total, counted=0)
    others = tuple(one for one in standing.requirements if one.code != total.code)
    return replace(standing, requirements=(total, *others))


def test_precedents_are_read_in_one_query_however_many_there_are(jordan, reviewer):
    asked = stage.submitted(jordan, at=AT)
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), completed_on=date(2026, 6, 1))
    for number in range(6):
        decided(f"2000000{number}", "approve", reviewer)
    with CaptureQueriesContext(connection) as found:
        assert len(petition_precedents(asked)) == 5
    assert len(found) == 1
    with CaptureQueriesContext(connection) as found:
        document_precedents([record, record])
    assert len(found) == 1
