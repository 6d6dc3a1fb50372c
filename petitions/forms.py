"""Forms of a petition: the course that is not in the catalogue, the agreement, and answers to
questions.
"""

from typing import Any, TypedDict, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import escape, format_html

from ceus.models import Topic
from core.form_fields import WebAddressField
from core.forms import DateField3, PlainForm, hidden_number
from core.policy_words import course_categories, hours_label
from documents.forms import EvidenceField, EvidenceForm
from documents.waiting import WaitingFile
from petitions.models import LONGEST_TEXT, Petition
from petitions.services.drafting import CourseFacts
from petitions.units import amount_in_ours, unit_choices, units_in_words
from rules.described import FORMATS, code_in_words, named_codes
from rules.policy.model import Policy
from rules.units import BadCeus, Unit, parse_contact_hours
from trainers.models import Cycle

INSTEAD = "Choose a file only to put it in the place of “{}”."
FILES = ("certificate", "agenda", "instructor_proof")
PARTS = {"certificate": "certificate", "agenda": "agenda", "instructor_proof": "instructor"}


def _words(label: str, what: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    errors = {"required": f"Write {what}."}
    box = forms.Textarea({"rows": 6})
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        required=required,
        help_text=help_text,
        widget=box,
        error_messages=errors,
    )


def _one_line(label: str, longest: int, missing: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, error_messages={"required": missing})


class DraftContent(TypedDict):
    """What the form of a petition holds."""

    facts: CourseFacts
    files: dict[str, WaitingFile]


class GivenAnswer(TypedDict):
    """What the form of an answer holds."""

    text: str
    about: int
    files: list[WaitingFile]


class PetitionForm(EvidenceForm, PlainForm):
    """The form of a draft. Title and provider are enough to save it; the check page lists what else
    is needed.
    """

    title = _one_line("Name of the course or event", 160, "Enter the name of the course.")
    provider_name = _one_line("Who offered it", 120, "Enter who offered the course.")
    provider_link = WebAddressField(
        label="Their website (optional)",
        required=False,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
    )
    began_on = DateField3(
        label="First day (optional)",
        what="the first day",
        required=False,
        help_text="Only when it took more than one day. For example, 3 26 2026",
    )
    completed_on = DateField3(label="Day you finished", what="the day you finished", required=False)
    other_unit = forms.ChoiceField(
        label="The certificate counts in",
        required=False,
        error_messages={"invalid_choice": "Choose a unit from the list."},
    )
    hours = forms.CharField(
        label="Contact hours",
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "class": "width-4", "autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label="What it counts for", error_messages={"invalid_choice": "Choose one of the list."}
    )
    topic = forms.ChoiceField(
        label="Topic (optional)",
        required=False,
        error_messages={"invalid_choice": "Choose a topic from the list."},
    )
    format = forms.ChoiceField(
        label="How it was held",
        required=False,
        error_messages={"invalid_choice": "Choose how it was held from the list."},
    )
    learned = _words(
        "What you learned",
        "what you learned",
        "Say what you can do now that goes beyond what you needed for your certification.",
    )
    instructor = _words("Who taught it, and what qualifies them", "who taught it")
    certificate = EvidenceField(label="Certificate of completion", required=False)
    agenda = EvidenceField(
        label="Agenda",
        required=False,
        help_text="The programme with its times.",
    )
    instructor_proof = EvidenceField(label="Proof of the instructor's credentials (optional)", required=False)

    remove_proof = forms.BooleanField(required=False)

    def __init__(self, *args: Any, cycle: Cycle, petition: Petition | None = None, **kwargs: Any) -> None:
        self.unit, self.version = cycle.policy.unit, cycle.version
        self.policy = cycle.policy
        if petition:
            kwargs.setdefault("initial", draft_values(petition))
        super().__init__(*args, **kwargs)
        topic = cast(forms.ChoiceField, self.fields["topic"])
        topic.choices = [("", "No topic chosen"), *Topic.objects.values_list("slug", "name")]
        self.fields["hours"].help_text = _hours_help(self.unit)
        self.fields["hours"].label = hours_label(self.unit)
        self._offer_units()
        self._offer_categories()
        self._offer_formats(cycle.policy)
        on_record = dict(_on_record(petition))
        for name, document in on_record.items():
            self.fields[name].help_text = format_html(INSTEAD, document)  # hints are shown as markup
        if proof := on_record.get("instructor_proof"):
            self.fields["remove_proof"].label = f"Remove “{proof}”"
        else:
            del self.fields["remove_proof"]

    def _offer_categories(self) -> None:
        """Let the trainer choose what the course counts for, where the policy has several categories."""
        choices = [(one.code, one.label) for one in course_categories(self.version)]
        cast(forms.ChoiceField, self.fields["category"]).choices = choices
        if len(choices) < 2:
            del self.fields["category"]

    def _offer_units(self) -> None:
        """Let the trainer state the amount in another unit, where the policy converts any."""
        choices = unit_choices(self.version, hours_label(self.unit))
        if not choices:
            del self.fields["other_unit"]
            return
        cast(forms.ChoiceField, self.fields["other_unit"]).choices = choices
        self.fields["other_unit"].help_text = escape(" ".join(units_in_words(self.version)))
        self.fields["hours"].label = "How much it was"

    def _offer_formats(self, policy: Policy) -> None:
        """Let the trainer choose how the course was held, where the policy names formats."""
        choices = [(code, code_in_words(code)) for code in named_codes(policy, FORMATS)]
        cast(forms.ChoiceField, self.fields["format"]).choices = [("", "Not chosen yet"), *choices]
        if not choices:
            del self.fields["format"]

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_provider_name(self) -> str:
        return one_line(self.cleaned_data["provider_name"])

    def clean_hours(self) -> int | None:
        """Return the typed hours as hundredths of a CEU; None when the field is empty."""
        text = self.cleaned_data["hours"]
        if self.cleaned_data.get("other_unit"):
            return None  # converted in `clean`, which knows the category
        try:
            return parse_contact_hours(text, self.unit) if text else None
        except BadCeus as error:
            raise ValidationError(str(error), code="hours") from None

    def clean(self) -> dict[str, Any]:
        """Store an amount in another unit as one in ours."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unit, typed = cleaned.pop("other_unit", ""), str(self["hours"].data or "")
        if unit and typed.strip():
            category = cleaned.get("category") or course_categories(self.version)[0].code
            amount, wrong = amount_in_ours(
                self.policy, self.version, unit=unit, typed=typed, category=category
            )
            if wrong:
                self.add_error("hours", ValidationError(wrong, code="hours"))
            else:
                cleaned["hours"] = amount
        return cleaned

    def clean_topic(self) -> Topic | None:
        slug = self.cleaned_data["topic"]
        return Topic.objects.filter(slug=slug).first() if slug else None

    @property
    def taken_away(self) -> set[str]:
        """Return the parts whose stored file the trainer takes away."""
        return {PARTS["instructor_proof"]} if self.cleaned_data.get("remove_proof") else set()

    def content(self) -> DraftContent:
        """Return the form's values as arguments for `start_petition` and `change_draft`."""
        values = dict(self.cleaned_data)
        files = {PARTS[name]: values.pop(name) for name in FILES}
        values.pop("remove_proof", None)
        facts = CourseFacts(asked_hundredths=values.pop("hours"), **values)
        sent = {part: file for part, file in files.items() if file}
        return {"facts": facts, "files": sent}


class AboutForm(PlainForm):
    """A form that posts the primary key of the question that the trainer saw."""

    about = hidden_number(smallest=1)


class AnswerForm(EvidenceForm, AboutForm):
    """The form of an answer to a question: a text and up to three files."""

    text = _words("Your answer", "your answer", required=True)
    file_1 = EvidenceField(label="A file, if it helps (optional)", required=False)
    file_2 = EvidenceField(label="A second file (optional)", required=False, help_text="")
    file_3 = EvidenceField(label="A third file (optional)", required=False, help_text="")

    def ask_about(self, question: int) -> None:
        """Make the typed text an answer to `question`, which was asked after the page was opened."""
        shown = cast(QueryDict, self.data).copy()
        shown[self.add_prefix("about")] = str(question)
        self.data = shown

    def answer(self) -> GivenAnswer:
        """Return the form's values as arguments for `answer_question`."""
        values = self.cleaned_data
        files: list[WaitingFile] = [
            file for file in (values["file_1"], values["file_2"], values["file_3"]) if file
        ]
        return {"text": values["text"], "about": values["about"], "files": files}


def one_line(text: str) -> str:
    """Return `text` without line ends and double spaces, as the subject of a mail needs it."""
    return " ".join(text.split())


def draft_values(petition: Petition) -> dict[str, object]:
    """Return the fields of a petition as initial values of the form, without its files."""
    unit = petition.credential.policy.unit
    names = ("title", "provider_name", "provider_link", "began_on", "completed_on", "learned", "instructor")
    asked = petition.asked_hundredths
    return {
        **{name: getattr(petition, name) for name in names},
        "hours": (unit.hours(asked) or unit.format(asked)) if asked else "",
        "category": petition.category,
        "format": petition.format,
        "topic": petition.topic.slug if petition.topic else "",
    }


def _on_record(petition: Petition | None) -> list[tuple[str, str]]:
    """Return (name of the form field, name of the sent file) for each current file of the petition."""
    if petition is None:
        return []
    field_of = {part: field for field, part in PARTS.items()}
    current = petition.evidence.current().filter(part__in=field_of).select_related("document")
    return [(field_of[one.part], one.document.original_name) for one in current]


def _hours_help(unit: Unit) -> str:
    if unit.hours_per_unit is None:
        return "As the certificate says."
    return (
        f"Time in class, without breaks. {unit.hours_per_unit} hours are 1 {unit.singular}. For example, 4.5"
    )
