"""The form in which people say where a program hears of what."""

from typing import cast

from django import forms

from core.forms import PlainForm
from webhooks.events import events_for
from webhooks.models.endpoint import HOUSE, LONGEST_NAME, LONGEST_URL

NO_EVENT = "Choose what it hears of."


class EndpointForm(PlainForm):
    """The form of an endpoint of the body. The form of another owner sets `owner` to its kind."""

    owner = HOUSE
    name = forms.CharField(
        label="What receives it",
        help_text="For example, our accounting",
        max_length=LONGEST_NAME,
        error_messages={"required": "Write what receives it."},
    )
    url = forms.CharField(
        label="Address",
        help_text="For example, https://crm.example.org/hooks. It must answer within 10 seconds.",
        max_length=LONGEST_URL,
        error_messages={"required": "Write the address."},
    )
    events = forms.MultipleChoiceField(
        label="What it hears of",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_EVENT, "invalid_choice": NO_EVENT},
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        choices = [(code, f"{one.label} ({code})") for code, one in events_for(self.owner).items()]
        cast(forms.MultipleChoiceField, self.fields["events"]).choices = choices
