"""Questions to the trainer: ask them, extend the time to answer, answer them, close a petition
after the last day.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from cases.decisions import require_nothing_pending
from cases.locking import day_of, lock_case
from cases.reviewers import require_owner, require_reviewer
from core.clock import has_ended
from core.errors import Refusal
from core.history import record_history, subject_of
from core.policy_words import fill_policy_words
from core.transitions import check_step, check_words
from documents.waiting import WaitingFile
from outbox.notices import supersede_notices
from outbox.planning import queue_marks
from petitions.models import Petition, PetitionDocument, Question
from petitions.models.petition import LONGEST_TEXT
from petitions.notice_codes import CLOSED, QUESTION, QUESTION_ENDS
from petitions.services.drafting import put_file
from petitions.services.foreseeing import queue_delay_notice
from petitions.services.moving import figures_for, move_petition, queue_petition_notice
from rules.days import add_days, business_day_after, business_days_until, day_in_words, due_on
from rules.reminders import last_day_marks
from trainers.models import Trainer

State = Petition.State
MOST_EXTENDED = 90  # days that staff may give at once


def ask_question(petition: Petition, *, by: Trainer, at: datetime, text: str) -> Petition:
    """Ask the trainer a question. Until the answer no day is promised; the answer sets a new one.

    Raises Refusal for the reviewer's own petition, and while a decision is pending.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_reviewer(petition, by)
        text = check_words(text, field="text", what="your question", mailed=True, longest=LONGEST_TEXT)
        check_step(petition, State.QUESTION, "asked about")
        require_nothing_pending(petition)
        return put_question(petition, by=by, at=at, text=text)


def put_question(petition: Petition, *, by: Trainer, at: datetime, text: str) -> Petition:
    """Ask the trainer a question; the caller has checked who asks and has locked the petition.
    Raises Refusal when the petition is in a state in which nothing can be asked.
    """
    with transaction.atomic():
        days = figures_for(petition, at).petition_question_days
        today = day_of(at, petition)
        through = due_on(today, days)
        question = Question.objects.create(
            petition=petition, text=text, asked_by=by, asked_at=at, answer_through=through
        )
        if petition.answer_due_on:
            petition.answer_days_left = max(business_days_until(petition.answer_due_on, today), 0)
        move_petition(petition, State.QUESTION, "asked", by=by, at=at, detail={"question": question.pk})
        queue_petition_notice(QUESTION, petition, event=f"question:{question.pk}", at=at)
        _remind(question, petition)
        return petition


def answer_question(
    petition: Petition,
    *,
    by: Trainer,
    at: datetime,
    text: str,
    files: Iterable[WaitingFile] = (),
    about: int | None = None,
) -> Petition:
    """Answer the open question, and promise a new day, counted with the business days that were
    left when it was asked. Idempotent.

    `about` is the primary key of the question that the trainer read; None means the open one. `at`
    is when the answer began to arrive: it is accepted through the last day, inclusive. Raises
    Refusal after that day, and when `about` is not the open one.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_owner(petition, by)
        if petition.state == State.ANSWERED:
            return petition
        question = _open_question(petition, about)
        today = day_of(at, petition)
        if today > question.answer_through:
            raise Refusal("The time to answer has ended.", code="too_late")
        question.answer = check_words(text, field="text", what="your answer", longest=LONGEST_TEXT)
        question.answered_at = at
        question.save(update_fields=["answer", "answered_at"])
        for waiting in files:
            put_file(petition, part=PetitionDocument.Part.ANSWER, waiting=waiting, by=by, at=at)
        petition.answer_due_on = business_day_after(today, max(petition.answer_days_left or 0, 1))
        petition.answer_days_left = None
        queue_delay_notice(petition)
        move_petition(petition, State.ANSWERED, "answered", by=by, at=at, detail={"question": question.pk})
        return petition


def take_more_time(petition: Petition, *, by: Trainer, at: datetime, about: int | None = None) -> Question:
    """Extend, for the trainer, the last day to answer the open question by the policy's further
    days: once for each question. Idempotent.

    `about` is the primary key of the question that the trainer read; None means the open one.
    Raises Refusal when `about` is not the open one, and after the last day to answer.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_owner(petition, by)
        question = _open_question(petition, about)
        if question.extended_at is not None:
            return question
        if day_of(at, petition) > question.answer_through:
            raise Refusal("The time to answer has ended.", code="too_late")
        question.extended_at = at
        reason = fill_policy_words("The {holder} asked for more time.")
        through = last_day_with_more_time(petition, question)
        return _extend(petition, question, through, by=by, at=at, reason=reason)


def last_day_with_more_time(petition: Petition, question: Question) -> date:
    """Return the last day to answer after the trainer has taken more time."""
    return add_days(question.answer_through, more_days(petition))


def more_days(petition: Petition) -> int:
    """Return how many more days the trainer may take, once, to answer a question."""
    return petition.credential.policy.version_on(petition.agreement.received_on).petition_question_days


def extend_question(petition: Petition, *, by: Trainer, at: datetime, through: date, reason: str) -> Question:
    """Move the last day to answer to `through`, as staff and with a reason.

    Raises Refusal for a day that is not later or is more than `MOST_EXTENDED` days ahead, and when
    the last day has passed already, as for an audit.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_reviewer(petition, by)
        reason = check_words(reason, field="reason", what="the reason", longest=LONGEST_TEXT)
        question = _open_question(petition)
        if through == question.answer_through:
            return question
        if day_of(at, petition) > question.answer_through:
            raise Refusal("The time to answer has ended, so it cannot be extended.", code="too_late")
        latest = add_days(day_of(at, petition), MOST_EXTENDED)
        if not question.answer_through < through <= latest:
            sentence = (
                f"Choose a day after {day_in_words(question.answer_through)}, up to {day_in_words(latest)}."
            )
            raise Refusal(sentence, code="not_later", field="through")
        return _extend(petition, question, through, by=by, at=at, reason=reason)


def close_unanswered_petition(petition: Petition, *, at: datetime) -> Petition:
    """Close a petition whose question was not answered in time. Idempotent.

    Raises Refusal while there is time, and while an answer that began in time may still arrive (Q27).
    """
    with transaction.atomic():
        petition = lock_case(petition)
        if petition.state != State.QUESTION:
            return petition
        question = _open_question(petition)
        if not has_ended(question.answer_through, petition.credential.policy.time_zone, at):
            raise Refusal("There is still time to answer.", code="too_early")
        question.closed_at = at
        question.save(update_fields=["closed_at"])
        reason = f"Our question was not answered by the end of {day_in_words(question.answer_through)}."
        move_petition(petition, State.CLOSED, "closed", by=None, at=at, reason=reason)
        queue_petition_notice(CLOSED, petition, event="closed", at=at)
        return petition


def _open_question(petition: Petition, about: int | None = None) -> Question:
    question = petition.questions.open().first() if petition.state == State.QUESTION else None
    if question is None:
        raise Refusal("There is no open question about this petition.", code="out_of_order")
    if about not in (None, question.pk):
        sentence = "We have asked you something else since. Read the new question, then answer it."
        raise Refusal(sentence, code="another_question")
    return question


def move_last_day(petition: Petition, *, through: date, by: Trainer, at: datetime, reason: str) -> Question:
    """Move the last day to answer the open question of a locked petition to a later one, however
    far ahead (Q34).
    """
    return _extend(petition, _open_question(petition), through, by=by, at=at, reason=reason)


def _extend(
    petition: Petition, question: Question, through: date, *, by: Trainer, at: datetime, reason: str
) -> Question:
    before, question.answer_through = question.answer_through, through
    question.save(update_fields=["answer_through", "extended_at"])
    detail = {"before": str(before), "after": str(through)}
    record_history(
        petition, "more time to answer", trainer=petition.trainer, by=by, at=at, reason=reason, detail=detail
    )
    supersede_notices(QUESTION_ENDS, subject=subject_of(petition), at=at)
    _remind(question, petition)
    return question


def _remind(question: Question, petition: Petition) -> None:
    """Queue the reminders before the last day to answer. When that day is moved they are queued
    again for the new one.
    """
    policy = petition.credential.policy
    queue_marks(
        QUESTION_ENDS,
        last_day_marks(policy, "question", question.answer_through),
        about=f"{question.pk}:{question.answer_through}",
        subject=subject_of(petition),
        trainer=petition.trainer,
        zone=policy.time_zone,
        after=day_of(question.asked_at, petition),
    )
