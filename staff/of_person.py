"""A filter that narrows any list to the rows of one person: links such as "All 14" on that person's
page use it.
"""

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from trainers.models import Trainer

PERSON = "of"  # in the address of a list


class OfPerson(admin.SimpleListFilter):
    """A filter for the rows of one trainer, by primary key. It offers no choices of its own."""

    title, parameter_name = "person", PERSON

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Model],
        model_admin: "admin.ModelAdmin[Model]",
    ) -> None:
        self._way = str(getattr(model_admin, "person", ""))
        self._person = 0
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Model]") -> list[tuple[str, str]]:
        """Return the one person who is chosen, by name, so that the list says whose rows it shows.

        An old link may name an account that was merged since: it leads to the one that stayed.
        """
        key = self._key()
        rows = (
            Trainer.objects.filter(Q(pk=key, merge=None) | Q(merges__going__pk=key))
            if key
            else Trainer.objects.none()
        )
        found = rows.order_by().values_list("pk", "name").first()
        self._person = found[0] if found else 0
        return [(str(key), found[1])] if found else [("0", "Nobody")] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Model]") -> "QuerySet[Model]":
        return queryset.filter(**{self._way: self._person}) if self.value() else queryset

    def _key(self) -> int | None:
        value = self.value() or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else None
