"""Choosing the charge for a payment without one: the open charges of its amount, each with its
owner.
"""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from core import clock
from core.deadlines import full_day
from core.forms import PlainForm
from payments.facts import Money
from payments.matching import expected_charge
from payments.models import Charge
from staff.payments.pages import money_words
from trainers.models import Credential

OFFERED = 20  # charges on one page; another is found by its number
LARGEST = 2**31 - 1


class CreditForm(PlainForm):
    """The form in which finance chooses the charge. A charge other than those offered is shown with
    its owner before it can be chosen.
    """

    offered: tuple[Charge, ...] = ()

    charge = forms.ModelChoiceField(
        Charge.objects.select_related("trainer"),
        label="Which charge is it for?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "There is no such charge."},
    )
    number = forms.IntegerField(
        label="Another charge, by its number",
        required=False,
        min_value=1,
        max_value=LARGEST,
        help_text="It stands in the list of charges and on the page of each.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "There is no such charge."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._show(list(self.offered))

    def clean(self) -> dict[str, object]:
        answers = super().clean() or self.cleaned_data
        chosen, number = answers.get("charge"), answers.get("number")
        if chosen is not None and chosen not in self.offered:
            self._show([*self.offered, chosen])
        if number is not None and (chosen is None or chosen.pk != number):
            self._offer(number)
        elif chosen is None and not self.errors:
            raise ValidationError({"charge": "Choose the charge that was paid."})
        return answers

    def _offer(self, number: int) -> None:
        found = Charge.objects.select_related("trainer").filter(pk=number).first()
        if found is None:
            raise ValidationError({"number": "There is no such charge."})
        self._show([*self.offered, found])
        raise ValidationError(
            {
                "number": f"Charge {number} is of {found.trainer.name}. It stands among the choices now: choose it to book."
            }
        )

    def _show(self, charges: list[Charge]) -> None:
        labels = charge_labels(list(dict.fromkeys(charges)))
        self.fields["charge"].widget.choices = [(charge.pk, label) for charge, label in labels.items()]


def credit_form(money: Money) -> type[CreditForm]:
    """Return the form that offers the expected charge first, then the open charges of this amount,
    newest first.
    """
    expected = expected_charge(money)
    fitting = (
        Charge.objects.open()
        .of_amount(money.amount_cents or 0)
        .filter(currency=money.currency, live=bool(money.live))
    )
    found = list(fitting.select_related("trainer").order_by("-raised_at", "-pk")[:OFFERED])
    offered = dict.fromkeys([*([expected] if expected else []), *found])
    return type("CreditForm", (CreditForm,), {"offered": tuple(offered)})


def charge_labels(charges: list[Charge]) -> dict[Charge, str]:
    """Return each charge in words, such as "Dana Okafor, 2006 3352: Renewal 2024–2026, 99.00 USD, to be paid"."""
    numbers: dict[int, str] = {}
    for credential in Credential.objects.filter(trainer__in={charge.trainer_id for charge in charges}):
        numbers[credential.trainer_id] = credential.display_number
    return {charge: _label(charge, numbers.get(charge.trainer_id, "no number")) for charge in charges}


def _label(charge: Charge, number: str) -> str:
    amount = money_words(charge.due_cents, charge.currency)
    since = full_day(clock.date_of(charge.raised_at, settings.TIME_ZONE))
    return (
        f"{charge.trainer.name}, {number}: {charge.description}, {amount}, "
        f"{charge.get_state_display().lower()}, raised {since}, charge {charge.pk}"
    )
