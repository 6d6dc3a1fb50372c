"""What reviewers say when they decide about a renewal: a reason code, and words that the trainer reads."""

from typing import Any

from django import forms

from core.forms import DateField3, PlainForm

OTHER = "other"
TO_CORRECT = {
    "certificate": "A certificate cannot be read",
    "course": "A certificate is for another course",
    "date": "A date is not the one on its certificate",
    "card": "The CPR and AED card cannot be read",
    OTHER: "Something else",
}
TO_DENY = {
    "documents": "Documents are missing",
    "not_met": "The requirements are not met",
    "untrue": "What was stated is not true",
    OTHER: "Something else",
}


class DecisionForm(PlainForm):
    """`seen` is the newest row of history when the page was opened: what changed since is told before anything is done."""

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)


class WordsForm(DecisionForm):
    codes: dict[str, str] = {}
    code = forms.ChoiceField(
        label="Why",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why.", "invalid_choice": "Choose why."},
    )
    words = forms.CharField(
        label="In your words",
        help_text="The trainer reads this after the reason. Say what to do.",
        widget=forms.Textarea({"rows": 4}),
        max_length=1800,
        error_messages={"required": "Write what the trainer should know."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = list(self.codes.items())

    def clean(self) -> dict[str, Any]:
        """`reason` is what the trainer reads."""
        answers = super().clean() or {}
        code, words = answers.get("code"), answers.get("words")
        if code and words:
            answers["reason"] = words if code == OTHER else f"{self.codes[code]}. {words}"
        return answers


class ReturnForm(WordsForm):
    codes = TO_CORRECT


class DenyForm(WordsForm):
    codes = TO_DENY


class CauseForm(DecisionForm):
    cause = forms.CharField(
        label="Why",
        help_text="Only staff read it. Another lead must agree before the audit opens.",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": "Write why."},
    )


class ReopenForm(DecisionForm):
    reason = forms.CharField(
        label="Reason",
        help_text="Kept in the history for good.",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        error_messages={"required": "Write the reason."},
    )


class ReopenAuditForm(ReopenForm):
    """The audit whose time ran out gets a new last day."""

    through = DateField3(label="New last day for documents", what="the new last day")
