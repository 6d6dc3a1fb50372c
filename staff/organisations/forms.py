"""The form in which staff invite people of organisations."""

from django import forms

from core.forms import PlainForm


class InvitePersonForm(PlainForm):
    """The form of an invitation to a role at an organisation."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Write their name."})
    email = forms.EmailField(
        label="Work email",
        max_length=254,
        help_text="Not the address with which somebody is certified or works here.",
        error_messages={"required": "Write the email address.", "invalid": "Write it like name@example.org."},
    )
