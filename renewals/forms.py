"""The forms of renewals: agreement, certification number, calculator."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from badges.reading import MOST_BYTES, TOO_LARGE
from core.forms import AgreeForm, DateField3, PlainForm
from core.policy_words import in_policy_words
from renewals.pages.verification_list import LONGEST_LINE, MOST_LINES, lines_of
from rules.answers import Standing
from rules.facts import Facts, FactsError, RecordFact
from rules.inquiry import check_days
from rules.names import LONGEST_NAME
from rules.policy.model import Policy
from rules.standing import assess
from rules.units import BadCeus
from trainers.models.credential import normalise_number

NOTHING = re.compile(r"0{1,7}(\.0{1,2})?", re.ASCII)


class SignedFileForm(PlainForm):
    """The form in which a trainer chooses a signed file of a provider or of another body."""

    file = forms.FileField(
        label="Signed file",
        help_text="JSON, or a badge as PNG or SVG, up to 2 MB.",
        allow_empty_file=True,
        widget=forms.FileInput(
            {"accept": ".json,.jsonld,.png,.svg,application/json,image/png,image/svg+xml"}
        ),
        error_messages={"required": "Choose a file.", "invalid": "Choose a file."},
    )

    def clean_file(self) -> object:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE, code="size")
        return sent


class RenewForm(AgreeForm):
    """The form by which a trainer agrees to a renewal, and chooses the further certifications that it
    renews, out of the `numbers` that the page offers.
    """

    joined = forms.MultipleChoiceField(
        label="Renew with it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose certifications of the list."},
    )

    def __init__(self, *args: Any, numbers: Collection[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.MultipleChoiceField, self.fields["joined"]).choices = [(one, one) for one in numbers]
        self.numbers = numbers

    @property
    def chosen(self) -> list[str]:
        """Return the numbers that were chosen, of those that are offered."""
        posted = self["joined"].value() or []
        return [one for one in self.numbers if one in posted]


class CheckForm(PlainForm):
    """The form of the public check: a certification number, and the family name of its holder."""

    number = forms.CharField(
        label="Certification number",
        max_length=40,
        help_text="It is on the certificate, for example 1193 4482",
        error_messages={"required": "Enter a certification number."},
        widget=forms.TextInput({"class": "width-10", "inputmode": "numeric", "autocomplete": "off"}),
    )

    family_name = forms.CharField(
        label="Family name",
        required=False,
        max_length=LONGEST_NAME,
        help_text="As on the certificate; the whole name works too. Without it you see only whether the certification is in force.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        """Return the number as it is stored, without spaces and dashes."""
        number = normalise_number(self.cleaned_data["number"])
        if not (number.isascii() and number.isalnum()):
            raise ValidationError("A certification number has only letters and digits.", code="number")
        return number


class PeopleListForm(PlainForm):
    """The form in which an employer pastes a list of people, one in each line."""

    people = forms.CharField(
        label="Numbers and family names",
        max_length=MOST_LINES * LONGEST_LINE,
        help_text="One person in each line, for example 1193 4482, Rivera. Cells copied from a spreadsheet work too.",
        error_messages={"required": "Paste at least one line."},
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_people(self) -> str:
        """Store the lines of the list in `lines`. Raises ValidationError for a list that is empty
        or too long.
        """
        text: str = self.cleaned_data["people"]
        self.lines = lines_of(text)
        if not self.lines:
            raise ValidationError("Paste at least one line.", code="required")
        if len(self.lines) > MOST_LINES:
            sentence = f"Check at most {MOST_LINES} people at a time. This list has {len(self.lines)} lines."
            raise ValidationError(sentence, code="too_many")
        return text


class WhatIfForm(PlainForm):
    """The form of the public calculator, for one policy. Nothing that is typed is stored."""

    expires_on = DateField3(label="Expiration date", what="the expiration date")
    awarded_on = DateField3(
        label="Date of the first award", what="the date of the first award", required=False
    )
    apply_on = DateField3(label="Day you would renew", what="the day you would renew")
    ceus = forms.CharField(
        label=in_policy_words("{units} from courses"),
        max_length=12,
        required=False,
        help_text=in_policy_words("For example {usual}"),
        widget=forms.TextInput({"class": "width-4", "inputmode": "decimal"}),
    )
    card_through = DateField3(
        label=in_policy_words("Last valid day of your {card}"),
        what="the last valid day of your card",
        required=False,
        help_text="Leave it empty without a card. For example, 3 27 2026",
    )

    def __init__(self, *args: object, policy: Policy, own: Facts | None = None, **kwargs: object) -> None:
        """Make the form. With `own`, the signed-in trainer's facts, what is granted to them (Q34,
        Q35) and all else that the portal knows of them is used for their own dates.
        """
        super().__init__(*args, **kwargs)
        self.policy, self.own = policy, own
        self.standing: Standing | None = None

    def clean_ceus(self) -> int:
        """Return the amount in the unit's smallest part; an empty field is 0."""
        text = self.cleaned_data["ceus"]
        if not text or NOTHING.fullmatch(text):
            return 0
        try:
            return self.policy.unit.parse(text)
        except BadCeus as error:
            raise ValidationError(str(error), code="ceus") from None

    def clean(self) -> dict[str, object]:
        """Compute the standing for what was typed. A FactsError of the rules is shown at its field."""
        if not self.errors:
            try:
                self.standing = what_if(self.policy, own=self.own, **self.cleaned_data)
            except FactsError as error:
                self.add_error(FIELDS.get(error.field or "", "expires_on"), _sentence(error, self.policy))
        return self.cleaned_data


FIELDS = {"as_of": "apply_on", "received_on": "apply_on", "awarded_on": "awarded_on"}


def what_if(
    policy: Policy,
    *,
    expires_on: date,
    apply_on: date,
    awarded_on: date | None = None,
    ceus: int = 0,
    card_through: date | None = None,
    own: Facts | None = None,
) -> Standing:
    """Return the standing on `apply_on` with `ceus` from courses and a card that is valid through
    `card_through`, its last valid day. Raises FactsError.
    """
    facts = Facts(expires_on=expires_on, awarded_on=awarded_on)
    is_own = own is not None and own.expires_on == expires_on
    if own and is_own:
        facts = replace(facts, extensions=own.extensions, waivers=own.waivers, more=own.more)
    done_on = assess(facts, apply_on, policy).cycle.starts_on
    records = []
    for category in policy.version_on(done_on).categories:
        if category.must_be_current and card_through:
            worth = category.maximum or category.minimum
            records.append(RecordFact("card", category.code, worth, done_on, valid_through=card_through))
        elif not category.must_be_current and ceus and not any(one.id == "courses" for one in records):
            records.append(RecordFact("courses", category.code, ceus, done_on))
    standing = assess(replace(facts, records=tuple(records)), apply_on, policy)
    if not is_own:
        check_days(standing, facts, policy)
    return standing


def _sentence(error: FactsError, policy: Policy) -> str:
    if error.code == "no_version":
        first = policy.versions[0].in_force_from
        return f"We have rules for the year {first.year} and later. Enter a later date."
    return error.message
