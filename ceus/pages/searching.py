"""The search of the catalogue as its page shows it. Few values decide most of the form, so that it is
rendered once for them.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from django import forms
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from ceus.forms import CatalogueForm

NARROWING = ("topic", "provider", "format", "sort", "gap")
LISTS = ("format", "sort")  # what can be chosen there depends on the policies
TYPED = "\ue000"  # stands for what was typed: a letter of Unicode's private area


def search_field(form: CatalogueForm) -> SafeString:
    """Return the field for words."""
    if "q" in form.errors:
        return _render_field(form)
    typed = form["q"].value() or ""
    html = _render_search_field(is_typed=bool(typed))
    return mark_safe(html.replace(TYPED, conditional_escape(typed)))  # noqa: S308 - a template's, and text that is escaped


def filter_fields(form: CatalogueForm, *, with_gap: bool) -> SafeString:
    """Return all other fields, open where one of them is used."""
    told = tuple((name, form.data.get(name) or "") for name in NARROWING)
    if any(name in form.errors for name in NARROWING):
        return _render_filters(form, with_gap=with_gap)
    labels = tuple(str(label) for name in LISTS for _, label in _choices_of(form, name))
    return _render_valid_filters(told, tuple(form.topics), labels, with_gap=with_gap)


def _choices_of(form: CatalogueForm, name: str) -> Iterable[tuple[str, str]]:
    return cast(Iterable[tuple[str, str]], cast(forms.ChoiceField, form.fields[name]).choices)


@lru_cache(maxsize=2)
def _render_search_field(*, is_typed: bool) -> str:
    return _render_field(CatalogueForm({"q": TYPED if is_typed else ""}, ()))


@lru_cache(maxsize=256)
def _render_valid_filters(
    told: tuple[tuple[str, str], ...],
    topics: tuple[tuple[str, str], ...],
    labels: tuple[str, ...],
    *,
    with_gap: bool,
) -> SafeString:
    """Render the fields with these values; `labels` are what can be chosen now besides the topics."""
    return _render_filters(CatalogueForm(dict(told), topics), with_gap=with_gap)


def _render_field(form: CatalogueForm) -> SafeString:
    return render_to_string("includes/field.html", {"field": form["q"], "plain": True})


def _render_filters(form: CatalogueForm, *, with_gap: bool) -> SafeString:
    is_open = any(form.data.get(name) for name in NARROWING)
    words = {"form": form, "is_open": is_open, "with_gap": with_gap}
    return render_to_string("ceus/catalogue/filters.html", words)
