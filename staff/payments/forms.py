"""The forms in which finance refunds money, or decides about refunds that others requested."""

from collections.abc import Iterable

from django import forms
from django.conf import settings

from core.forms import hidden_number
from core.policy_words import in_policy_words
from payments.models import Refund
from payments.services.refund_checks import LONGEST_REFERENCE
from rules.policy.load import load_policy
from rules.units import CENTS_DIGITS, parse_number
from staff.forms import ReasonForm, text_area

TRAINER_READS = in_policy_words(
    "The {holder} reads it in the email, on the receipt and in the statement. Never a card number."
)
NO_REFERENCE = "Enter the reference of the bank transfer or check."
NOT_CONFIRMED = "Check that the money has left, and say so."
NO_WAY = "Choose how it goes back."


class RefundReasonForm(ReasonForm):
    """The form for the reason of a refund, which is shorter than other reasons."""

    reason = text_area("Reason", "Kept in the history for good.", "Write the reason.", rows=3, max_length=300)


class HandForm(RefundReasonForm):
    """The form for a refund by hand: its reference, and the confirmation that it was checked."""

    hand_reference = forms.CharField(
        label="Reference of the bank transfer or check",
        help_text=TRAINER_READS,
        max_length=LONGEST_REFERENCE,
        error_messages={"required": NO_REFERENCE},
    )
    has_left = forms.BooleanField(
        label="I checked that the money has left. The portal sends nothing.",
        error_messages={"required": NOT_CONFIRMED},
    )
    field_order: Iterable[str] | None = ("hand_reference", "reason", "has_left")


class RefundForm(HandForm):
    """The form of a refund. `seen` is how many refunds the charge had when the page was opened."""

    seen = hidden_number(smallest=0)
    amount = forms.CharField(
        label="Amount", max_length=12, error_messages={"required": "Enter the amount, such as 30.00."}
    )
    cause = forms.ChoiceField(
        label="Why",
        choices=[(code, Refund.Cause(code).label) for code in Refund.STAFF_CAUSES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why.", "invalid_choice": "Choose why."},
    )
    how = forms.ChoiceField(
        label="How it goes back",
        choices=[
            ("provider", "The portal sends it to the card or account that paid"),
            ("hand", "It was already returned by hand: by bank transfer or check"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": NO_WAY, "invalid_choice": NO_WAY},
    )
    field_order = ("amount", "cause", "reason", "how", "hand_reference", "has_left")

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Make the two fields for refunds by hand optional, because most refunds go through the
        provider.
        """
        super().__init__(*args, **kwargs)
        for name in ("hand_reference", "has_left"):
            self.fields[name].required = False
        self.fields["hand_reference"].help_text = f"Only for money returned by hand. {TRAINER_READS}"

    def clean_amount(self) -> int:
        """Return the amount in cents; it may begin with the sign of the body's currency."""
        sign = load_policy(settings.PORTAL_POLICY).currency_symbol
        cents = parse_number(self.cleaned_data["amount"].strip().removeprefix(sign), CENTS_DIGITS)
        if cents is None:
            raise forms.ValidationError("Enter the amount in plain digits, such as 30.00.")
        return cents

    def clean(self) -> dict[str, object]:
        answers = super().clean() or {}
        if "seen" in self.errors:
            raise forms.ValidationError("Open this page again.")
        if answers.get("how") == "hand":
            self._check_hand(answers)
        elif answers.get("hand_reference") or answers.get("has_left"):
            self.add_error("how", "Choose that it was returned by hand, or empty its two answers below.")
        return answers

    def _check_hand(self, answers: dict[str, object]) -> None:
        if not answers.get("hand_reference") and "hand_reference" not in self.errors:
            self.add_error("hand_reference", NO_REFERENCE)
        if not answers.get("has_left"):
            self.add_error("has_left", NOT_CONFIRMED)
