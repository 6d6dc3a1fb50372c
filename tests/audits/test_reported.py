"""What a provider reported answers an audit by itself, unless the policy asks for its certificate."""

import pytest

from audits import services
from audits.missing import missing_documents
from audits.models import Audit
from core.errors import Refusal
from tests.audits.scenes import begun, moment
from tests.policies import follow, with_figures

pytestmark = pytest.mark.django_db


def report_one_course(audit: Audit):
    """Let the earliest course of an audit be one that its provider reported, without a file."""
    item = next(one for one in services.items_of(audit) if one.record.course_id)
    item.record.evidence.update(replaced_at=moment("2027-01-02"))
    type(item.record).objects.filter(pk=item.record_id).update(reported_by_provider=True)
    return next(one for one in services.items_of(audit) if one.pk == item.pk)


def test_a_reported_course_needs_no_document_in_an_audit(ready):
    audit = begun(ready)
    item = report_one_course(audit)
    assert missing_documents(item) == ()
    assert services.send_documents(audit, by=ready, at=moment("2027-01-04 13:00")).state == "sent"


def test_a_reported_course_needs_its_certificate_where_the_policy_says_so(ready, monkeypatch):
    follow(with_figures(reported_answers_audit=False), monkeypatch)
    audit = begun(ready)
    item = report_one_course(audit)
    assert missing_documents(item) == ("certificate",)
    with pytest.raises(Refusal, match=f"Something is still missing for “{item.record.title}”"):
        services.send_documents(audit, by=ready, at=moment("2027-01-04 13:00"))
