"""Forms that several rooms of the staff side share. A room subclasses one only where its words
differ.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, TextChoices
from django.http import QueryDict

from core.forms import TEXT, DateField3, PlainForm, hidden_number
from core.policy_words import in_policy_words


def text_area(
    label: str,
    help_text: str,
    missing: str = "",
    *,
    required: bool = True,
    rows: int = 4,
    max_length: int = TEXT,
) -> forms.CharField:
    """Return a field of several lines; `missing` is the sentence for an empty one that is required."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea({"rows": rows}),
        max_length=max_length,
        error_messages={"required": missing},
    )


class SeenForm(PlainForm):
    """A form that posts `seen`, the primary key of the newest row of history when the page was
    opened, for `staff.actions.check_nothing_new`.
    """

    seen = hidden_number(smallest=0, largest=2**62, required=False)


class ReasonForm(PlainForm):
    """The form in which staff say why they act, for the history."""

    reason = text_area("Reason", "Kept in the history for good.", "Write the reason.", rows=3)


class WordsForm(PlainForm):
    """The form in which staff write what the trainer will read."""

    words = text_area("In words", in_policy_words("The {holder} reads them."), "Write the reason.")


Code = TypeVar("Code", bound=TextChoices)
Reasons = Mapping[str, tuple[str, str]]  # by code: the label for staff, the usual words for the trainer


def labelled_reasons(words: Mapping[Code, str], labels: type[Code]) -> Reasons:
    """Return each reason with its usual `words` and its label."""
    return {labels(code).value: (labels(code).label, usual) for code, usual in words.items()}


class ReasonedForm(SeenForm):
    """The form in which staff choose a reason and write words for the trainer.

    Words that are left empty, or that are another reason's usual words, are replaced by the usual
    words of the chosen reason. The person reads and can change them beside the mail.
    """

    reasons: ClassVar[Reasons] = {}
    fills = "words"  # the field of the words
    reason_code = forms.ChoiceField(
        label="Why",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason."},
    )

    def __init__(self, data: object = None, **options: Any) -> None:
        super().__init__(data, **options)
        choices = [(code, label) for code, (label, _) in self.reasons.items()]
        cast(forms.ChoiceField, self.fields["reason_code"]).choices = choices

    def clean(self) -> dict[str, object]:
        return self.fill_words(super().clean() or {})

    def fill_words(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Return `answers` with the usual words of the chosen reason, unless the reviewer wrote
        words of their own.
        """
        code, words = answers.get("reason_code", ""), answers.get(self.fills, "")
        usual = {one for _, one in self.reasons.values()}
        if code and (not words or words in usual) and self.fills not in self.errors:
            answers[self.fills] = self.reasons[code][1]
            shown = cast(QueryDict, self.data).copy()
            shown[self.fills] = answers[self.fills]
            self.data = shown
        return answers


def words_area(max_length: int) -> forms.CharField:
    """Return the field for the words of a `ReasonedForm`."""
    return text_area(
        "In words",
        in_policy_words(
            "The {holder} reads them. Left empty, the usual words for the reason are filled in, and you can change them."
        ),
        required=False,
        rows=5,
        max_length=max_length,
    )


class ThroughForm(PlainForm):
    """The form in which staff choose a new last day."""

    through = DateField3(label="Last day to send it", what="the last day")


class ChosenForm(PlainForm):
    """A form that posts the rows that were chosen in a list, and the name of the list's action.

    Only the rows that the page names are posted, even when somebody chose all rows of the list.
    """

    keys: ClassVar[list[str]] = []
    action = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **options: Any) -> None:
        if data:
            data = data.copy()
            data.setlist(ACTION_CHECKBOX_NAME, self.keys)
        super().__init__(data, **options)
        self.fields[ACTION_CHECKBOX_NAME] = forms.MultipleChoiceField(
            choices=[(key, key) for key in self.keys], widget=forms.MultipleHiddenInput
        )


def chosen_form(rows: Iterable[Model]) -> type[ChosenForm]:
    """Return the form of an action on `rows`, which were chosen in a list."""
    return type("ChosenRowsForm", (ChosenForm,), {"keys": [str(row.pk) for row in rows]})
