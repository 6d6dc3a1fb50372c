"""Values of a row in the portal's words where the admin differs: Django shows a picture for true
and false, and writes "3:05 p.m." where our pages write "3:05 pm".
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import BooleanField, DateTimeField, Model
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from core.templatetags.words import at
from staff.exports import FieldNames, Row, RowAdmin

WORDS = {"True": "Yes", "False": "No", "None": "–"}
PICTURE = re.compile(r'<img src="[^"]*/icon-(?:yes|no|unknown)\.svg" alt="(True|False|None)">')


def worded_cell(cell: str) -> SafeString:
    """Return a cell of a list as Django made it, but with a word, such as "Yes", in the place of
    its picture.
    """
    return mark_safe(PICTURE.sub(lambda found: WORDS[found[1]], cell))  # noqa: S308 - as Django made it


class WordedFields(RowAdmin[Row]):
    """A mixin that shows the portal's words for every true or false and every moment, on pages that
    are only read.
    """

    def get_fields(self, request: HttpRequest, obj: Row | None = None) -> FieldNames:
        """Return the fields of the page; each field that Django words differently is replaced by a
        function.
        """
        fields = super().get_fields(request, obj)
        return [self._worded(one, BooleanField, DateTimeField) for one in fields]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns of the list; each moment is replaced by a function."""
        columns = super().get_list_display(request)
        return [self._worded(one, DateTimeField) for one in columns]

    def _worded(self, name: object, *kinds: type[object]) -> object:
        if isinstance(name, tuple | list):
            return tuple(self._worded(one, *kinds) for one in name)
        known = {field.name for field in self.model._meta.fields if isinstance(field, kinds)}
        return _word_of(self.model, name) if name in known else name


@cache
def _word_of(model: type[Model], name: str) -> Callable[[object], str]:
    field: Any = model._meta.get_field(name)
    is_moment = isinstance(field, DateTimeField)

    @admin.display(description=str(field.verbose_name))
    def word(row: object) -> str:
        value = getattr(row, name)
        if is_moment:
            return at(value, settings.TIME_ZONE) if value else WORDS["None"]
        return WORDS[str(value)]

    word.__name__ = name  # by which the admin finds the help text
    return word
