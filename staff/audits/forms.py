"""What reviewers write about an audit: words for the trainer, new last days, and notes to a
lead.
"""

from django import forms

from audits.models import Decision
from audits.models.audit import LONGEST_TEXT
from audits.reasons import TO_FAIL, TO_REFUSE, TO_REPLACE
from core.forms import PlainForm
from core.policy_words import in_policy_words
from staff.forms import (
    ReasonedForm,
    SeenForm,
    ThroughForm,
    WordsForm,
    labelled_reasons,
    text_area,
    words_area,
)


class NoTimeForm(WordsForm):
    """The form in which staff say why they refuse more time."""

    words = text_area("In words", in_policy_words("The {holder} reads them."), "Write the reason.")


class DocumentWordsForm(ReasonedForm):
    """The form in which staff say what is wrong with a document. The chosen reason only fills in
    the usual words.
    """

    reason_code = forms.ChoiceField(
        label="Why",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a reason."},
    )
    words = words_area(LONGEST_TEXT)
    field_order = ("seen", "reason_code", "words")


class ReplaceForm(DocumentWordsForm):
    reasons = TO_REPLACE


class RefuseForm(DocumentWordsForm):
    reasons = TO_REFUSE


class SuspectForm(PlainForm):
    why = text_area(
        "What looks altered", "Only staff read it. Nobody is mailed.", "Write what looks altered."
    )


class ExtendForm(ThroughForm):
    words = text_area("Reason", in_policy_words("The {holder} reads it."), "Write the reason.")


class PassForm(SeenForm, WordsForm):
    words = text_area(
        "In words", in_policy_words("The {holder} reads them. They may stay empty."), required=False
    )


class FailForm(ReasonedForm):
    reasons = labelled_reasons(TO_FAIL, Decision.Reason)
    words = words_area(LONGEST_TEXT)
    field_order = ("seen", "reason_code", "words")


class OpenPeriodForm(PlainForm):
    public_value = forms.CharField(
        label="Public value",
        required=False,
        help_text="As it was published, character by character. Empty: you declare that there is none.",
    )
