"""What staff type when they edit the catalogue."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from ceus.described import codes_named, format_choices
from ceus.models import CatalogueChange, Course, Provider, Topic
from ceus.services.relisting import check_ceus_from
from ceus.touched import ListingChange
from core import clock
from core.form_fields import CeusField
from core.policy_words import category_choices, in_policy_words, portal_policy
from rules.described import PROVIDERS, code_in_words
from rules.listing import Days
from staff.forms import ReasonForm, text_area
from staff.seen import SeenModelForm
from trainers.models import Trainer

Records = CatalogueChange.Records

ENDS_FIRST = "Choose a last day that is not before the first one."
NAMED = {"name": {"required": "Write the name."}}
APPROVED = {"approved_from": {"required": "Choose the first approved day."}}


class ApprovalForm(SeenModelForm):
    """The form for the days on which a provider or course is approved, both ends inclusive. `by` is
    the person who fills it in.
    """

    by: Trainer

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        first, last = answers.get("approved_from"), answers.get("approved_through")
        if first and last and last < first:
            self.add_error("approved_through", ValidationError(ENDS_FIRST, code="order"))
        if "change" in self.data:  # back from the page that names whom it touches
            self.add_error(
                None, ValidationError("Nothing is saved yet. Change it, then save.", code="change")
            )
        return answers

    def change_of(self, stored: Any) -> ListingChange:
        """Return the change of the catalogue that a valid form asks for; `stored` is the row before
        it.
        """
        days = Days(self.cleaned_data["approved_from"], self.cleaned_data["approved_through"])
        return ListingChange(stored, days)


class ProviderForm(ApprovalForm):
    class Meta:
        model = Provider
        fields = ("name", "code", "approved_from", "approved_through", "about", "link")
        error_messages = NAMED | APPROVED

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = codes_named(PROVIDERS)
        if "code" in self.fields and named:
            choices = [("", "They do not name it"), *((code, code_in_words(code)) for code in named)]
            self.fields["code"] = forms.ChoiceField(
                label="Its name in the rules",
                choices=choices,
                required=False,
                help_text=Provider._meta.get_field("code").help_text,
            )
        elif "code" in self.fields:
            del self.fields["code"]


class TopicForm(SeenModelForm):
    class Meta:
        model = Topic
        fields = ("name",)
        error_messages = NAMED


class CourseForm(ApprovalForm):
    hundredths = CeusField(
        label=in_policy_words("{units}"), help_text=in_policy_words("As it is printed, for example {usual}")
    )
    category = forms.ChoiceField()
    format = forms.ChoiceField(choices=format_choices, error_messages={"required": "Choose the format."})
    ceus_from = forms.DateField(
        label=in_policy_words("New {units} from"),
        required=False,
        help_text=in_policy_words(
            "The first day of completion with these {units}. Empty: today, when they change."
        ),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("title", "provider", "category", "hundredths", "ceus_from")

    class Meta:
        model = Course
        fields = (
            "title",
            "provider",
            "category",
            "hundredths",
            "format",
            "topics",
            "approved_from",
            "approved_through",
            "about",
            "link",
        )
        error_messages = APPROVED | {
            "title": {"required": "Write the title."},
            "provider": {"required": "Choose the provider."},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["category"]).choices = category_choices()

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if self.instance.pk and not self.errors:
            stored = Course.objects.select_related("provider").get(pk=self.instance.pk)
            with self.refusals():
                check_ceus_from(self.change_of(stored), by=self.by, today=catalogue_today())
        return answers

    def change_of(self, stored: Course) -> ListingChange:
        change, given = super().change_of(stored), self.cleaned_data["hundredths"]
        begins = self.cleaned_data["ceus_from"] or (None if given == stored.hundredths else catalogue_today())
        return replace(
            change,
            provider=self.cleaned_data["provider"],
            ceus_from=begins,
            hundredths=given if begins else None,
        )


class TouchedForm(ReasonForm):
    """The form for the reason of a change that affects logged records or earlier days: the history
    keeps it, and the trainers read it.

    `mark` is the hash of the affected records that the page showed.
    """

    reason = text_area(
        "Reason", "Whoever is touched reads it. Kept in the history for good.", "Write the reason.", rows=3
    )
    mark = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class LeadTouchedForm(TouchedForm):
    """The form in which a lead confirms a change of the catalogue, and decides whether the records that it
    affects stay as they are."""

    records = forms.ChoiceField(
        label="These records",
        choices=((Records.KEPT, "Stay as they are"), (Records.CHANGED, "Follow the list from now on")),
        initial=Records.KEPT,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of these records."},
    )
    field_order = ("records", "reason", "mark")


def catalogue_today() -> date:
    """Return today's date in the policy's zone."""
    return clock.today(portal_policy().time_zone)
