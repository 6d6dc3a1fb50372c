"""The forms in which staff decide what providers ask for, and add keys that sign."""

from django import forms

from core.form_fields import CeusField
from core.forms import DateField3, PlainForm
from core.policy_words import category_choices, in_policy_words
from providers.models.request import LONGEST_WORDS
from staff.forms import SeenForm


class IssuerKeyForm(PlainForm):
    """The form of a provider's key that signs credentials."""

    did = forms.CharField(
        label="Issuer",
        max_length=200,
        help_text="The id of the issuer in its credentials, such as did:web:example.org",
        error_messages={"required": "Write the issuer."},
    )
    public_key = forms.CharField(
        label="Public key",
        max_length=60,
        help_text="publicKeyMultibase of its DID document. It begins with z6Mk.",
        error_messages={"required": "Paste the public key."},
    )


class OtherBodyForm(IssuerKeyForm):
    """The form of another body's key; what it signs arrives as petitions."""

    name = forms.CharField(
        label="Body", max_length=120, error_messages={"required": "Write the name of the body."}
    )
    field_order = ("name", "did", "public_key")


class ApproveForm(SeenForm):
    """The form in which staff approve what a provider asked for."""

    hundredths = CeusField(
        label="How much it gives",
        help_text=in_policy_words("As it is printed, for example {usual}"),
        error_messages={"required": "Write how much it gives."},
    )
    category = forms.ChoiceField(
        label="Category",
        choices=category_choices,
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
