"""The forms in which leads act on colleagues."""

from django import forms
from django.utils.html import format_html

from core.forms import PlainForm
from staff.forms import ReasonForm
from staff.roles import SENTENCES
from trainers.models import Trainer
from trainers.services.people import may_lead

NO_ROLE = {"required": "Choose a role.", "invalid_choice": "Choose a role from the list."}


def roles_for(by: Trainer, person: Trainer | None = None) -> list[tuple[str, object]]:
    """Return the roles that `by` may give, each with a sentence on what it may do."""
    whom = person or Trainer()
    return [
        (role, format_html("<strong>{}</strong>: {}", role.capitalize(), words))
        for role, words in SENTENCES.items()
        if may_lead(whom, role, by=by)
    ]


class RoleField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(label="Role", widget=forms.RadioSelect, error_messages=NO_ROLE)


class InviteForm(PlainForm):
    """The form of an invitation. `by` may give only some roles."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Write their name."})
    email = forms.EmailField(
        label="Work email",
        max_length=254,
        error_messages={"required": "Write the email address.", "invalid": "Write it like name@example.org."},
    )
    role = RoleField()


class RoleForm(ReasonForm):
    role = RoleField()
    field_order = ("role", "reason")


def with_roles(form: type[PlainForm], roles: list[tuple[str, object]]) -> type[PlainForm]:
    """Return the form class with these roles to choose from."""

    class Chosen(form):  # type: ignore[misc, valid-type] # made for one page
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)
            self.fields["role"].choices = roles

    return Chosen
