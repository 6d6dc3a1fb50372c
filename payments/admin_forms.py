"""What finance says when it gives money back or decides about what others asked to give back."""

from typing import Any

from django import forms

from payments.models import Charge, Refund
from recert.forms import PlainForm
from recert.rules.units import CENTS_DIGITS, parse_number


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label="Reason",
        help_text="Kept in the history for good.",
        widget=forms.Textarea({"rows": 3}),
        max_length=300,
        error_messages={"required": "Write the reason."},
    )


class RefundForm(ReasonForm):
    """`seen` is how many refunds the charge had when the page was opened."""

    seen = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)
    amount = forms.CharField(
        label="Amount", max_length=12, error_messages={"required": "Enter the amount, such as 30.00."}
    )
    cause = forms.ChoiceField(
        label="Why",
        choices=[(code, Refund.Cause(code).label) for code in Refund.STAFF_CAUSES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why.", "invalid_choice": "Choose why."},
    )
    field_order = ("amount", "cause", "reason")

    def clean_amount(self) -> int:
        """Cents; a dollar sign before them does no harm."""
        cents = parse_number(self.cleaned_data["amount"].strip().removeprefix("$"), CENTS_DIGITS)
        if cents is None:
            raise forms.ValidationError("Enter the amount in plain digits, such as 30.00.")
        return cents

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if "seen" in self.errors:
            raise forms.ValidationError("Open this page again.")
        return answers


class CreditForm(PlainForm):
    charge = forms.ModelChoiceField(
        Charge.objects.all(),
        label="Number of the charge",
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={
            "required": "Enter the charge's number.",
            "invalid_choice": "There is no such charge.",
        },
    )
