"""Letters of staff: written, approved with a fixed list of recipients, queued batch by batch,
stopped and resumed.

Each recipient gets one notice: the list names a person once, and the outbox accepts one notice of a
letter for each person. When a process is killed between queuing and marking the list, the next
batch repeats the same recipients and queues nothing twice.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from core.errors import Refusal
from core.faults import faultpoint
from core.history import record_history, subject_of
from core.people import Person
from core.transitions import check_step, check_words, move
from outbox.models import Letter, LetterRecipient, Notice
from outbox.models.letter import LONGEST_TITLE, LONGEST_WORDS, ONE_PERSON_SENDS
from outbox.models.notice import NoticeQuerySet
from outbox.notices import Batch, NoticeKind, queue_notices, register_kind, subject_pks, supersede_notices
from outbox.recipients import recipient_answers

AT_ONCE = 500  # notices of one letter that wait in the outbox at any time
INSERTED = 2000  # recipients in one statement
NOT_NOW = timedelta(days=36_500)  # a notice of a stopped letter is due so much later
PLACES = ("first name", "name", "number", "last day")
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_GAP = re.compile(r"\[[^\[\]\n]*\]")  # text that a template leaves to be filled in
State = Letter.State


def write_letter(
    *,
    by: Person,
    at: datetime,
    title: str,
    words: str,
    audience: str,
    audience_value: str = "",
    urgency: str = Notice.Urgency.FIRM,
) -> Letter:
    """Write a draft. Raises Refusal when the text is missing or too long, or has an unknown place
    in braces.
    """
    letter = Letter(written_by=by, written_at=at)
    _fill(letter, title=title, words=words, audience=audience, audience_value=audience_value, urgency=urgency)
    with transaction.atomic():
        letter.save()
        record_history(letter, "written", trainer=None, by=by, at=at, change=("", State.DRAFT))
    return letter


def change_letter(letter: Letter, *, by: Person, at: datetime, **told: str) -> Letter:
    """Replace the fields of a draft that are given. The person who changes it becomes its author.
    Raises Refusal once the letter is proposed.
    """
    with transaction.atomic():
        letter = _locked(letter)
        if letter.state != State.DRAFT:
            check_step(letter, State.DRAFT, "changed")
            raise Refusal("Take the letter back first, then change it.", code="out_of_order")
        _fill(letter, **told)
        letter.written_by, letter.written_at = by, at
        letter.save()
        record_history(letter, "changed", trainer=None, by=by, at=at)
    return letter


def propose_letter(letter: Letter, *, by: Person, at: datetime) -> Letter:
    """Propose the letter; a second person must approve it. Idempotent."""
    _check_gaps(letter)
    return _move_letter(letter, State.PROPOSED, "proposed", by=by, at=at)


def take_back_letter(letter: Letter, *, by: Person, at: datetime) -> Letter:
    """Make a proposed letter a draft again. Idempotent."""
    return _move_letter(letter, State.DRAFT, "taken_back", by=by, at=at)


def drop_letter(letter: Letter, *, by: Person, at: datetime) -> Letter:
    """Discard a draft, a proposed or a stopped letter; messages already sent stay sent, and those
    that wait are no longer needed. Idempotent.
    """
    with transaction.atomic():
        letter = _move_letter(letter, State.DROPPED, "dropped", by=by, at=at)
        supersede_notices(LETTER, subject=subject_of(letter), at=at)
    return letter


def approve_letter(letter: Letter, *, recipients: Iterable[int], by: Person, at: datetime) -> Letter:
    """Fix the list of `recipients`, by primary key, and begin to send. Idempotent: the list of the
    first call stays.

    Raises Refusal for an empty list, and for more than `ONE_PERSON_SENDS` recipients when `by` also
    proposed the letter.
    """
    with transaction.atomic():
        letter = _locked(letter)
        if letter.state == State.SENDING and letter.approved_by_id == by.pk:
            return letter
        check_step(letter, State.SENDING, "sent")
        if letter.state == State.STOPPED:
            raise Refusal("This letter was stopped. Resume it instead.", code="out_of_order")
        _check_gaps(letter)
        counted = _store_recipients(letter, recipients)
        if not counted:
            raise Refusal("Nobody is in this group today.", code="nobody")
        if counted > ONE_PERSON_SENDS and letter.written_by_id == by.pk:
            sentence = (
                f"It goes to {counted:,} people. Above {ONE_PERSON_SENDS} somebody else must approve it."
            )
            raise Refusal(sentence, code="second_person")
        letter.counted, letter.approved_by, letter.approved_at = counted, by, at
        return move(
            letter, State.SENDING, "approved", trainer=None, by=by, at=at, detail={"recipients": counted}
        )


def stop_letter(letter: Letter, *, by: Person, at: datetime) -> Letter:
    """Stop sending. A message that a sender has leased at this moment still goes out; the others
    wait. Idempotent.
    """
    with transaction.atomic():
        letter = _move_letter(letter, State.STOPPED, "stopped", by=by, at=at)
        _postpone_notices(letter, at)
    return letter


def resume_letter(letter: Letter, *, by: Person, at: datetime) -> Letter:
    """Go on sending a stopped letter where it was stopped. Idempotent."""
    with transaction.atomic():
        locked = _locked(letter)
        if locked.state not in (State.STOPPED, State.SENDING):
            check_step(locked, State.SENDING, "resumed", only_from=State.STOPPED)
        letter = _move_letter(letter, State.SENDING, "resumed", by=by, at=at)
        _due_notices(letter).update(send_at=at)
    return letter


def queue_letters(now: datetime) -> int:
    """Queue the next batch of every letter that is being sent; return how many notices were queued.

    Notices of a stopped letter that a sender had leased, and gave back unsent, are postponed too.
    """
    for letter in Letter.objects.filter(state=State.STOPPED):
        with transaction.atomic():
            if _locked(letter).state == State.STOPPED:
                _postpone_notices(letter, now)
    return sum(_queue_batch(letter, now) for letter in Letter.objects.sending())


def fill_places(text: str, places: Mapping[str, str]) -> str:
    """Return `text` with the values of `places` for one person: "{first name}" becomes their first name."""
    return _PLACE.sub(lambda found: places.get(found[1].strip(), found[0]), text)


def _queue_batch(letter: Letter, now: datetime) -> int:
    with transaction.atomic():
        letter = _locked(letter)
        room = AT_ONCE - _due_notices(letter).count()
        if letter.state != State.SENDING or room <= 0:
            return 0
        chosen = list(letter.recipients.filter(queued_at=None).order_by("pk")[:room])
        if not chosen:
            move(letter, State.SENT, "sent", trainer=None, by=None, at=now)
            return 0
        people = [one.trainer_id for one in chosen]
        queue_notices(
            LETTER.kind, subject=subject_of(letter), trainers=people, send_at=now, urgency=letter.urgency
        )
        faultpoint("letter.queued")
        LetterRecipient.objects.filter(pk__in=[one.pk for one in chosen]).update(queued_at=now)
        return len(chosen)


def _check_gaps(letter: Letter) -> None:
    gap = _GAP.search(letter.title) or _GAP.search(letter.words)
    if gap:
        raise Refusal(f"{gap[0]} stands in the letter still. Write what belongs there.", code="gap")


def _store_recipients(letter: Letter, recipients: Iterable[int]) -> int:
    rows = (LetterRecipient(letter=letter, trainer_id=pk) for pk in sorted(set(recipients)))
    return len(LetterRecipient.objects.bulk_create(rows, batch_size=INSERTED))


def _fill(
    letter: Letter, *, title: str, words: str, audience: str, audience_value: str, urgency: str
) -> None:
    letter.title = check_words(title, longest=LONGEST_TITLE, field="title", what="a subject line")
    letter.words = check_words(words, longest=LONGEST_WORDS, field="words", what="what the letter says")
    for field, text in (("title", letter.title), ("words", letter.words)):
        unknown = [found for found in _PLACE.findall(text) if found.strip() not in PLACES]
        if unknown:
            known = ", ".join(f"{{{place}}}" for place in PLACES)
            raise Refusal(f"There is no place {{{unknown[0]}}}. Use {known}.", code="place", field=field)
    letter.audience, letter.audience_value, letter.urgency = audience, audience_value, urgency


def _move_letter(letter: Letter, state: str, verb: str, *, by: Person, at: datetime) -> Letter:
    with transaction.atomic():
        letter = _locked(letter)
        if letter.state == state:
            return letter
        return move(letter, state, verb, trainer=None, by=by, at=at)


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update().get(pk=letter.pk)


def _postpone_notices(letter: Letter, at: datetime) -> None:
    _due_notices(letter).filter(send_at__lte=at).unleased(at).update(send_at=at + NOT_NOW)


def _due_notices(letter: Letter) -> NoticeQuerySet:
    return Notice.objects.unsent().filter(kind=LETTER.kind, subject=subject_of(letter))


# --- as a message


def _still_due(batch: Batch) -> set[int]:
    letters = _letters_of(batch)
    return {pk for pk, letter in letters.items() if letter.state != State.DROPPED}


def _contexts(batch: Batch) -> Mapping[int, Mapping[str, object]]:
    letters = _letters_of(batch)
    places = recipient_answers().letter_places({notice.trainer_id for notice in batch})
    return {
        notice.pk: letter_context(letters[notice.pk], places[notice.trainer_id])
        for notice in batch
        if notice.pk in letters
    }


def letter_context(letter: Letter, places: Mapping[str, str]) -> dict[str, object]:
    """Return the template context of a letter, with the values of `places` for one person."""
    words = fill_places(letter.words, places)
    return {
        "letter_title": fill_places(letter.title, places),
        "paragraphs": [
            part.strip() for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n")) if part.strip()
        ],
        "link": "/",
        "link_label": "Open the portal",
    }


def _letters_of(batch: Batch) -> dict[int, Letter]:
    of_notices = subject_pks(batch)
    found = Letter.objects.in_bulk(set(of_notices.values()))
    return {notice: found[letter] for notice, letter in of_notices.items() if letter in found}


LETTER = register_kind(NoticeKind("outbox.letter", "A letter of staff", "letter", _contexts, _still_due))
