"""The form by which people change their own name, with a proof where one is needed."""

from django import forms

from core.forms import PlainForm
from documents.forms import EvidenceField, EvidenceForm
from rules.names import LONGEST_NAME


class NameForm(EvidenceForm, PlainForm):
    name = forms.CharField(
        label="Name on your certificate",
        max_length=LONGEST_NAME,
        help_text="As on your photo ID.",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )
    proof = EvidenceField(
        label="Proof of another name",
        required=False,
        help_text="A photo ID, a marriage certificate or a court order. A PDF, JPEG or PNG file, up to 10 MB.",
    )
