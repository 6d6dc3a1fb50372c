"""The forms in which staff move a last day or waive a fee."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms

from core.forms import DateField3, PlainForm
from core.policy_words import in_policy_words
from core.templatetags.words import day
from documents.forms import EvidenceField, EvidenceForm
from documents.waiting import WaitingFile
from hardship.extendable_days import ExtendableDay
from hardship.fees import WaivableFee
from hardship.grants import ReliefGrant
from hardship.models import Relief
from rules.policy.model import Policy
from staff.forms import text_area

CENTS = 100


class ReliefForm(EvidenceForm, PlainForm):
    """The fields that extending and waiving share: the reason, a note for colleagues, a message to the
    trainer, and evidence.
    """

    kind = forms.ChoiceField(
        label="Why?",
        choices=Relief.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the reason."),
    )
    words = text_area(
        "In words",
        in_policy_words("The {holder} reads them, in the mail and on their page."),
        "Write a sentence for them.",
        rows=3,
    )
    note = text_area(
        "What you know, for colleagues and auditors",
        "Only staff read it. It is kept in the history.",
        "Write what you know: what you saw, and who asked.",
        rows=3,
    )
    proof = EvidenceField(
        label="Evidence",
        required=False,
        help_text=in_policy_words("Orders, a letter or a photo. It is kept with the {holder}'s documents."),
    )

    def files_given(self) -> tuple[WaitingFile, ...]:
        proof = self.cleaned_data.get("proof")
        return (proof,) if proof else ()


class ExtendForm(ReliefForm):
    """The form that moves a last day: which one, and the new day."""

    what = forms.ChoiceField(
        label="Which last day?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the last day."),
    )
    through = DateField3(
        label="New last day", what="the new last day", help_text="The day counts. For example, 3 27 2027."
    )
    field_order = ("what", "kind", "through", "words", "note", "proof")

    def __init__(self, *args: Any, days: Iterable[ExtendableDay], **options: Any) -> None:
        super().__init__(*args, **options)
        what = cast(forms.ChoiceField, self.fields["what"])
        what.choices = [(one.key, f"{one.label}{_about(one)}, now {day(one.on)}") for one in days]

    def grant(self) -> ReliefGrant:
        """Return what the form grants, for the service."""
        what, _, case_ref = self.cleaned_data["what"].partition(":")
        through: date = self.cleaned_data["through"]
        return ReliefGrant(what, self.cleaned_data["kind"], case_ref, through)


class WaiveForm(ReliefForm):
    """The form that waives a fee: which one, and how much of it."""

    fee_code = forms.ChoiceField(
        label="Which fee?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the fee."),
    )
    amount = forms.DecimalField(
        label="How much of it?",
        required=False,
        max_digits=9,
        decimal_places=2,
        min_value=Decimal("0.01"),
        widget=forms.TextInput({"inputmode": "decimal", "class": "width-10"}),
        help_text="Leave it empty to waive all of it.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Enter an amount such as 30 or 12.50.",
        ),
    )
    field_order = ("fee_code", "amount", "kind", "words", "note", "proof")

    def __init__(self, *args: Any, fees: Iterable[WaivableFee], policy: Policy, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = cast(forms.ChoiceField, self.fields["fee_code"])
        choice.choices = [(one.key, _fee_words(one, policy)) for one in fees]

    def grant(self) -> ReliefGrant:
        """Return what the form grants, for the service."""
        amount: Decimal | None = self.cleaned_data["amount"]
        cents = None if amount is None else int(amount * CENTS)
        charge, _, code = self.cleaned_data["fee_code"].partition(":")
        return ReliefGrant(
            Relief.What.FEE,
            self.cleaned_data["kind"],
            fee_code=code,
            amount_cents=cents,
            charge_id=int(charge) if charge else None,
        )


def _about(one: ExtendableDay) -> str:
    return f" {one.case_ref}" if one.case_ref else ""


def _fee_words(fee: WaivableFee, policy: Policy) -> str:
    """Return a fee in words, such as "Late fee, $30, of “Renewal of certification 1193 4482”, to be
    paid".
    """
    of_what = "when they apply"
    if fee.charge:
        of_what = f"of “{fee.charge.description}”, {fee.charge.get_state_display().lower()}"
    return f"{fee.label}, {policy.money(fee.amount)}{_waived(fee, policy)}, {of_what}"


def _waived(fee: WaivableFee, policy: Policy) -> str:
    return f", of which {policy.money(fee.waived)} is waived already" if fee.waived else ""
