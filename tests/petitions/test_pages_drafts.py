"""A draft is kept: sent twice, changed, begun again, refused."""

import pytest

from documents.models import Document
from documents.waiting import token_of
from petitions.models import Petition
from recert.constraints import given
from tests.petitions import stage
from tests.petitions.filled import FACTS, ONLY_A_NAME
from tests.renewals.reading import text_of
from trainers.models import HistoryEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(clock_at):
    return clock_at("2027-02-01 12:00")


@pytest.fixture
def draft(jordan, at) -> Petition:
    return stage.draft(jordan, at=at)


def test_the_first_page_sent_twice_is_one_draft_with_one_file_each(jordan, at, signed_in, picture):
    browser = signed_in(jordan)
    for _ in range(2):
        sent = {**FACTS, "certificate": picture(), "agenda": picture()}
        assert browser.post("/petitions/new/", sent).status_code == 302
    petition = Petition.objects.get()
    assert petition.evidence.count() == 2
    assert Document.objects.count() == 2
    assert not HistoryEntry.objects.filter(verb="file replaced").exists()


def test_changing_keeps_the_files_that_are_there_and_takes_what_is_new(draft, jordan, signed_in, picture):
    browser = signed_in(jordan)
    page = browser.get(f"/petitions/{draft.reference}/change/").content.decode()
    assert 'value="Kettlebell Biomechanics"' in page
    assert 'value="4"' in page
    assert "in the place of “certificate.pdf”" in page
    answer = browser.post(
        f"/petitions/{draft.reference}/change/", {**FACTS, "hours": "6", "instructor_proof": picture()}
    )
    assert answer["Location"] == f"/petitions/{draft.reference}/check/"
    draft.refresh_from_db()
    assert draft.asked_hundredths == 60
    parts = draft.evidence.current().values_list("part", flat=True)
    assert sorted(parts) == ["agenda", "certificate", "instructor"]


def test_a_good_file_is_kept_when_something_else_is_refused(jordan, at, signed_in, picture):
    browser = signed_in(jordan)
    answer = browser.post("/petitions/new/", {**FACTS, "hours": "0,5", "certificate": picture()})
    assert answer.status_code == 422
    kept = given(answer.context["form"]["certificate"].field.widget.kept)
    assert "certificate.png is kept" in text_of(answer)
    assert browser.post("/petitions/new/", {**FACTS, "certificate-kept": token_of(kept)}).status_code == 302
    assert Petition.objects.get().evidence.get().part == "certificate"


def test_a_draft_that_is_begun_again_with_less_keeps_what_was_written(jordan, at, signed_in):
    browser = signed_in(jordan)
    written = {**ONLY_A_NAME, "hours": "4", "learned": "Hip hinge mechanics.", "instructor": "Ana Lee"}
    browser.post("/petitions/new/", written)
    browser.post("/petitions/new/", {**ONLY_A_NAME, "instructor": "Ben Ito, PhD"})
    petition = Petition.objects.get()
    assert (petition.asked_hundredths, petition.learned) == (40, "Hip hinge mechanics.")
    assert petition.instructor == "Ben Ito, PhD"


def test_a_change_may_empty_what_was_written(draft, jordan, signed_in):
    signed_in(jordan).post(f"/petitions/{draft.reference}/change/", ONLY_A_NAME)
    draft.refresh_from_db()
    assert (draft.completed_on, draft.asked_hundredths, draft.learned) == (None, None, "")
