"""The form in which an employer checks a list, and those of the public directory."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from ceus.models import Topic
from core.forms import PlainForm
from employers.directory import Wanted, certifications_listed
from employers.models.listing import LONGEST_CITY, MOST_TOPICS
from employers.reading import MOST_BYTES, TOO_LARGE, read_list
from renewals.pages.verification_list import LONGEST_LINE, Line, lines_of

MOST_LINES = 1000
NO_TOPIC = "Choose topics from the list."
EMPTY = "Paste at least one line, or choose a file."
NOT_BOTH = "Paste a list or choose a file, not both."


def _words(label: str) -> forms.CharField:
    """Return a field for words to search for."""
    return forms.CharField(
        label=label, max_length=100, required=False, widget=forms.TextInput({"type": "search"})
    )


class ListForm(PlainForm):
    """The form in which an employer checks a list; `lines` holds its lines once it is valid."""

    people = forms.CharField(
        label="Numbers and family names",
        required=False,
        max_length=MOST_LINES * LONGEST_LINE,
        help_text="One person in each line, for example 1193 4482, Rivera. Cells copied from a spreadsheet work too.",
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        help_text=f"CSV, up to {MOST_LINES:,} lines and 500 KB.",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.txt"}),
        error_messages={"invalid": "Choose a file."},
    )

    def clean(self) -> dict[str, Any]:
        """Store the lines of the list. Raises ValidationError for none, and for too many."""
        answers = super().clean() or self.cleaned_data
        if self.errors:
            return answers
        pasted, file = answers.get("people", ""), answers.get("file")
        if bool(pasted) == bool(file):
            self.add_error("people", ValidationError(NOT_BOTH if file else EMPTY, code="one_list"))
            return answers
        field = "file" if file else "people"
        try:
            self.lines: list[Line] = lines_of(_read(file) if file else pasted)
        except ValidationError as error:
            self.add_error(field, error)
            return answers
        if not self.lines:
            self.add_error(field, ValidationError(EMPTY, code="required"))
        elif len(self.lines) > MOST_LINES:
            sentence = f"Check at most {MOST_LINES:,} people. This list has {len(self.lines):,} lines."
            self.add_error(field, ValidationError(sentence, code="too_many"))
        return answers


def _read(file: Any) -> str:
    if file.size > MOST_BYTES:
        raise ValidationError(TOO_LARGE, code="too_large")
    return read_list(file.read())


class ListingForm(PlainForm):
    """The form in which a trainer says what the directory shows of them."""

    city = forms.CharField(
        label="City",
        required=False,
        max_length=LONGEST_CITY,
        help_text="As you want it to be read, for example Mesa, Arizona. You may leave it empty.",
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"What you work on most. At most {MOST_TOPICS}.",
        error_messages={"invalid_choice": NO_TOPIC, "invalid_list": NO_TOPIC},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["topics"]).choices = [
            *Topic.objects.values_list("slug", "name")
        ]

    def clean_topics(self) -> list[Topic]:
        """Return the topics. Raises ValidationError for too many."""
        chosen = self.cleaned_data["topics"]
        if len(chosen) > MOST_TOPICS:
            raise ValidationError(f"Choose at most {MOST_TOPICS} topics.", code="too_many")
        return list(Topic.objects.filter(slug__in=chosen))


class DirectoryForm(PlainForm):
    """The search of the directory. Every field is optional."""

    name = _words("Name")
    city = _words("City")
    certification = forms.ChoiceField(label="Certification", required=False)
    topic = forms.ChoiceField(label="Topic", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = certifications_listed()
        if len(listed) < 2:  # a choice of one is none
            del self.fields["certification"]
        topics = Topic.objects.filter(listings__state="listed").distinct()
        choices = (
            ("certification", "a certification", "All certifications", listed),
            ("topic", "a topic", "All topics", topics.values_list("slug", "name")),
        )
        for name, what, everything, offered in choices:
            if name in self.fields:
                field = cast(forms.ChoiceField, self.fields[name])
                field.choices = [("", everything), *offered]
                field.error_messages["invalid_choice"] = f"Choose {what} from the list."

    def wanted(self) -> Wanted:
        """Return what the visitor looks for. The form must be valid."""
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in Wanted.__slots__})
