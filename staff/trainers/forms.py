"""The forms in which staff act on accounts and credentials."""

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.models import Group

from core.forms import DateField3, PlainForm
from core.policy_words import fitting_policies, in_policy_words
from staff.forms import ReasonForm, text_area


class LeadForm(ReasonForm):
    """The form in which a lead changes the state of a credential: from which day, and why (Q24)."""

    on = DateField3(label="From which day", what="the day from which it holds")
    reason = text_area(
        "Reason",
        in_policy_words("The {holder} reads it. It is kept in the history."),
        "Write the reason.",
        rows=3,
    )
    field_order = ("on", "reason")


class PolicyForm(ReasonForm):
    policy = forms.ChoiceField(
        label="Rules from the next cycle on",
        choices=lambda: [(one.code, f"{one.title} ({one.code})") for one in fitting_policies()],
        error_messages={"invalid_choice": "Choose a policy of the list.", "required": "Choose a policy."},
    )
    reason = text_area(
        "Reason",
        in_policy_words("The {holder} reads it. It is kept in the history."),
        "Write the reason.",
        rows=3,
    )
    field_order: tuple[str, ...] = ("policy", "reason")


class PolicyWithBirthdayForm(PolicyForm):
    """The same for somebody whose day of birth is not known, while some rules count from it."""

    born_on = DateField3(
        label="Day of birth",
        what="their day of birth",
        required=False,
        help_text="Only for rules that count from it. For example, 3 27 1990",
    )
    field_order = ("policy", "born_on", "reason")


class NameForm(ReasonForm):
    name = forms.CharField(
        label="Name on the certificate", max_length=120, error_messages={"required": "Write the name."}
    )
    field_order = ("name", "reason")


class EmailForm(ReasonForm):
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={"required": "Write the email address.", "invalid": "Write it like name@example.org."},
    )
    field_order = ("email", "reason")


class ZoneForm(PlainForm):
    time_zone = forms.ChoiceField(
        label="Time zone",
        choices=lambda: [(name, name.replace("_", " ")) for name in sorted(available_timezones())],
        error_messages={"invalid_choice": "Choose a time zone from the list."},
    )


class RolesForm(PlainForm):
    works_here = forms.BooleanField(
        label="Works here", required=False, help_text="May open the staff side, with a second factor."
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"), label="Groups", required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, object]:
        answers = super().clean() or {}
        if answers.get("groups") and not answers.get("works_here"):
            self.add_error("works_here", "Groups are for people who work here.")
        return answers
