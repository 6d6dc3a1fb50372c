"""Correcting a record on the staff side: what changes and the mail are read first."""

from datetime import date

import pytest
from django.urls import reverse

from ceus.models import CeuRecord, Correction
from tests import factories
from tests.reading import text_of
from tests.staff.scenes import confirm, mail_sent, preview_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(jordan, clock_at) -> CeuRecord:
    clock_at("2026-06-15")
    course, _ = factories.everything_met(jordan)
    return course


def page(name: str, row) -> str:
    return reverse(f"admin:ceus_{row._meta.model_name}_{name}", args=[row.pk])


def said(record: CeuRecord, **changes) -> dict[str, str]:
    day = record.completed_on
    days = {"completed_on_month": day.month, "completed_on_day": day.day, "completed_on_year": day.year}
    answers = {**days, "ceus": "1.0", "course": record.course.slug, "number": record.credential.number}
    return {name: str(value) for name, value in (answers | {"reason": "It says 1.0."} | changes).items()}


def test_a_lead_previews_and_makes_a_correction_of_a_record_and_can_undo_it(record, lead, desk):
    client = desk(lead)
    shown = text_of(preview_of(client, page("correct", record), said(record)))
    assert "2.0 CEUs before, 1.1 CEUs after" in shown
    assert "They met every requirement, and would not any more." in shown
    mail = confirm(client, page("correct", record), said(record))
    assert mail.text == mail_sent("ceus.corrected").text
    correction = Correction.objects.get()
    back = page("take-back", correction)
    assert back in client.get(page("change", correction)).content.decode()
    confirm(client, back, {"reason": "We misread it."})
    record.refresh_from_db()
    assert record.hundredths == 190


def test_correcting_a_record_to_an_unknown_number_or_course_is_refused(record, lead, desk):
    client = desk(lead)
    for changes, sentence in (
        ({"number": "99999999"}, "Nobody has this number."),
        ({"course": "nowhere"}, "No course of our list has this address."),
        ({"ceus": "x"}, "CEUs"),
    ):
        answer = client.post(page("correct", record), said(record, **changes))
        assert (answer.status_code, sentence in text_of(answer)) == (422, True), changes
    assert not Correction.objects.exists()


def test_only_leads_and_registrars_are_offered_the_correction_of_a_record(
    record, lead, registrar, reviewer, desk
):
    def offered(person) -> list[str]:
        return [tool.label for tool in desk(person).get(page("change", record)).context["tools"]]

    assert [offered(one) for one in (lead, registrar, reviewer)] == [["Correct"], ["Correct"], []]
    assert desk(reviewer).get(page("correct", record)).status_code == 403


def test_correcting_a_record_that_a_colleague_corrected_meanwhile_is_refused(record, lead, desk):
    client = desk(lead)
    old = client.get(page("correct", record)).context["action"].present
    confirm(client, page("correct", record), said(record))
    answer = client.post(page("correct", record), said(record, ceus="1.2") | {"present": old})
    assert answer.status_code == 422
    assert "Somebody changed this while you had the page open" in text_of(answer)


def test_a_correction_of_a_shared_course_says_what_it_changes_for_every_certification(
    two, clock_at, lead, desk
):
    clock_at("2026-06-15")
    first, second = two("shared")
    course = factories.CeuRecordFactory(credential=first.credential, hundredths=200)
    shown = text_of(preview_of(desk(lead), page("correct", course), said(course, ceus="1.5")))
    for number, ends in (("1193 4482", "March 14, 2027"), ("5512 0007", "June 30, 2026")):
        line = f"{number}, cycle through {ends}: 2 CEUs before, 1.5 CEUs after."
        assert f"{line} They met every requirement, and would not any more." in shown


def test_a_correction_moving_a_shared_course_to_a_stranger_shows_both_certifications_it_leaves(
    two, clock_at, stranger, lead, desk
):
    clock_at("2026-06-15")
    first, _ = two("shared")
    course = factories.CeuRecordFactory(credential=first.credential, hundredths=200)
    theirs = stranger.credentials.get()
    answers = said(course, ceus="2.0", number=theirs.number)
    shown = text_of(preview_of(desk(lead), page("correct", course), answers))
    assert shown.count("2 CEUs before, 0 CEUs after") == 2
    assert f"{theirs.display_number}, cycle through" in shown


def test_a_shared_course_that_a_sent_renewal_of_another_certification_counts_is_not_corrected(
    two, clock_at, lead, desk
):
    clock_at("2026-06-15")
    first, second = two("shared")
    course = factories.CeuRecordFactory(credential=first.credential, hundredths=200)
    own = factories.CeuRecordFactory(
        credential=second.credential, shared_from=course, course=course.course, claimed_for=second
    )
    answer = desk(lead).post(page("correct", course), said(course))
    assert (answer.status_code, "It is part of a renewal that was sent" in text_of(answer)) == (422, True)
    factories.CycleFactory(credential=second.credential, expires_on=date(2028, 6, 30))  # it was approved
    confirm(desk(lead), page("correct", course), said(course))
    course.refresh_from_db()
    own.refresh_from_db()
    assert (course.hundredths, own.hundredths) == (100, 40)
