"""The forms of courses and cards: dates, files and search."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NotRequired, TypedDict, cast

from django import forms
from django.http import QueryDict

from ceus.described import format_choices
from ceus.models import CeuRecord, Course, Topic
from ceus.pages.catalogue import SORTS, Choice
from core.errors import Refusal
from core.forms import CachedSelect, DateField3, PlainForm
from core.policy_words import in_policy_words
from core.prepared import PreparedQuery
from documents.forms import EvidenceField, EvidenceForm
from documents.waiting import WaitingFile
from trainers.models import Cycle

OTHER_DAY = "other"
_TOPICS = PreparedQuery(lambda: Topic.objects.values_list("slug", "name"))
NO_COURSE = "Find your course, then choose it."
INSTEAD = "Choose a file only to put it in the place of the one on record."
UNLESS_BOTH = "Not needed when the first file shows both sides."
BACK_MISSING = "Choose a file with the back of the card, or say that the first one shows both sides."
SORT_LABELS = {"": "Title", "ceus": in_policy_words("Most {units} first")}


def _words(label: str) -> forms.CharField:
    """Return a field for words to search for."""
    return forms.CharField(
        label=label, max_length=100, required=False, widget=forms.TextInput({"type": "search"})
    )


class CatalogueForm(PlainForm):
    """The search of the catalogue. Every field is optional; an empty form finds every course."""

    q = _words("Search courses")
    topic = forms.ChoiceField(label="Topic", required=False, widget=CachedSelect)
    provider = forms.CharField(label="Provider", max_length=120, required=False)
    format = forms.ChoiceField(
        label="Format",
        required=False,
        choices=lambda: [("", "All formats"), *format_choices()],
        widget=CachedSelect,
    )
    sort = forms.ChoiceField(
        label="Order",
        required=False,
        choices=[(key, SORT_LABELS[key]) for key in SORTS],
        widget=CachedSelect,
    )
    gap = forms.BooleanField(label="Only courses that close my gap", required=False)

    def __init__(self, data: Mapping[str, Any], topics: Sequence[tuple[str, str]] | None = None) -> None:
        """`topics` are those that can be chosen, by slug, where they were read before."""
        super().__init__(data)
        self.topics = _TOPICS.all() if topics is None else topics
        topic = cast(forms.ChoiceField, self.fields["topic"])
        topic.choices = [("", "All topics"), *self.topics]
        for name, what in (("topic", "a topic"), ("format", "a format"), ("sort", "an order")):
            self.fields[name].error_messages["invalid_choice"] = f"Choose {what} from the list."

    def choice(self, *, at_least: int = 0, not_in: Cycle | None = None) -> Choice:
        """Return the search as a `Choice`.

        `at_least`, in hundredths of a CEU, keeps only courses that close the trainer's gap;
        `not_in` leaves out courses that are logged in that cycle.
        """
        chosen = self.cleaned_data
        return Choice(
            text=chosen["q"],
            topic=chosen["topic"],
            provider=chosen["provider"],
            format=chosen["format"],
            at_least=at_least,
            not_in=not_in,
            sort=chosen["sort"],
        )


class FindProviderForm(PlainForm):
    q = _words("Name of the provider")


class BothSidesField(forms.BooleanField):
    """A checkbox by which a trainer says that the file of the front also shows the back, as a scan
    of a card often does.
    """

    def __init__(self) -> None:
        super().__init__(label="This file shows both sides of the card", required=False)


def use_for_both_sides(
    form: forms.Form, cleaned: dict[str, object], *, needed: bool, front: str = "front", back: str = "back"
) -> dict[str, object]:
    """Return `cleaned` with the front's file as the back as well, when the trainer ticked `both_sides`.

    `both_sides` itself is removed. When the back is `needed` and missing, its field gets an error.
    """
    both = cleaned.pop("both_sides", False)
    if both and not cleaned.get(back):
        cleaned[back] = cleaned.get(front)
    elif needed and not cleaned.get(back) and back not in form.errors:
        form.add_error(back, BACK_MISSING)
    return cleaned


class RecordChanges(TypedDict):
    """What a form changes of a record, as arguments for `change_record` and `mend_record`."""

    completed_on: date
    valid_through: NotRequired[date | None]
    files: dict[str, WaitingFile]


class ProofForm(EvidenceForm, PlainForm):
    """The day on which a course was finished, and its certificate."""

    completed_on = DateField3(label="Date you finished", what="the date you finished the course")
    certificate = EvidenceField(label="Certificate of completion", required=False)


class LogCourseForm(ProofForm):
    """The form of the page on which a course is logged: which course, when, and its certificate.

    `day` is one of the offered days, as an ISO date. When it is "other" or empty, the three boxes of
    `completed_on` give the day.
    """

    q = _words("Which course?")
    course = forms.CharField(max_length=180, required=False)
    day = forms.CharField(max_length=10, required=False)
    completed_on = DateField3(
        label="When did you finish it?",
        what="the date you finished the course",
        required=False,
        help_text="Month, day and year, for example 3 27 2026",
    )
    field_order = ("q", "course", "day", "completed_on", "certificate")

    def clean(self) -> dict[str, object]:
        """Replace the slug in `course` by the course, and set `completed_on` to the chosen or typed day."""
        cleaned = super().clean() or self.cleaned_data
        slug, chip = cleaned.pop("course", ""), cleaned.pop("day", "")
        cleaned.pop("q", None)
        found = Course.objects.select_related("provider").filter(slug=slug).first() if slug else None
        if found:
            cleaned["course"] = found
        elif "q" not in self.errors and not self.unfinished:
            self.add_error("q", "Choose your course from the list." if slug else NO_COURSE)
        try:
            cleaned["completed_on"] = date.fromisoformat(chip)
        except ValueError:
            if "completed_on" not in self.errors and not cleaned.get("completed_on"):
                self.add_error("completed_on", "Enter the date you finished the course.")
        else:
            self.errors.pop("completed_on", None)
        return cleaned

    def refuse(self, refusal: Refusal) -> None:
        """Show a service's refusal. When it is about the day, the day is shown in the boxes, where
        it can be corrected.
        """
        if refusal.field == "completed_on":
            day = self.cleaned_data["completed_on"]
            boxes = {"month": day.month, "day": day.day, "year": day.year}
            shown = cast(QueryDict, self.data).copy()
            shown["day"] = OTHER_DAY
            for part, value in boxes.items():
                shown[f"completed_on_{part}"] = str(value)
            self.data = shown
        super().refuse(refusal)


class CardForm(EvidenceForm, PlainForm):
    """The form for a card: two dates, and a file for each side."""

    completed_on = DateField3(
        label="Date you finished the training", what="the date you finished the training"
    )
    valid_through = DateField3(
        label="Last day the card is valid",
        what="the last day the card is valid",
        help_text="As printed on the card. If it names a month only, leave the day empty.",
        ends_month=True,
    )
    front = EvidenceField(label="Front of the card")
    both_sides = BothSidesField()
    back = EvidenceField(label="Back of the card", required=False, help_text=UNLESS_BOTH)
    needs_back = True

    def clean(self) -> dict[str, object]:
        """Use the front's file for the back as well, when the trainer says that it shows both sides."""
        return use_for_both_sides(self, super().clean() or self.cleaned_data, needed=self.needs_back)


class ChangeForm(ProofForm):
    """The form that changes a course record. Without a new file, the stored certificate stays."""

    def __init__(self, *args: Any, record: CeuRecord, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"completed_on": record.completed_on})
        super().__init__(*args, **kwargs)
        if record.evidence.current().exists():
            self.fields["certificate"].help_text = INSTEAD

    def changes(self) -> RecordChanges:
        """Return the arguments for `change_record`."""
        certificate = self.cleaned_data["certificate"]
        return {
            "completed_on": self.cleaned_data["completed_on"],
            "files": {"certificate": certificate} if certificate else {},
        }


class ChangeCardForm(CardForm):
    """The form that changes a card's record; a side without a new file keeps its file."""

    needs_back = False

    def __init__(self, *args: Any, record: CeuRecord, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"completed_on": record.completed_on, "valid_through": record.valid_through}
        )
        super().__init__(*args, **kwargs)
        for side in ("front", "back"):
            self.fields[side].required = False
            self.fields[side].help_text = INSTEAD

    def changes(self) -> RecordChanges:
        """Return the arguments for `change_record`."""
        sides = {"card_front": self.cleaned_data["front"], "card_back": self.cleaned_data["back"]}
        return {
            "completed_on": self.cleaned_data["completed_on"],
            "valid_through": self.cleaned_data["valid_through"],
            "files": {part: file for part, file in sides.items() if file},
        }


class MendCardForm(ChangeCardForm):
    """The form that corrects the card of a returned renewal: its last valid day, and a new file for
    each side that needs one.
    """

    def __init__(self, *args: object, record: CeuRecord, **kwargs: object) -> None:
        super().__init__(*args, record=record, **kwargs)
        del self.fields["completed_on"]
        for side in ("front", "back"):
            self.fields[side].help_text = ""

    def changes(self) -> RecordChanges:
        """Return the arguments for `mend_record`; the day of the training stays."""
        self.cleaned_data.setdefault("completed_on", self.initial["completed_on"])
        return super().changes()
