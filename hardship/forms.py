"""The form by which a trainer asks for a later last day or a waiver."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, cast

from django import forms

from core.forms import DateField3, PlainForm
from core.templatetags.words import day
from documents.forms import EvidenceField, EvidenceForm
from documents.waiting import WaitingFile
from hardship.extendable_days import ExtendableDay
from hardship.models import Relief

FEE = f"{Relief.What.FEE.value}:"


class ReliefAnswers(TypedDict):
    """What the form holds, as arguments for `ask_for_relief`."""

    what: str
    case_ref: str
    kind: str
    why: str
    through: date | None
    files: tuple[WaitingFile, ...]


class AskForm(EvidenceForm, PlainForm):
    """The form of a request: for what, why, through which day, and the proof. A request about a fee
    has no day.
    """

    what = forms.ChoiceField(
        label="What do you need?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you need.", "invalid_choice": "Choose what you need."},
    )
    kind = forms.ChoiceField(
        label="Because of what?",
        choices=Relief.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason.", "invalid_choice": "Choose the reason."},
    )
    through = DateField3(
        label="Through which day do you need it?",
        what="the day through which you need it",
        help_text="The day counts. For example, 3 27 2027. Not needed for a fee.",
        required=False,
    )
    why = forms.CharField(
        label="What happened?",
        help_text="From when to when, and why you cannot do it in time.",
        error_messages={"required": "Write what happened."},
        widget=forms.Textarea({"rows": 4}),
    )
    proof = EvidenceField(
        label="Proof",
        required=False,
        help_text="Orders, a doctor's note or a letter: a PDF or a photo, up to 25 MB. Leave out what we need not know.",
    )
    more_proof = EvidenceField(
        label="More proof", required=False, help_text="Only if there is a second file."
    )

    def __init__(self, *args: Any, days: Iterable[ExtendableDay], **options: Any) -> None:
        super().__init__(*args, **options)
        self.days = {one.key: one for one in days}
        shown = [(key, f"{one.label} (now through {day(one.on)})") for key, one in self.days.items()]
        what = cast(forms.ChoiceField, self.fields["what"])
        what.choices = [*shown, (FEE, "To pay less: a fee that I cannot pay because of it")]

    def clean(self) -> dict[str, object]:
        """Require a day for everything but a fee."""
        cleaned = super().clean() or self.cleaned_data
        asks_for_day = cleaned.get("what") in self.days
        if asks_for_day and not cleaned.get("through") and "through" not in self.errors:
            self.add_error("through", "Enter the day through which you need it.")
        return cleaned

    def answers(self) -> ReliefAnswers:
        """Return the arguments for `ask_for_relief`."""
        cleaned = self.cleaned_data
        what, _, case_ref = cleaned["what"].partition(":")
        return {
            "what": what,
            "case_ref": case_ref,
            "kind": cleaned["kind"],
            "why": cleaned["why"],
            "through": cleaned["through"],
            "files": self.files_given(),
        }

    def files_given(self) -> tuple[WaitingFile, ...]:
        return tuple(file for name in self.evidence_fields if (file := self.cleaned_data.get(name)))
