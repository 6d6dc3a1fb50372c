"""The form in which an organisation makes a key for a program."""

from typing import cast

from django import forms
from django.http import QueryDict

from api.models import LONGEST_NAME, ProgramKey
from core.forms import PlainForm

NO_SCOPE = "Choose what the key may do."


class KeyForm(PlainForm):
    """The form of a new key; its choices are the scopes of the kind of key."""

    name = forms.CharField(
        label="Where it is used",
        max_length=LONGEST_NAME,
        error_messages={"required": "Write where it is used."},
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_SCOPE, "invalid_choice": NO_SCOPE},
    )

    def __init__(self, model: type[ProgramKey], example: str, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"scopes": model.USUAL})
        self.fields["name"].help_text = f"For example, {example}"
        cast(forms.MultipleChoiceField, self.fields["scopes"]).choices = model.Scope.choices
