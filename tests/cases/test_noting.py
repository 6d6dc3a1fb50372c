"""Notes of staff: who is named gets one mail, and whom they are about never reads them."""

from datetime import timedelta

import pytest

from cases.desk import notes_of, unread_mentions
from cases.models import Mention, Note
from cases.services.noting import add_note, mark_mention_read
from core.errors import Refusal
from outbox.models import Notice
from petitions.models import Petition
from tests.cases.desk_racing import AT
from tests.cast import member
from tests.payments.scenes import mail_of
from tests.petitions import scenes


@pytest.fixture
def petition(jordan) -> Petition:
    return scenes.submitted(jordan, at=AT)


def note(row, text: str, by, **options) -> Note:
    return add_note(row, text=text, by=by, at=options.get("at", AT))


def refusal_of(row, text: str, by) -> str:
    with pytest.raises(Refusal) as refused:
        note(row, text, by)
    return f"{refused.value.field}: {refused.value}"


def test_a_colleague_mentioned_in_a_note_gets_one_mail_and_an_unread_mention(
    petition, reviewer, second_reviewer
):
    made = note(petition, "@Ben, look at page 2. @ben osei knows the provider; ask jo@example.org.", reviewer)
    assert note(petition, made.text, reviewer, at=AT + timedelta(seconds=59)) == made
    notice = Notice.objects.get(kind="cases.mentioned")
    assert notice.trainer == second_reviewer
    mail = mail_of(notice)
    assert mail.title == f"A note for you about petition {petition.reference}"
    assert not [one for one in (made.text, "page 2", "Jordan", "Rivera") if one in mail.text + mail.html]
    assert [one.note for one in unread_mentions(second_reviewer)] == [made]
    mark_mention_read(Mention.objects.get(), by=second_reviewer, at=AT)
    assert not unread_mentions(second_reviewer).exists()


def test_a_mention_that_matches_no_colleague_or_several_is_refused_and_no_note_is_saved(
    petition, reviewer, second_reviewer
):
    member("Benedict Moss", "reviewer")
    assert refusal_of(petition, "@Benny look", reviewer) == "text: Nobody who works here is called @Benny."
    second = member("Ben Adams", "lead", email="adams@staff.example.org")
    assert refusal_of(petition, "@Ben look", reviewer) == (
        "text: @Ben fits several colleagues. Write @Ben Adams or @Ben Osei."
    )
    note(petition, "@Ben Adams look", reviewer)
    assert Mention.objects.get().person == second
    assert Note.objects.count() == 1


def test_a_colleague_who_left_can_no_longer_be_mentioned(petition, reviewer, second_reviewer):
    second_reviewer.is_active = False
    second_reviewer.save()
    assert "Nobody who works here" in refusal_of(petition, "@Ben look", reviewer)


def test_staff_cannot_read_or_write_notes_about_their_own_cases(petition, jordan, reviewer):
    jordan.is_superuser = jordan.is_staff = True
    jordan.save()
    note(petition, "They called.", reviewer)
    note(jordan, "They called again.", reviewer)
    assert "writes notes about you" in refusal_of(petition, "I am good.", jordan)
    assert "is about Jordan Rivera" in refusal_of(petition, "@Jordan look", reviewer)
    assert [one.text for one in notes_of(petition, reader=reviewer)] == ["They called."]
    assert notes_of(petition, jordan, reader=reviewer).count() == 2
    assert not notes_of(petition, jordan, reader=jordan).exists()


@pytest.mark.parametrize("role", ["read_only", "stranger"])
def test_people_without_the_permission_to_write_notes_are_refused(request, petition, role):
    assert refusal_of(petition, "Hello.", request.getfixturevalue(role)) == "None: You may not write notes."


def test_only_the_mentioned_person_can_mark_a_mention_as_read(petition, reviewer, second_reviewer, lead):
    note(petition, "@Ben look", reviewer)
    with pytest.raises(Refusal):
        mark_mention_read(Mention.objects.get(), by=lead, at=AT)
    assert unread_mentions(second_reviewer).exists()
