"""The form in which a trainer adds a card that the rules ask to be current."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from core.forms import DateField3, PlainForm
from documents.forms import EvidenceField, EvidenceForm
from rules.asking import CardKind


class HeldCardForm(EvidenceForm, PlainForm):
    kind = forms.ChoiceField(
        label="Which card?",
        error_messages={
            "required": "Choose which card it is.",
            "invalid_choice": "Choose a card of the list.",
        },
    )
    format = forms.ChoiceField(
        label="How was its course held?",
        required=False,
        error_messages={"invalid_choice": "Choose one of the list."},
    )
    valid_from = DateField3(label="Issued on", what="the day on which it was issued")
    valid_through = DateField3(
        label="Valid through",
        what="the last day on which it is valid",
        help_text="Leave it out for a card without a last day. A month without a day means its last day.",
        required=False,
        ends_month=True,
    )
    certificate = EvidenceField(
        label="The card", help_text="A PDF or a photo that shows your name and the days, up to 10 MB."
    )

    def __init__(self, *args: Any, kinds: Sequence[CardKind], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "Choose")] if len(kinds) > 1 else []
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [*choices, *((one.code, one.label) for one in kinds)]
        formats = list(dict.fromkeys(code for one in kinds for code in one.formats))
        if not formats:
            del self.fields["format"]
            return
        named = [(code, code.replace("_", " ").capitalize()) for code in formats]
        cast(forms.ChoiceField, self.fields["format"]).choices = [("", "Choose"), *named]
