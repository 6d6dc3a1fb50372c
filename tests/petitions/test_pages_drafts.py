"""Drafts: sent twice, changed, started again, refused."""

import pytest

from core.constraints import require_value
from core.models import HistoryEntry
from documents.models import Document
from documents.waiting import token_of
from petitions.models import Petition
from tests.petitions import scenes
from tests.petitions.scenes import FORM, SHORTEST_FORM
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def test_sending_the_first_page_twice_makes_one_draft_with_one_copy_of_each_file(
    jordan, at, signed_in, picture
):
    browser = signed_in(jordan)
    for _ in range(2):
        sent = {**FORM, "certificate": picture(), "agenda": picture()}
        assert browser.post("/petitions/new/", sent).status_code == 302
    petition = Petition.objects.get()
    assert petition.evidence.count() == 2
    assert Document.objects.count() == 2
    assert not HistoryEntry.objects.filter(verb="file replaced").exists()


def test_changing_a_draft_keeps_its_files_and_stores_new_ones(draft, jordan, signed_in, picture):
    browser = signed_in(jordan)
    page = browser.get(f"/petitions/{draft.reference}/change/").content.decode()
    assert 'value="Kettlebell Biomechanics"' in page
    assert 'value="4"' in page
    assert "in the place of “certificate.pdf”" in page
    answer = browser.post(
        f"/petitions/{draft.reference}/change/", {**FORM, "hours": "6", "instructor_proof": picture()}
    )
    assert answer["Location"] == f"/petitions/{draft.reference}/check/"
    draft.refresh_from_db()
    assert draft.asked_hundredths == 60
    parts = draft.evidence.current().values_list("part", flat=True)
    assert sorted(parts) == ["agenda", "certificate", "instructor"]


def test_a_valid_file_is_kept_when_another_field_is_refused(jordan, at, signed_in, picture):
    browser = signed_in(jordan)
    answer = browser.post("/petitions/new/", {**FORM, "hours": "0,5", "certificate": picture()})
    assert answer.status_code == 422
    kept = require_value(answer.context["form"]["certificate"].field.widget.kept)
    assert "Photo added certificate.png" in text_of(answer)
    assert browser.post("/petitions/new/", {**FORM, "certificate-kept": token_of(kept)}).status_code == 302
    assert Petition.objects.get().evidence.get().part == "certificate"


def test_starting_the_same_draft_again_with_fewer_values_keeps_the_other_values(jordan, at, signed_in):
    browser = signed_in(jordan)
    written = {**SHORTEST_FORM, "hours": "4", "learned": "Hip hinge mechanics.", "instructor": "Ana Lee"}
    browser.post("/petitions/new/", written)
    browser.post("/petitions/new/", {**SHORTEST_FORM, "instructor": "Ben Ito, PhD"})
    petition = Petition.objects.get()
    assert (petition.asked_hundredths, petition.learned) == (40, "Hip hinge mechanics.")
    assert petition.instructor == "Ben Ito, PhD"


def test_changing_a_draft_can_clear_a_field(draft, jordan, signed_in):
    signed_in(jordan).post(f"/petitions/{draft.reference}/change/", SHORTEST_FORM)
    draft.refresh_from_db()
    assert (draft.completed_on, draft.asked_hundredths, draft.learned) == (None, None, "")


def test_a_file_removed_from_a_draft_is_detached_but_stays_stored(draft, jordan, signed_in, picture):
    browser, page = signed_in(jordan), f"/petitions/{draft.reference}/change/"
    assert "Remove “" not in text_of(browser.get(page))
    browser.post(page, {**FORM, "remove_proof": "on"})  # nothing is there to take away
    browser.post(page, {**FORM, "instructor_proof": picture()})
    assert "Remove “certificate.png”" in text_of(browser.get(page))
    for _ in range(2):
        assert browser.post(page, {**FORM, "remove_proof": "on"}).status_code == 302
    parts = draft.evidence.current().values_list("part", flat=True)
    assert sorted(parts) == ["agenda", "certificate"]
    assert draft.evidence.get(part="instructor").replaced_at is not None
    assert HistoryEntry.objects.filter(verb="file removed").count() == 1


def test_uploading_a_new_file_takes_precedence_over_removing_the_old_one(draft, jordan, signed_in, picture):
    browser, page = signed_in(jordan), f"/petitions/{draft.reference}/change/"
    scenes.attach(draft, "instructor")
    browser.post(page, {**FORM, "instructor_proof": picture(), "remove_proof": "on"})
    current = draft.evidence.current().get(part="instructor")
    assert current.document.original_name == "certificate.png"
    assert not HistoryEntry.objects.filter(verb="file removed").exists()


def test_a_new_petition_started_from_an_earlier_one_is_prefilled_with_its_values(
    jordan, stranger, at, signed_in
):
    before = scenes.submitted(jordan, at=at, provider_link="https://www.northside.example")
    page = signed_in(jordan).get(f"/petitions/new/?again={before.reference}")
    said = text_of(page)
    assert f"We filled in what you wrote in petition {before.reference}" in said
    for value in ("Kettlebell Biomechanics", "Northside Barbell Club", "https://www.northside.example", "4"):
        assert f'value="{value}"' in page.content.decode()
    assert "Hip hinge mechanics, and how to load them." in said
    assert "Ana Lee, MS, CSCS" in said
    assert "Add your documents again." in said
    assert "in the place of" not in said


@pytest.mark.parametrize("whose", ["a stranger's", "nobody's"])
def test_a_new_petition_is_never_prefilled_from_another_trainers_petition(
    jordan, stranger, at, signed_in, whose
):
    reference = scenes.submitted(stranger, at=at).reference if whose == "a stranger's" else "P-XXXXXXXX"
    page = signed_in(jordan).get(f"/petitions/new/?again={reference}&title=Hip hinges")
    assert page.status_code == 200
    assert "Kettlebell" not in text_of(page)
    assert reference not in text_of(page)
    assert 'value="Hip hinges"' in page.content.decode()


def test_markup_and_formulas_typed_into_a_petition_are_shown_as_plain_text(jordan, at, signed_in):
    typed = {**FORM, "title": "<script>alert(1)</script>", "learned": "=cmd()\n{{ 7*7 }}"}
    page = signed_in(jordan).post("/petitions/new/", typed, follow=True).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "=cmd()<br>{{ 7*7 }}" in page


def test_markup_in_a_file_name_is_escaped(jordan, at, signed_in):
    petition = scenes.draft(jordan, at=at)
    Document.objects.update(original_name="<img src=x onerror=alert(1)>.pdf")
    for end in ("", "check/", "change/"):
        page = signed_in(jordan).get(f"/petitions/{petition.reference}/{end}").content.decode()
        assert "<img" not in page
        assert "&lt;img src=x" in page


def test_line_breaks_in_a_title_become_spaces(jordan, at, signed_in):
    typed = {**FORM, "title": "Hip\r\nBcc: all@example.org", "provider_name": "North\tside"}
    signed_in(jordan).post("/petitions/new/", typed)
    petition = Petition.objects.get()
    assert (petition.title, petition.provider_name) == ("Hip Bcc: all@example.org", "North side")
