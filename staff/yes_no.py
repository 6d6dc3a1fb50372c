"""What is true or false of a row, as a word: Django's admin shows a coloured picture."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import BooleanField, Model
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

WORDS = {"True": "Yes", "False": "No", "None": "–"}
PICTURE = re.compile(r'<img src="[^"]*/icon-(?:yes|no|unknown)\.svg" alt="(True|False|None)">')


def worded_cell(cell: str) -> SafeString:
    """Return a cell of a list, as Django made it, with the word in place of its picture."""
    return mark_safe(PICTURE.sub(lambda found: WORDS[found[1]], cell))  # noqa: S308 - as Django made it


class YesNoFields:
    """Words for every field that is true or false, on a page that is only read."""

    model: type[Model]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fields of the page, with a function in place of each that is true or false."""
        fields = super().get_fields(request, obj)  # type: ignore[misc]  # of the admin that this is mixed into
        return [self._worded(one) for one in fields]

    def _worded(self, name: Any) -> Any:
        if isinstance(name, tuple | list):
            return tuple(map(self._worded, name))
        known = {field.name for field in self.model._meta.fields if isinstance(field, BooleanField)}
        return _word_of(self.model, name) if name in known else name


@cache
def _word_of(model: type[Model], name: str) -> Callable[[Any], str]:
    @admin.display(description=str(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # a field of its own
    def word(row: Any) -> str:
        return WORDS[str(getattr(row, name))]

    word.__name__ = name  # by which the admin finds the help text
    return word
