"""What reviewers write about a petition: a question, the CEUs they grant, or why they grant none."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from core.forms import DateField3
from petitions.models import LONGEST_TEXT, Decision
from staff.catalogue.forms import CeusField
from staff.forms import ReasonForm, SeenForm, ThroughForm, WordsForm, text_area

Reason = Decision.Reason
USUAL_WORDS = {  # what the trainer reads unless the reviewer writes something else
    Reason.ENTRY_LEVEL: "The course does not go beyond the level at which you were certified.",
    Reason.OFF_TOPIC: "The course is not about the work of a personal trainer.",
    Reason.NOT_SHOWN: "The documents do not show enough of what was taught.",
    Reason.NOT_COMPLETED: "The documents do not show that you completed the course.",
    Reason.COUNTED: "The same course counts for you already.",
    Reason.PROMOTION: "The course sells a product more than it teaches.",
    Reason.FEWER: "Your documents show fewer contact hours.",
    Reason.MORE: "Your documents show more contact hours.",
}


def _choices(*codes: Reason) -> list[tuple[str, str]]:
    return [(code.value, code.label) for code in codes]


class AskForm(SeenForm):
    text = text_area(
        "Your question",
        "The trainer reads it. Ask one thing, and say what to send.",
        "Write your question.",
        rows=5,
        max_length=LONGEST_TEXT,
    )


class ReasonWordsForm(SeenForm, WordsForm):
    """Words that are left empty become those of the reason, to be read and changed in the preview."""

    def fill_words(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Return `answers` with the usual words of their reason, unless the reviewer wrote other
        ones.
        """
        code, words = answers.get("reason_code", ""), answers.get("words", "")
        if code and (not words or words in USUAL_WORDS.values()):
            answers["words"] = USUAL_WORDS.get(Reason(code), "")
            shown = cast(QueryDict, self.data).copy()
            shown["words"] = answers["words"]
            self.data = shown
        return answers


class DeclineForm(ReasonWordsForm):
    reason_code = forms.ChoiceField(
        label="Why",
        choices=_choices(*(code for code in Reason if code not in (Reason.FEWER, Reason.MORE))),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason."},
    )
    words = text_area(
        "In words",
        "The trainer reads them. Left empty, the usual words for the reason are filled in, and you can change them.",
        required=False,
        rows=5,
        max_length=LONGEST_TEXT,
    )
    field_order = ("seen", "reason_code", "words")

    def clean(self) -> dict[str, Any]:
        return self.fill_words(super().clean() or {})


class ApproveForm(ReasonWordsForm):
    """`initial["hundredths"]` is what was asked for; only another amount needs its reason."""

    hundredths = CeusField(label="CEUs granted")
    reason_code = forms.ChoiceField(
        label="Why another amount",
        required=False,
        choices=_choices(Reason.FEWER, Reason.MORE, Reason.OTHER),
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

    def clean_hundredths(self) -> int:
        hundredths: int = self.cleaned_data["hundredths"]
        if not hundredths:
            raise forms.ValidationError(
                "Write the CEUs, for example 0.4. To grant none, decline it.", code="ceus"
            )
        return hundredths

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("hundredths") == self.initial["hundredths"]:
            answers["reason_code"] = ""
            return answers
        return self.fill_words(answers)


class ExtendForm(ReasonForm, ThroughForm):
    through = DateField3(label="New last day to answer", what="the last day to answer")
    field_order = ("through", "reason")
