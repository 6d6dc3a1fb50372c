"""Any list with a person, narrowed to the rows of one: where "All 14" on their page leads."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from trainers.models import Trainer

PERSON = "of"  # in the address of a list


class OfPerson(admin.SimpleListFilter):
    """Show the rows of one trainer, by primary key. Nothing is offered while nobody is chosen."""

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
        """Return the one person who is chosen, by name, so that the list says whose rows it has."""
        key = self._key()
        name = Trainer.objects.filter(pk=key).values_list("name", flat=True).first() if key else None
        return [(str(key), name)] if name else [("0", "Nobody")] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(**{self._way: self._key() or 0}) if self.value() else queryset

    def _key(self) -> int | None:
        value = self.value() or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else None
