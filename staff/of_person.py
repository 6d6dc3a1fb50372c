"""A filter that narrows any list to the rows of one person: links such as "All 14" on that person's
page use it.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from trainers.models import Trainer

PERSON = "of"  # in the address of a list


class OfPerson(admin.SimpleListFilter):
    """A filter for the rows of one trainer, by primary key. It offers no choices of its own."""

    title, parameter_name = "person", PERSON

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[Model],
        model_admin: "admin.ModelAdmin[Any]",
    ) -> None:
        self._way = str(getattr(model_admin, "person", ""))
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]") -> list[tuple[str, str]]:
        """Return the one person who is chosen, by name, so that the list says whose rows it
        shows.
        """
        key = self._key()
        name = Trainer.objects.filter(pk=key).values_list("name", flat=True).first() if key else None
        return [(str(key), name)] if name else [("0", "Nobody")] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(**{self._way: self._key() or 0}) if self.value() else queryset

    def _key(self) -> int | None:
        value = self.value() or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else None
