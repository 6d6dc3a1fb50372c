"""The forms of a provider's side."""

from typing import cast

from django import forms

from ceus.described import format_choices
from ceus.models import Course, Provider
from core.form_fields import CeusField, WebAddressField
from core.forms import DateField3, PlainForm
from core.policy_words import in_policy_words
from providers.lookups import courses_of
from providers.models.batch import LONGEST_REASON, MOST_ROWS
from providers.models.request import LONGEST_WORDS
from webhooks.forms import EndpointForm

LONGEST_NUMBERS = 25_000  # characters of a list of numbers
CHOOSE = "Choose a course from the list."
NO_REASON = "Write why."
CHOOSE_FORMAT = "Choose a format from the list."


class CourseField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """One of the provider's own courses."""

    def __init__(self) -> None:
        super().__init__(
            Course.objects.none(),
            label="Course",
            empty_label="Choose a course",
            error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        )

    def label_from_instance(self, obj: Course) -> str:
        return f"{obj.title} ({obj.slug})"


class OfProvider(PlainForm):
    """A form with a choice of the provider's courses."""

    course = CourseField()

    def __init__(self, *args: object, provider: Provider, **options: object) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["course"]).queryset = courses_of(provider)  # type: ignore[type-arg]  # not subscriptable at run time


class TypedForm(OfProvider):
    """The form in which numbers are typed, of everybody who completed one course on one day."""

    completed_on = DateField3(label="Day of completion", what="the day of completion")
    ceus = forms.CharField(
        label="How much, if only a part was completed",
        help_text="Leave it empty for all that the course gives. For example, 0.2",
        max_length=10,
        required=False,
    )
    numbers = forms.CharField(
        label="Certification numbers",
        help_text=f"One on each line, up to {MOST_ROWS:,}. The names come back for you to confirm.",
        max_length=LONGEST_NUMBERS,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Write the certification numbers."},
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class FileForm(PlainForm):
    """The form in which a file of attendance is chosen."""

    file = forms.FileField(
        label="File",
        help_text=f"CSV or XLSX, up to {MOST_ROWS:,} rows and 2 MB.",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        error_messages={"required": "Choose a file.", "invalid": "Choose a file."},
    )


class ConfirmFileForm(PlainForm):
    """The form that confirms a file as it was checked; its rows travel signed."""

    rows = forms.CharField(max_length=400_000, widget=forms.HiddenInput)


class WithdrawForm(PlainForm):
    """The form in which a provider says why it takes something back."""

    reason = forms.CharField(
        label="Why",
        help_text="Those whom it touches read it.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": NO_REASON},
    )


class CorrectForm(OfProvider):
    """The form in which a provider corrects one completion."""

    number = forms.CharField(
        label="Certification number",
        max_length=40,
        error_messages={"required": "Write the certification number."},
    )
    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Write the name."})
    completed_on = DateField3(label="Day of completion", what="the day of completion")
    ceus = forms.CharField(
        label="How much, if only a part was completed",
        help_text="Leave it empty for all that the course gives.",
        max_length=10,
        required=False,
        widget=forms.TextInput,
    )
    reason = forms.CharField(
        label="Why it is corrected",
        help_text="Those whom it touches read it.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": NO_REASON},
    )
    field_order = ("number", "name", "course", "completed_on", "ceus", "reason")


class AskForm(PlainForm):
    """The form in which a provider asks for a new course."""

    title = forms.CharField(
        label="Title", max_length=160, error_messages={"required": "Write the title of the course."}
    )
    format = forms.ChoiceField(
        label="Format",
        choices=format_choices,
        error_messages={"required": CHOOSE_FORMAT, "invalid_choice": CHOOSE_FORMAT},
    )
    hundredths = CeusField(
        label=in_policy_words("How many {units}"), help_text="As they should be printed, for example 0.4",
    )  # fmt: skip
    about = forms.CharField(
        label="What is taught",
        help_text="The outline with its hours, who teaches, and how what was learned is tested.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Write what is taught."},
    )
    link = WebAddressField(label="Page of the course", required=False)


class LongerForm(PlainForm):
    """The form in which a provider asks for a longer approval of a course."""

    about = forms.CharField(
        label="What has changed since it was approved",
        help_text="Or that nothing has.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write what has changed, or that nothing has."},
    )


class ProviderEndpointForm(EndpointForm):
    """The form in which a provider adds an endpoint: where a program of its is told, and of what."""

    owner = "ceus.provider"
