"""Pages of an audit that were opened in time and are posted too late, or posted twice."""

import pytest

from audits import services
from audits.models import Audit, Extension
from tests import factories
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.reading import text_of
from tests.renewals import scenes as renewal_scenes


@pytest.fixture
def audit(ready, clock_at) -> Audit:
    clock_at("2027-01-05 12:00")
    return scenes.begun(ready)


def test_documents_sent_with_one_still_missing_are_refused_with_its_name(audit, ready, signed_in):
    scenes.without_certificate(ready)
    answer = signed_in(ready).post(f"/audit/{audit.reference}/send/")
    assert answer.status_code == 409
    assert "Something is still missing for “" in text_of(answer)
    audit.refresh_from_db()
    assert audit.state == "open"


def test_a_request_for_more_time_after_the_last_day_is_refused_and_its_words_are_kept(
    audit, ready, signed_in, clock_at
):
    scenes.without_certificate(ready)
    browser = signed_in(ready)
    clock_at("2027-02-04 00:00:01")
    answer = browser.post(f"/audit/{audit.reference}/more-time/", {"why": "My gym has closed."})
    assert answer.status_code == 422
    assert "The time to send documents ended on February 3, 2027." in text_of(answer)
    assert "My gym has closed." in text_of(answer)
    assert not Extension.objects.exists()


@pytest.mark.parametrize("end", ["more-time/", "documents/{item}/", "documents/{item}/unavailable/"])
def test_a_form_of_an_audit_that_is_closed_leads_back_to_the_audit(audit, ready, reviewer, signed_in, end):
    services.send_documents(audit, by=ready, at=moment("2027-01-05"))
    scenes.judge(audit, reviewer)
    scenes.closed(audit, "pass", reviewer)
    path = f"/audit/{audit.reference}/"
    answer = signed_in(ready).get(path + end.format(item=audit.items.first().pk))
    assert (answer.status_code, answer["Location"]) == (302, path)


def test_a_document_of_another_audit_under_ones_own_address_is_not_found(audit, ready, signed_in, stranger):
    factories.everything_met(stranger)
    theirs = scenes.an_audit(renewal_scenes.cycle_of(stranger)).items.get()
    answer = signed_in(ready).get(f"/audit/{audit.reference}/documents/{theirs.pk}/")
    assert answer.status_code == 404
