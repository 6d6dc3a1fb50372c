"""Letters and their recipients: the rows, and what the database refuses about them."""

from types import SimpleNamespace

from outbox.models import Letter, LetterRecipient
from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT


def add_letters(stage: SimpleNamespace) -> None:
    people = {"written_by": stage.reviewer, "written_at": AT}
    stage.unsent_letter = Letter.objects.create(title="Hello", words="Hello.", audience="certified", **people)
    stage.letter = Letter.objects.create(
        title="Hello",
        words="Hello.",
        audience="certified",
        state="sending",
        counted=1,
        approved_by=stage.lead,
        approved_at=AT,
        **people,
    )
    stage.recipient = LetterRecipient.objects.create(letter=stage.letter, trainer=stage.jordan, queued_at=AT)


def letter_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [
        change("outbox_letter_steps", s.letter, state="draft"),
        *change_each(
            "outbox_letter_fixed",
            s.letter,
            title="Other",
            words="Other.",
            audience="late",
            audience_value="2027-03",
            urgency="optional",
            written_by=s.stranger,
            written_at=s.later,
        ),
        *change_each("outbox_letter_counted", s.letter, counted=2, approved_by=s.jordan, approved_at=s.later),
        remove("outbox_letter_kept", s.unsent_letter),
        *change_each("outbox_letterrecipient_fixed", s.recipient, trainer=s.stranger, queued_at=s.later),
        remove("outbox_letterrecipient_kept", s.recipient),
        copy("outbox_letter_one_end", s.letter, ended_at=s.at),
        copy("outbox_letter_approved", s.letter, counted=None),
        copy("outbox_letter_two_people", s.letter, counted=101, written_by=s.letter.approved_by),
        copy("outbox_letter_urgency", s.letter, urgency="early"),
        copy("outbox_recipient_once", s.recipient),
    ]
