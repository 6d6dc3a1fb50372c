"""What reviewers write about an audit: words for the trainer, new last days, and words for a lead."""

from django import forms

from core.forms import PlainForm
from staff.forms import SeenForm, ThroughForm, WordsForm, text_area


class DocumentWordsForm(WordsForm):
    """What is wrong with a document, or why there is no more time."""

    words = text_area("In words", "The trainer reads them. Say what you need to see.", "Write the reason.")


class SuspectForm(PlainForm):
    why = text_area(
        "What looks altered", "Only staff read it. Nobody is mailed.", "Write what looks altered."
    )


class ExtendForm(ThroughForm):
    words = text_area("Reason", "The trainer reads it.", "Write the reason.")


class PassForm(SeenForm, WordsForm):
    words = text_area("In words", "The trainer reads them. They may stay empty.", required=False)


class FailForm(SeenForm, WordsForm):
    words = text_area("Why it did not pass", "The trainer reads it.", "Write the reason.")


class OpenPeriodForm(PlainForm):
    public_value = forms.CharField(
        label="Public value",
        required=False,
        help_text="As it was published, character by character. Empty: you declare that there is none.",
    )
