"""What reviewers write when they decide about a renewal: a reason code, and words that the trainer
reads.
"""

from typing import Any

from django import forms

from core.forms import DateField3, PlainForm
from staff.forms import ReasonForm, SeenForm, ThroughForm, WordsForm, text_area

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


def code_field(codes: dict[str, str]) -> forms.ChoiceField:
    """Return the field that asks for the reason, with `codes` to choose from."""
    return forms.ChoiceField(
        label="Why",
        choices=list(codes.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why.", "invalid_choice": "Choose why."},
    )


class CodedWordsForm(SeenForm, WordsForm):
    """A code and words. Together they are the answer `reason`, which the trainer reads."""

    codes: dict[str, str] = {}
    words = text_area(
        "In your words",
        "The trainer reads this after the reason. Say what to do.",
        "Write what the trainer should know.",
        max_length=1800,
    )
    field_order = ("seen", "code", "words")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        code, words = answers.get("code"), answers.get("words")
        if code and words:
            answers["reason"] = words if code == OTHER else f"{self.codes[code]}. {words}"
        return answers


class ReturnForm(CodedWordsForm):
    codes = TO_CORRECT
    code = code_field(TO_CORRECT)


class DenyForm(CodedWordsForm):
    codes = TO_DENY
    code = code_field(TO_DENY)


class CauseForm(PlainForm):
    cause = text_area(
        "Why", "Only staff read it. Another lead must agree before the audit opens.", "Write why.", rows=3
    )


class ReopenForm(SeenForm, ReasonForm):
    """Why a denial is taken back."""

    reason = text_area(
        "Reason", "The trainer reads it. It is kept in the history.", "Write the reason.", rows=3
    )


class ReopenAuditForm(ReopenForm, ThroughForm):
    """Why a denial is taken back, and a new last day for its audit, whose time ran out."""

    through = DateField3(label="New last day for documents", what="the new last day")
    field_order = ("seen", "reason", "through")
