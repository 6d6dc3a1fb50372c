"""All notes of staff in one list, for leads; nobody finds there what is written about themselves."""

import pytest
from django.urls import reverse

from cases.services.noting import add_note
from tests.payments.scenes import NOON

pytestmark = pytest.mark.django_db
NOTES = "/staff/cases/note/"


def test_a_lead_reads_all_notes_with_what_each_is_about(jordan, reviewer, lead, desk):
    add_note(jordan, text="Called about the card.", by=reviewer, at=NOON)
    shown = desk(lead).get(NOTES)
    assert shown.context["cl"].result_count == 1
    text = shown.content.decode()
    assert "Called about the card." in text
    assert reverse("admin:trainers_trainer_change", args=[jordan.pk]) in text


@pytest.mark.parametrize("who", ["reviewer", "finance", "onlooker"])
def test_staff_who_are_no_leads_cannot_open_the_list_of_notes(who, desk, request):
    assert desk(request.getfixturevalue(who)).get(NOTES).status_code == 403


def test_a_lead_finds_no_note_about_themselves(lead, root, desk):
    note = add_note(lead, text="Away in May.", by=root, at=NOON)
    assert desk(lead).get(NOTES).context["cl"].result_count == 0
    assert desk(lead).get(f"{NOTES}{note.pk}/change/").status_code == 302
    assert desk(root).get(NOTES).context["cl"].result_count == 1
