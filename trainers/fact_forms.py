"""The form that asks for the facts of a policy: one field for each, with the reason why it is asked."""

from collections.abc import Iterable
from typing import Any

from django import forms

from core.forms import DateField3, PlainForm
from rules.asking import COUNTRIES, AskedFact
from rules.policy.read_conditions import DAY, NUMBER, YES_NO
from trainers.circumstances import NO, YES
from trainers.countries import country_names

FieldOptions = dict[str, Any]  # of a form field
NOT_STATED = ("", "Not stated")


def fact_form_class(asked: Iterable[AskedFact], base: type[PlainForm] = PlainForm) -> type[PlainForm]:
    """Return a form with a field for each fact, before the fields of `base`. Each may be left empty;
    its cleaned value is what `set_facts` takes.
    """
    fields = {one.code: _field(one) for one in asked}
    order = (*fields, *base.base_fields)
    return type("FactsForm", (base,), {**fields, "field_order": order})


def why_asked(fact: AskedFact) -> str:
    """Return the sentences of the rules that ask for the fact, each once."""
    return " ".join(dict.fromkeys(one.text for one in fact.why))


def _field(fact: AskedFact) -> forms.Field:
    words: FieldOptions = {"label": fact.label, "help_text": why_asked(fact), "required": False}
    if fact.kind == YES_NO:
        return forms.TypedChoiceField(
            choices=(NOT_STATED, (YES, "Yes"), (NO, "No")),
            coerce=lambda text: text == YES,
            empty_value=None,
            error_messages={"invalid_choice": "Choose Yes or No."},
            **words,
        )
    if fact.kind == NUMBER:
        return _number(words)
    if fact.kind == DAY:
        return DateField3(what=f"the {fact.label.lower()}", **words)
    names = {code: code.replace("_", " ").capitalize() for code in fact.choices}
    if fact.kind == COUNTRIES:
        names = country_names()
    return forms.TypedChoiceField(
        choices=(NOT_STATED, *names.items()),
        empty_value=None,
        error_messages={"invalid_choice": "Choose one of the list."},
        **words,
    )


def _number(words: FieldOptions) -> forms.IntegerField:
    return forms.IntegerField(
        widget=forms.TextInput({"inputmode": "numeric", "class": "width-10"}),
        min_value=0,
        max_value=999_999_999,
        error_messages={
            "invalid": "Enter a whole number, such as 12.",
            "min_value": "Enter 0 or more.",
            "max_value": "Enter at most 999,999,999.",
        },
        **words,
    )


def initial_answers(known: dict[str, object]) -> dict[str, object]:
    """Return the known values as the form shows them."""
    shown = {True: YES, False: NO}
    return {code: shown[value] if isinstance(value, bool) else value for code, value in known.items()}
