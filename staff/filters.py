"""The filter that narrows a list of staff to one part of it, such as the rows that wait."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Generic

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from staff.exports import Row
from staff.of_person import PERSON

if TYPE_CHECKING:
    from django.contrib.admin.filters import _ListFilterChoices as FilterChoice


class QueueFilter(admin.SimpleListFilter, Generic[Row]):
    """A filter that narrows a list to one part, such as the rows that wait. The part `usual` is
    shown unless somebody chooses another or searches.
    """

    title, parameter_name = "where it stands", "shows"
    labels: ClassVar[dict[str, str]] = {}  # of each part, by its code
    usual = ""

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Row],
        model_admin: "admin.ModelAdmin[Row]",
    ) -> None:
        asked = request.GET.get("q") or request.GET.get(PERSON)
        self._unasked = ("all" if asked else self.usual) if self.usual else None
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Model]") -> list[tuple[str, str]]:
        return list(self.labels.items())

    def value(self) -> str | None:
        return super().value() or self._unasked

    def choices(self, changelist: ChangeList) -> "Iterator[FilterChoice]":
        if not self.usual:
            yield from super().choices(changelist)
            return
        for code, label in self.labels.items():
            link = changelist.get_query_string({self.parameter_name: code})
            yield {"selected": self.value() == code, "query_string": link, "display": label}

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Row]") -> "QuerySet[Row]":
        code = self.value()  # some parts are slow to query, so none is queried unless it is chosen
        return self.parts(queryset).get(code, queryset) if code else queryset

    def parts(self, rows: "QuerySet[Row]") -> "dict[str, QuerySet[Row]]":
        """Return the rows of each part, by its code. A code that is not among them shows all rows."""
        raise NotImplementedError
