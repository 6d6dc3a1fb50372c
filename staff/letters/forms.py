"""The form of a letter, and the texts with which it can begin."""

from django import forms
from django.core.exceptions import ValidationError

from core.errors import Refusal
from core.forms import PlainForm, hidden_number
from core.policy_words import in_policy_words
from outbox.letters import PLACES
from outbox.models import Notice
from outbox.models.letter import LONGEST_TITLE, LONGEST_WORDS
from staff.letters.audiences import AUDIENCES, check_value

TEMPLATES = {  # code: (what it is called, subject line, words)
    "blank": ("An empty letter", "", ""),
    "closed": (
        "The office is closed",
        "We are closed on [day]",
        "Hello {first name},\n\nour office is closed on [day]. The portal works as always. "
        "Answers that we promised for that day come on the next business day.",
    ),
    "rules": (
        "A rule changes",
        "What changes on [day]",
        "Hello {first name},\n\nfrom [day] on, [what changes].\n\n"
        "Your certification {number} runs through {last day}. What you have earned until then counts as before.",
    ),
    "course": (
        "A course was withdrawn",
        "About [course]",
        "Hello {first name},\n\nwe approve [course] no longer from [day] on. What you completed before counts.",
    ),
}


class LetterForm(PlainForm):
    """The form of a letter: what it says, and who gets it."""

    audience = forms.ChoiceField(
        label="Goes to",
        choices=[(code, one.label) for code, one in AUDIENCES.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a group from the list."),
    )
    audience_value = forms.CharField(
        label="Narrowed to",
        required=False,
        max_length=80,
        help_text=in_policy_words(
            "For one {holder} an email address or number, for a month 2026-12; empty for the other groups."
        ),
    )
    urgency = forms.ChoiceField(
        label="Who gets it",
        choices=[
            (Notice.Urgency.FIRM, "Everybody in the group: it is about their certification"),
            (Notice.Urgency.OPTIONAL, "Only those who want optional messages"),
        ],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose who gets it."),
    )
    title = forms.CharField(
        label="Subject line",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Write the subject line."},
    )
    words = forms.CharField(
        label="What it says",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": "Write the letter."},
        help_text=f"Places that are filled for each person: {', '.join(f'{{{place}}}' for place in PLACES)}.",
    )

    def clean(self) -> dict[str, object]:
        answers = super().clean() or self.cleaned_data
        if "audience" in answers and "audience_value" in answers:
            try:
                answers["audience_value"] = check_value(answers["audience"], answers["audience_value"])
            except Refusal as refusal:
                raise ValidationError({"audience_value": str(refusal)}) from refusal
        return answers


class CountedForm(PlainForm):
    """A form that posts the number of recipients that the page showed.

    After a refusal the page shows today's number, so it posts that one.
    """

    counted = hidden_number(
        smallest=0, missing="Open the page again: it did not say how many get this letter."
    )

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        self.data = {**self.data, "counted": self.initial["counted"]}
