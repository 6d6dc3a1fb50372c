"""What reviewers say about an audit: words for the trainer, new last days, and words for a lead."""

from django import forms

from audits.models.audit import LONGEST_TEXT
from core.forms import DateField3, PlainForm
from staff.decisions import SeenForm


def _words(label: str, help_text: str, missing: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea({"rows": 4}),
        max_length=LONGEST_TEXT,
        error_messages={"required": missing},
    )


class WordsForm(PlainForm):
    words = _words("In words", "The trainer reads them. Say what you need to see.", "Write the reason.")


class SuspectForm(PlainForm):
    why = _words("What looks altered", "Only staff read it. Nobody is mailed.", "Write what looks altered.")


class ReasonForm(PlainForm):
    reason = _words("Reason", "Kept in the history for good.", "Write the reason.")


class CauseForm(PlainForm):
    cause = _words("Why", "Only staff read it. Another lead must agree.", "Write why.")


class ThroughForm(PlainForm):
    through = DateField3(label="Last day to send it", what="the last day")


class ExtendForm(ThroughForm):
    words = _words("Reason", "The trainer reads it.", "Write the reason.")


class PassForm(SeenForm):
    words = _words("In words", "The trainer reads them. They may stay empty.", "", required=False)


class FailForm(SeenForm):
    words = _words("Why it did not pass", "The trainer reads it.", "Write the reason.")
