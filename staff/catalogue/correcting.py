"""How staff correct a record of a trainer: the page shows what changes, and the mail, before it is
done.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms

from ceus.models import CeuRecord, Correction, Course
from ceus.notice_codes import CORRECTED
from ceus.services.correcting import (
    CLAIMED,
    Corrected,
    correct_record,
    take_back_correction,
    usual_ceus,
)
from ceus.sharing import credentials_sharing, is_used_by_a_renewal
from ceus.standing import standing_for
from core import clock
from core.errors import Refusal
from core.form_fields import CeusField
from core.forms import DateField3
from core.policy_words import amount_in_words, fill_policy_words, in_policy_words
from core.templatetags.words import day
from rules.answers import Standing
from rules.days import day_in_words
from staff.actions import Action, Answers, dry_run, preview_notice
from staff.forms import ReasonForm, text_area
from staff.today import policy_today
from trainers.lookups import current_cycle
from trainers.models import Credential, Trainer
from trainers.models.credential import normalise_number

READS_IT = in_policy_words("The {holder} reads it. Where it moves to another person both do, so name nobody.")


class WhyForm(ReasonForm):
    reason = text_area("Reason", READS_IT, "Write the reason.", rows=3)


class CorrectCardForm(WhyForm):
    """The form of a correction of a card: a card has no course, and its amount is that of the
    policy.
    """

    completed_on = DateField3(label="Day", what="the day on which it was completed")
    number = forms.CharField(
        label="Certification number",
        max_length=30,
        help_text="Whose it is. Another number moves the record and its files there.",
        error_messages={"required": "Write the number."},
    )
    field_order: tuple[str, ...] = ("completed_on", "number", "reason")


class CorrectForm(CorrectCardForm):
    """The form of a correction of a course record, filled with the record's present values."""

    ceus = CeusField(
        label=in_policy_words("{units}"),
        required=False,
        help_text="Empty: what our list gives for this course on that day.",
    )
    course = forms.CharField(
        label="Course",
        required=False,
        max_length=160,
        help_text="The last part of the course’s address on our list, such as strength-for-older-adults.",
    )
    field_order = ("completed_on", "ceus", "course", "number", "reason")


def action_to_correct(record: CeuRecord, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        _correct(record, answers, by)
        return fill_policy_words("The record is corrected, and the {holder} is told.")

    course = record.course.slug if record.course else ""
    initial: dict[str, object] = {
        "completed_on": record.completed_on,
        "number": record.credential.display_number,
    }
    if record.course:
        initial |= {"ceus": record.hundredths, "course": course}
    return Action(
        title=f"Correct “{record.title}”",
        button="Correct this record",
        do=do,
        form=CorrectForm if record.course else CorrectCardForm,
        initial=initial,
        lines=(
            f"{record.credential.trainer.name} completed it on {day(record.completed_on)}.",
            CLAIMED
            if is_used_by_a_renewal(record)
            else "It can be taken back until a renewal claims the record.",
        ),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=CORRECTED),
        effects=lambda answers: effects_of(record, answers, by),
        present=_values_in_words(record),
    )


def action_to_take_back(correction: Correction, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        take_back_correction(correction, by=by, at=clock.now(), today=_today(correction.record), **answers)
        return fill_policy_words("The correction is taken back, and the {holder} is told.")

    return Action(
        title=f"Take back the correction of “{correction.title_after}”",
        button="Take it back",
        do=do,
        form=WhyForm,
        lines=("The record says again what it said before.",),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=CORRECTED),
    )


def effects_of(record: CeuRecord, answers: Answers, by: Trainer) -> list[str]:
    """Return what the correction changes for each certification that can count the record: the CEUs
    that count, and whether it can be renewed. It moves to another person with their certifications.
    """
    moved = CeuRecord(pk=record.pk, credential=_credential(record, answers))
    credentials = list(
        dict.fromkeys(one for row in (record, moved) for one in (row.credential, *credentials_sharing(row)))
    )
    before = [_standing_today(one) for one in credentials]

    def correct() -> list[Standing]:
        _correct(record, answers, by)
        return [_standing_today(one) for one in credentials]

    after = dry_run(correct)
    return [
        line
        for credential, was, now in zip(credentials, before, after, strict=True)
        for line in _lines_for(credential, was, now)
    ]


def _lines_for(credential: Credential, was: Standing, now: Standing) -> Iterator[str]:
    unit, name = now.unit, credential.trainer.name
    ends = f"{credential.display_number}, cycle through {day_in_words(now.cycle.expires_on)}"
    counted = [unit.words(one.total.counted) for one in (was, now)]
    same = counted[0] == counted[1]
    change = f"{counted[0]}, as before" if same else f"{counted[0]} before, {counted[1]} after"
    yield f"{name}, {ends}: {change}."
    met_before, met_now = (all(one.met for one in standing.requirements) for standing in (was, now))
    if met_before and not met_now:
        missing = " ".join(one.text for one in now.requirements if not one.met)
        yield f"They met every requirement, and would not any more. {missing}"
    elif met_now and not met_before:
        yield "They would meet every requirement now."
    else:
        yield "They still meet every requirement." if met_now else "They lack something, as before."


def _standing_today(credential: Credential) -> Standing:
    return standing_for(current_cycle(credential), today=policy_today(credential))


def _correct(record: CeuRecord, answers: Mapping[str, Any], by: Trainer) -> Correction:
    course = _course(record, answers)
    asked = answers.get("ceus")
    ceus = asked or usual_ceus(course, answers["completed_on"], record.hundredths)
    facts = Corrected(answers["completed_on"], ceus, course, _credential(record, answers))
    reason = answers["reason"]
    return correct_record(record, facts=facts, by=by, at=clock.now(), today=_today(record), reason=reason)


def _course(record: CeuRecord, answers: Mapping[str, object]) -> Course | None:
    slug = str(answers.get("course") or "").strip()
    if record.course is None or not slug:
        return record.course
    found = Course.objects.select_related("provider").filter(slug=slug).first()
    if found is None:
        raise Refusal("No course of our list has this address.", code="no_course", field="course")
    return found


def _credential(record: CeuRecord, answers: Mapping[str, object]) -> Credential:
    number = str(answers["number"])
    if normalise_number(number) == record.credential.number:
        return record.credential
    found = Credential.objects.with_number(number).select_related("trainer").first()
    if found is None:
        raise Refusal("Nobody has this number.", code="no_number", field="number")
    return found


def _values_in_words(record: CeuRecord) -> str:
    """Return the record's present values as text. The page posts this text back, so that a
    correction by somebody else in the meantime is noticed.
    """
    return f"{record.title}, {day_in_words(record.completed_on)}, {amount_in_words(record.hundredths)}"


def _today(record: CeuRecord) -> date:
    return policy_today(record.credential)
