"""Forms that several rooms of the staff side share. A room subclasses one only where its words
differ.
"""

from django import forms

from core.forms import TEXT, DateField3, PlainForm


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
    """`seen` is the newest row of history when the page was opened, for
    `staff.actions.check_nothing_new`.
    """

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)


class ReasonForm(PlainForm):
    """Why staff do something, for the history."""

    reason = text_area("Reason", "Kept in the history for good.", "Write the reason.", rows=3)


class WordsForm(PlainForm):
    """What the trainer reads."""

    words = text_area("In words", "The trainer reads them.", "Write the reason.")


class ThroughForm(PlainForm):
    """A new last day."""

    through = DateField3(label="Last day to send it", what="the last day")
