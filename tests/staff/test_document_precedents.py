"""Earlier decisions about documents: the verdicts of audits on the same course."""

import pytest
from django.urls import reverse

from audits import services as audits
from audits.models import AuditItem
from staff.precedents import document_precedents
from tests import factories
from tests.audits import scenes as audit_scenes
from tests.audits.scenes import moment, open_periods
from tests.reading import text_of
from trainers.models import Trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def _draw_periods(db):
    open_periods(rate="1")


def sent_with_course(trainer: Trainer, course=None) -> AuditItem:
    """The document for a course in an audit of `trainer` that was sent."""
    education = factories.everything_met(trainer, **({"course": course} if course else {}))[0]
    return audit_scenes.sent(trainer).items.get(record=education)


@pytest.fixture
def refused(reviewer) -> AuditItem:
    """Another trainer's document, which was refused."""
    other = factories.trainer_with_credential(
        number="20000002", awarded_on="2021-03-14", expires_on="2027-03-14"
    )
    item = sent_with_course(other)
    words = "Not your name."
    return audits.judge_item(item, verdict="refused", by=reviewer, at=moment("2027-01-05"), words=words)


def test_the_review_of_a_document_shows_earlier_audit_verdicts_on_the_same_course_only(
    refused, jordan, reviewer, desk, clock_at
):
    clock_at("2027-01-06 12:00")
    item = sent_with_course(jordan, refused.record.course)
    url = reverse("admin:audits_audit_review", args=[item.audit_id])
    page = desk(reviewer).get(f"{url}?item={item.pk}")
    (one,) = page.context["review"].precedents
    assert (one.outcome, one.about, one.who) == ("Refused", "same course", "Robin Reviewer")
    assert "Not your name." in text_of(page)
    unlike = factories.CeuRecordFactory(credential=jordan.credentials.get(), title="Of a stranger")
    assert document_precedents([unlike]) == []


def test_the_verdict_on_a_document_is_not_shown_as_its_own_precedent(refused):
    assert document_precedents([refused.record], but=refused.audit_id) == []
