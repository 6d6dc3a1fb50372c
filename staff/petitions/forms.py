"""What reviewers say about a petition: a question, the CEUs they grant, or why they grant none."""

from typing import Any

from django import forms

from core.forms import DateField3, PlainForm
from petitions.models import LONGEST_TEXT, Decision
from staff.catalogue.forms import CeusField
from staff.decisions import SeenForm

Reason = Decision.Reason
OF_AMOUNTS = (Reason.FEWER, Reason.MORE, Reason.OTHER)
WORDS = {  # what the trainer reads unless the reviewer writes something else
    Reason.ENTRY_LEVEL: "The course does not go beyond the level at which you were certified.",
    Reason.OFF_TOPIC: "The course is not about the work of a personal trainer.",
    Reason.NOT_SHOWN: "The documents do not show enough of what was taught.",
    Reason.NOT_COMPLETED: "The documents do not show that you completed the course.",
    Reason.COUNTED: "The same course counts for you already.",
    Reason.PROMOTION: "The course sells a product more than it teaches.",
    Reason.FEWER: "Your documents show fewer contact hours.",
    Reason.MORE: "Your documents show more contact hours.",
}


class AskForm(SeenForm):
    text = forms.CharField(
        label="Your question",
        help_text="The trainer reads it. Ask one thing, and say what to send.",
        widget=forms.Textarea({"rows": 5}),
        max_length=LONGEST_TEXT,
        error_messages={"required": "Write your question."},
    )


class _ReasonForm(SeenForm):
    """Words that are left empty are those of the reason, to be read and changed in the preview."""

    codes: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason_code"].choices = [(code, Reason(code).label) for code in self.codes]

    def fill_words(self, answers: dict[str, Any]) -> dict[str, Any]:
        code, words = answers.get("reason_code", ""), answers.get("words", "")
        if code and (not words or words in WORDS.values()):
            answers["words"] = WORDS.get(Reason(code), "")
            self.data = self.data.copy()
            self.data["words"] = answers["words"]
        return answers


class DeclineForm(_ReasonForm):
    codes = tuple(code for code in Reason if code not in (Reason.FEWER, Reason.MORE))
    reason_code = forms.ChoiceField(
        label="Why",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason."},
    )
    words = forms.CharField(
        label="In words",
        required=False,
        help_text="The trainer reads them. Left empty, the usual words for the reason are filled in, and you can change them.",
        widget=forms.Textarea({"rows": 5}),
        max_length=LONGEST_TEXT,
    )

    def clean(self) -> dict[str, Any]:
        return self.fill_words(super().clean() or {})


class ApproveForm(_ReasonForm):
    """`initial["hundredths"]` is what was asked for; only another amount needs its reason."""

    codes = OF_AMOUNTS
    hundredths = CeusField(label="CEUs granted")
    reason_code = forms.ChoiceField(
        label="Why another amount",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a reason."},
    )
    words = forms.CharField(
        label="In words",
        required=False,
        help_text="The trainer reads them. For another amount, the usual words are filled in when you leave this empty.",
        widget=forms.Textarea({"rows": 4}),
        max_length=LONGEST_TEXT,
    )
    lists_course = forms.BooleanField(
        label="Add the course to the catalogue, so that others log it for free", required=False
    )

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


class ExtendForm(PlainForm):
    through = DateField3(label="New last day to answer", what="the last day to answer")
    reason = forms.CharField(
        label="Reason",
        help_text="Kept in the history for good.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write the reason."},
    )
