"""What reviewers write about a petition: a question, the amount they grant, or why they deny it."""

from typing import Any

from django import forms

from core.forms import DateField3
from core.policy_words import in_policy_words
from petitions.models import LONGEST_TEXT, Decision
from petitions.reasons import TO_ASK, TO_DECLINE, TO_GRANT_OTHERWISE
from staff.catalogue.forms import CeusField
from staff.forms import ReasonedForm, ReasonForm, ThroughForm, labelled_reasons, text_area, words_area


class AskForm(ReasonedForm):
    """The form of a question to the trainer. The chosen reason fills in its usual words, and is
    stored with the question.
    """

    reasons = labelled_reasons(TO_ASK, Decision.Reason)
    reason_code = forms.ChoiceField(
        label="What about",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose what it is about."},
    )
    words = text_area(
        "Your question",
        "The trainer reads it. Ask one thing, and say what to send. Left empty, the usual question is filled in.",
        required=False,
        rows=5,
        max_length=LONGEST_TEXT,
    )
    field_order = ("seen", "reason_code", "words")


class DeclineForm(ReasonedForm):
    reasons = labelled_reasons(TO_DECLINE, Decision.Reason)
    words = words_area(LONGEST_TEXT)
    field_order = ("seen", "reason_code", "words")


class ApproveForm(ReasonedForm):
    """The form of an approval. `initial["hundredths"]` is the amount asked for; only another amount
    needs a reason.
    """

    reasons = labelled_reasons(TO_GRANT_OTHERWISE, Decision.Reason)
    hundredths = CeusField(label=in_policy_words("{units} granted"))
    reason_code = forms.ChoiceField(
        label="Why another amount",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a reason."},
    )
    words = text_area(
        "In words",
        "The trainer reads them. For another amount, the usual words are filled in when you leave this empty.",
        required=False,
        max_length=LONGEST_TEXT,
    )
    lists_course = forms.BooleanField(
        label="Add the course to the catalogue, so that others log it for free", required=False
    )
    field_order = ("seen", "hundredths", "reason_code", "words", "lists_course")

    def fill_words(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Return `answers`, with the usual words of the reason unless the amount is the one asked
        for.
        """
        if answers.get("hundredths") == self.initial["hundredths"]:
            answers["reason_code"] = ""
            return answers
        return super().fill_words(answers)


class ExtendForm(ReasonForm, ThroughForm):
    through = DateField3(label="New last day to answer", what="the last day to answer")
    field_order = ("through", "reason")
