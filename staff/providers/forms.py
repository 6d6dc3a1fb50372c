"""The forms in which staff invite people of providers."""

from django import forms
from django.conf import settings

from core.forms import DateField3, PlainForm
from providers.forms import CeusField
from providers.models.request import LONGEST_WORDS
from rules.policy.load import load_policy
from staff.forms import SeenForm


class InvitePersonForm(PlainForm):
    """The form of an invitation to report for a provider."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Write their name."})
    email = forms.EmailField(
        label="Work email",
        max_length=254,
        help_text="Not the address with which somebody is certified or works here.",
        error_messages={"required": "Write the email address.", "invalid": "Write it like name@example.org."},
    )


class ApproveForm(SeenForm):
    """The form in which staff approve what a provider asked for."""

    hundredths = CeusField(
        label="How much it gives",
        help_text="As it is printed, for example 0.4",
        error_messages={"required": "Write how much it gives."},
    )
    category = forms.ChoiceField(
        label="Category",
        choices=lambda: [
            (one.code, one.label) for one in load_policy(settings.PORTAL_POLICY).versions[-1].categories
        ],
        error_messages={
            "required": "Choose a category.",
            "invalid_choice": "Choose a category from the list.",
        },
    )
    approved_from = DateField3(label="Approved from", what="the first day")
    approved_through = DateField3(label="Approved through", what="the last day", required=False)
    words = forms.CharField(
        label="In words",
        help_text="The provider reads them.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
    )


class DenyForm(SeenForm):
    """The form in which staff deny what a provider asked for."""

    words = forms.CharField(
        label="In words",
        help_text="The provider reads them.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write the reason."},
    )
