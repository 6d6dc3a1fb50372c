"""Staff correct a record: its day, CEUs, course or person; the trainer gets a mail, and it can be
undone until the record is claimed.
"""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ceus.invariants import CHECKS
from ceus.models import CeuRecord, Correction, RecordDocument
from ceus.services import change_record, claim_records, correct_record, remove_record, take_back_correction
from ceus.services.correcting import Corrected
from ceus.standing import standing_for
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from tests.audits.scenes import an_audit
from tests.factories import CardFactory, CeuRecordFactory, CourseFactory
from tests.payments.scenes import mail_of
from tests.reading import refused_with
from tests.renewals.scenes import cycle_of, moment
from trainers.models import Trainer

pytestmark = pytest.mark.django_db
AT, TODAY, DAY = moment("2026-06-15"), date(2026, 6, 15), date(2026, 5, 3)
WHY = "Your certificate says so."


@pytest.fixture
def record(jordan) -> CeuRecord:
    """Return a record of 0.4 CEUs of May 3, 2026, with its certificate."""
    return CeuRecordFactory(credential=jordan.credentials.get())


def correct(record: CeuRecord, by, *, reason: str = WHY, **changes) -> Correction:
    said = {"completed_on": record.completed_on, "hundredths": record.hundredths, "course": record.course}
    return correct_record(
        record, facts=Corrected(**(said | changes)), by=by, at=AT, today=TODAY, reason=reason
    )


def take_back(correction: Correction, by) -> Correction:
    return take_back_correction(correction, by=by, at=AT, today=TODAY, reason="We misread it.")


def mails() -> list[tuple[str, str]]:
    return [(one.trainer.email, mail_of(one).text) for one in Notice.objects.order_by("pk")]


def counted(trainer) -> int:
    return standing_for(cycle_of(trainer), today=TODAY).total.counted


def broken() -> list[str]:
    return [line for check in CHECKS for line in check.find() if "its history says" not in line]


def test_corrected_dates_and_ceus_count_at_once_and_are_mailed_to_the_trainer(record, jordan, lead):
    assert counted(jordan) == 40
    correct(record, lead, completed_on=date(2026, 5, 4), hundredths=30)
    record.refresh_from_db()
    assert (record.completed_on, record.hundredths, counted(jordan)) == (date(2026, 5, 4), 30, 30)
    ((address, text),) = mails()
    assert address == "jordan@example.org"
    assert "Day: May 3, 2026 → May 4, 2026\nCEUs: 0.4 CEUs → 0.3 CEUs" in text
    assert "Why: Your certificate says so." in text
    told = HistoryEntry.objects.get(verb="corrected")
    assert (told.by, told.reason, told.detail["hundredths"]) == (lead, WHY, [40, 30])
    assert broken() == []


def test_the_database_refuses_changed_ceus_without_a_correction_row(record, registrar):
    with pytest.raises(IntegrityError, match="ceus_ceurecord_decided"), transaction.atomic():
        CeuRecord.objects.update(hundredths=30)
    correct(record, registrar, hundredths=30)
    assert (CeuRecord.objects.get().hundredths, broken()) == (30, [])


def test_correcting_a_record_to_another_listed_course_takes_over_its_title(record, lead):
    other = CourseFactory(title="Balance for Runners", hundredths=20)
    correct(record, lead, course=other, hundredths=20)
    record.refresh_from_db()
    assert (record.course, record.title) == (other, "Balance for Runners")
    assert "→ Balance for Runners" in mails()[0][1]


def test_a_record_corrected_to_another_trainer_moves_with_its_files_and_both_get_a_mail(
    record, jordan, stranger, lead
):
    correct(record, lead, credential=stranger.credentials.get())
    record.refresh_from_db()
    assert record.credential.trainer == stranger
    assert record.documents.get().owner == stranger
    assert (counted(jordan), broken()) == (0, [])
    (_, taken), (_, given) = mails()
    assert [one[0] for one in mails()] == ["jordan@example.org", "stranger@example.org"]
    assert "is no longer on your record" in taken
    assert "is on your record now" in given
    assert "Sam" not in taken
    assert "Jordan" not in given


def test_a_correction_can_be_undone_once_and_both_trainers_get_a_mail(
    record, jordan, stranger, lead, second_lead
):
    correction = correct(record, lead, credential=stranger.credentials.get(), hundredths=30)
    back = take_back(correction, second_lead)
    assert take_back(correction, lead) == back
    record.refresh_from_db()
    assert (record.credential.trainer, record.hundredths, counted(jordan)) == (jordan, 40, 40)
    assert record.documents.get().owner == jordan
    assert Notice.objects.count() == 4
    assert broken() == []


def test_a_record_cannot_move_to_an_account_that_was_closed_meanwhile(
    record, jordan, stranger, lead, second_lead
):
    """Neither a correction nor the undoing of one can move it there."""
    correction = correct(record, lead, credential=stranger.credentials.get())
    Trainer.objects.filter(pk=jordan.pk).update(is_active=False)
    with refused_with("That account is closed.", "closed"):
        take_back(correction, second_lead)
    record.refresh_from_db()
    assert (record.credential.trainer, record.documents.get().owner) == (stranger, stranger)
    other = CeuRecordFactory(credential=stranger.credentials.get(), completed_on=date(2026, 5, 9))
    with refused_with("That account is closed.", "closed"):
        correct(other, lead, credential=jordan.credentials.get())
    assert Notice.objects.count() == 2


def test_a_record_that_was_in_an_audit_cannot_move_to_another_trainer(
    record, jordan, stranger, lead, second_lead
):
    correction = correct(record, lead, credential=stranger.credentials.get())
    an_audit(cycle_of(stranger))
    record.refresh_from_db()
    used = (
        f"“{record.title}” was part of an audit, a petition or a provider’s report, so it stays where it is."
    )
    with refused_with(used, "used"):
        take_back(correction, second_lead)
    with refused_with(used, "used"):
        correct(record, lead, credential=jordan.credentials.get())
    assert (CeuRecord.objects.get().credential.trainer, Correction.objects.count()) == (stranger, 1)


def test_a_record_whose_certificate_also_proves_another_record_cannot_move(record, stranger, lead):
    RecordDocument.objects.create(
        record=CeuRecordFactory(credential=record.credential, completed_on=date(2026, 5, 9)),
        document=record.documents.get(),
        part="card_front",
    )
    with refused_with(
        "Its certificate proves something else too, so it cannot move to another person.", "shared"
    ):
        correct(record, lead, credential=stranger.credentials.get())


def test_a_correction_that_undoes_another_one_cannot_itself_be_undone(record, lead, second_lead):
    back = take_back(correct(record, lead, hundredths=30), second_lead)
    with refused_with("Correct the record again instead.", "out_of_order"):
        take_back(back, lead)
    assert CeuRecord.objects.get().hundredths == 40


@pytest.mark.parametrize("hundredths", [0, 10_001])
def test_zero_ceus_or_more_than_can_be_stored_are_refused_at_their_field(record, lead, hundredths):
    with refused_with("Write the CEUs, such as 0.4.", "ceus"):
        correct(record, lead, hundredths=hundredths)
    assert CeuRecord.objects.get().hundredths == 40


def test_a_correction_to_a_course_of_another_category_is_refused(record, lead):
    with refused_with("That course is of another category. The trainer logs it anew.", "category"):
        correct(record, lead, course=CourseFactory(title="First aid", category="cpr_aed"))
    assert CeuRecord.objects.get().course == record.course


def test_a_record_claimed_by_a_renewal_cannot_be_corrected_nor_its_correction_undone(record, jordan, lead):
    correction = correct(record, lead, hundredths=30)
    record.refresh_from_db()
    with transaction.atomic():
        claim_records(cycle_of(jordan), ids=[record.pk], by=jordan, at=AT)
    for act in (lambda: correct(record, lead, hundredths=40), lambda: take_back(correction, lead)):
        with pytest.raises(Refusal, match="It is part of a renewal that was sent") as refusal:
            act()
        assert refusal.value.code == "claimed"
    assert CeuRecord.objects.get().hundredths == 30


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"granted": True}, "granted"),
        ({"state": "rejected"}, "out_of_order"),
        ({"state": "removed"}, "out_of_order"),
    ],
)
def test_a_granted_rejected_or_removed_record_cannot_be_corrected(jordan, lead, fields, code):
    made = CeuRecordFactory(credential=jordan.credentials.get(), **fields)
    with pytest.raises(Refusal) as refusal:
        correct(made, lead, hundredths=30)
    assert (refusal.value.code, Correction.objects.count(), Notice.objects.count()) == (code, 0, 0)


@pytest.mark.parametrize("who", [None, "jordan", "stranger", "reviewer", "finance", "read_only"])
def test_only_a_lead_or_a_registrar_can_correct_a_record(record, who, request):
    by = request.getfixturevalue(who) if who else None
    with refused_with("You may not correct records.", "not_allowed"):
        correct(record, by, hundredths=30)


def test_staff_cannot_correct_their_own_record_or_move_one_to_themselves(record, jordan, stranger, lead):
    for trainer, credential in ((jordan, None), (stranger, stranger.credentials.get())):
        trainer.is_staff = True
        trainer.save()
        trainer.groups.set(lead.groups.all())
        with refused_with("Somebody else must correct your own records.", "own_case"):
            correct(record, trainer, hundredths=30, credential=credential)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"completed_on": date(2026, 6, 18)}, "future"),
        ({"completed_on": date(2020, 1, 1)}, "before_award"),
        ({"hundredths": 30, "reason": " "}, "no_words"),
        ({}, "nothing"),
    ],
)
def test_an_invalid_correction_is_refused_and_sends_no_mail(record, lead, changes, code):
    with pytest.raises(Refusal) as refusal:
        correct(record, lead, **changes)
    assert (refusal.value.code, Notice.objects.count()) == (code, 0)


def test_a_correction_that_would_duplicate_a_counted_completion_is_refused(record, jordan, lead):
    CeuRecordFactory(credential=record.credential, course=record.course, completed_on=date(2026, 5, 4))
    with pytest.raises(Refusal) as refusal:
        correct(record, lead, completed_on=date(2026, 5, 4))
    assert refusal.value.code == "counted_before"


def test_a_trainer_cannot_change_the_date_of_a_record_that_staff_corrected(record, jordan, lead):
    correction = correct(record, lead, hundredths=30)
    asked = {"completed_on": date(2026, 5, 5), "by": jordan, "at": AT, "today": TODAY}
    with pytest.raises(Refusal, match="We corrected this, so its day stays."):
        change_record(record, **asked)
    take_back(correction, lead)
    assert change_record(record, **asked).completed_on == date(2026, 5, 5)


def test_a_trainer_cannot_remove_a_record_that_staff_corrected_and_log_it_again(
    record, jordan, stranger, lead, signed_in
):
    other = CeuRecordFactory(credential=stranger.credentials.get(), course=record.course)
    correction = correct(record, lead, hundredths=30)
    page = signed_in(jordan).get(f"/my-courses/{record.pk}/")
    assert "We corrected this, so it stays. Write to us if it is wrong." in page.content.decode()
    assert "/remove/" not in page.content.decode()
    with refused_with("We corrected this, so it stays. Write to us if it is wrong.", "corrected"):
        remove_record(record, by=jordan, at=AT)
    assert remove_record(other, by=stranger, at=AT).state == "removed"
    take_back(correction, lead)
    assert remove_record(record, by=jordan, at=AT).state == "removed"


def test_a_cpr_card_moved_to_another_trainer_by_a_correction_has_a_reminder_date(jordan, stranger, lead):
    card = CardFactory(credential=jordan.credentials.get(), completed_on=DAY)
    correct(card, lead, credential=stranger.credentials.get())
    card.refresh_from_db()
    assert str(card.remind_on) == "2028-06-03"


def test_a_correction_cannot_be_undone_after_a_later_correction(record, lead):
    first = correct(record, lead, hundredths=30)
    record.refresh_from_db()
    correct(record, lead, hundredths=20)
    with refused_with("The record was changed since. Correct it again instead.", "changed"):
        take_back(first, lead)


def test_an_identical_correction_is_stored_and_mailed_once(record, lead):
    first = correct(record, lead, hundredths=30)
    record.refresh_from_db()
    assert correct(record, lead, hundredths=30) == first
    assert Notice.objects.count() == 1
