"""The forms for assigning and snoozing a case, and for a note about it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from cases.models import LONGEST_NOTE, LONGEST_REASON
from core.deadlines import full_day
from core.forms import PlainForm
from core.policy_words import in_policy_words
from rules.days import is_business_day
from staff.forms import text_area
from trainers.models import Trainer

CHOOSE = "Choose somebody from the list."
CHOOSE_DAY = "Choose a day from the list."
MOST_DAYS = 15  # business days that are offered to wake a case on


class AssigneeForm(PlainForm):
    """A form that posts `assignee`, the primary key of the assignee when the page was opened; 0 for
    nobody.
    """

    assignee = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def clean_assignee(self) -> Trainer | None:
        """Return the posted assignee as a Trainer with only a primary key; None for nobody."""
        found = self.cleaned_data.get("assignee")
        return Trainer(pk=found) if found else None


class ColleagueChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A choice among colleagues, shown by their names."""

    def __init__(self, colleagues: "QuerySet[Trainer]", *, you: Trainer, nobody: str, **options: Any) -> None:
        self._you = you
        messages = dict.fromkeys(("required", "invalid_choice", "invalid"), CHOOSE)
        super().__init__(colleagues, required=False, empty_label=nobody, error_messages=messages, **options)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} (you)" if obj.pk == self._you.pk else str(obj.name)


def assign_form(colleagues: "QuerySet[Trainer]", *, you: Trainer) -> type[AssigneeForm]:
    """Return the form that asks to whom to assign a case."""
    to = ColleagueChoice(colleagues, you=you, nobody="Nobody", label="Who has it")
    return type("AssignForm", (AssigneeForm,), {"to": to})


def hand_on_form(colleagues: "QuerySet[Trainer]", *, you: Trainer) -> type[PlainForm]:
    """Return the form in which a person who knows the trainer chooses who gets the case."""
    to = ColleagueChoice(
        colleagues.exclude(pk=you.pk),
        you=you,
        nobody="Nobody: it waits for whoever is free",
        label="Who takes it",
    )
    return type("HandOnForm", (PlainForm,), {"to": to})


def business_days(today: date, through: date | None) -> list[date]:
    """Return the next business days after `today`, through `through`, at most `MOST_DAYS` of
    them.
    """
    days = (today + timedelta(days=number) for number in range(1, 3 * MOST_DAYS))
    found = [day for day in days if is_business_day(day) and (through is None or day <= through)]
    return found[:MOST_DAYS]


def day_choice(days: Iterable[date]) -> forms.TypedChoiceField:
    """Return a field to choose one of `days`."""
    return forms.TypedChoiceField(
        label="Wake it on",
        choices=[(str(day), full_day(day)) for day in days],
        coerce=date.fromisoformat,
        error_messages={"required": CHOOSE_DAY, "invalid_choice": CHOOSE_DAY},
    )


def snooze_form(days: Sequence[date]) -> type[PlainForm]:
    """Return the form that asks until which day to snooze a case, and why."""
    fields = {"until": day_choice(days), "reason": snooze_reason()}
    return type("SnoozeForm", (PlainForm,), fields)


def snooze_reason() -> forms.CharField:
    """Return the field for the reason of a snooze."""
    return text_area("Why", "Only staff read it.", "Write why it waits.", rows=2, max_length=LONGEST_REASON)


class NoteForm(PlainForm):
    text = text_area(
        "Note",
        in_policy_words(
            "Only staff read it at work, but the {holder} may ask for it one day. Write @ and a name to tell a "
            "colleague, for example @Robin."
        ),
        "Write the note.",
        rows=5,
        max_length=LONGEST_NOTE,
    )
