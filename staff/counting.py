"""Counts for the staff side: many in one query, each of which stops counting above a cap."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, IntegerField, JSONField, Model, Q, QuerySet, Subquery, Value, When
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest

from core.gathered import moment_of
from core.pagination import CappedPaginator
from staff.actions import staff_user
from trainers.models import Trainer

CAP = 999  # a page says "999+" above it, and reads no further


def count_words(count: int) -> str:
    """Return a count in words, such as "999+" above `CAP`."""
    return f"{CAP}+" if count > CAP else str(count)


def read_at_once(person: Trainer, columns: Mapping[str, Subquery]) -> dict[str, Any]:
    """Return the value of each of these subqueries, by its name. One query; none when there are no
    columns.
    """
    if not columns:
        return {}
    one_row: Any = Trainer.objects.filter(pk=person.pk)
    found: dict[str, Any] = one_row.values(**columns).get()
    return found


class PageCounts:
    """The counts that a page shows in several places: each is asked for by name, and all are read
    together when the first one is used.
    """

    def __init__(self, person: Trainer) -> None:
        self._person = person
        self._asked: dict[str, Subquery] = {}
        self._found: dict[str, int] = {}

    def ask(self, columns: Mapping[str, Subquery]) -> None:
        """Ask for these counts: they are read with the first count that is used."""
        self._asked |= columns

    def read(self, name: str) -> int:
        """Return a count that was asked for. One query for all that were asked for and are not read yet."""
        if name not in self._found:
            missing = {one: column for one, column in self._asked.items() if one not in self._found}
            self._found |= read_at_once(self._person, missing)
        return self._found[name]


def counts_of(request: HttpRequest) -> PageCounts:
    """Return the counts of the page that answers `request`."""
    found: PageCounts | None = getattr(request, "page_counts", None)
    if found is None:
        found = PageCounts(staff_user(request))
        request.page_counts = found  # type: ignore[attr-defined]  # ours alone
    return found


class StaffPaginator(CappedPaginator):
    """A paginator that counts and shows at most 1,000 rows, twenty pages. To see more, staff
    search, filter or download the table.
    """

    cap = 1_000


class CappedCount(Subquery):
    """The number of rows of a query as a subquery; rows beyond one more than `CAP` are not
    counted.
    """

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Model]") -> None:
        super().__init__(rows.order_by().values("pk")[: CAP + 1])


class Tally(Subquery):
    """A subquery that counts rows and the late ones among them, and finds the oldest moment and the
    earliest last day.

    It reads the rows that have waited longest, at most one more than `CAP`. `since` and `through`
    are columns of `rows`, or empty; `late` is a condition, True when every row is late.
    `read_tally` reads the result.
    """

    template = "(SELECT %(array)s(%(values)s) FROM (%(subquery)s) counted)"
    output_field = JSONField()

    def __init__(self, rows: "QuerySet[Model]", *, since: str, through: str, late: Q | bool) -> None:
        columns: dict[str, object] = {"its_key": F("pk")}
        late_count = "COUNT(*)" if late is True else "0"
        if since:
            columns["its_since"] = F(since)
        if through:
            columns["its_through"] = F(through)
        if isinstance(late, Q):
            columns["its_lateness"] = Case(When(late, then=Value(1)))
            late_count = "COUNT(counted.its_lateness)"
        parts = (
            "COUNT(*)",
            late_count,
            "MIN(counted.its_since)" if since else "NULL",
            "MIN(counted.its_through)" if through else "NULL",
        )
        self._values = ", ".join(parts)
        order = [first for first in (since, through) if first][:1]
        super().__init__(rows.order_by(*order).values(**columns)[: CAP + 1])

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        template: str | None = None,
        **extra: object,
    ) -> Any:
        array = "jsonb_build_array" if connection.vendor == "postgresql" else "json_array"
        return super().as_sql(compiler, connection, template, array=array, values=self._values, **extra)


def read_tally(found: list[Any]) -> tuple[int, int, datetime | None, date | None]:
    """Return the result of a `Tally`: the count, how many are late, the oldest moment, the earliest
    last day.
    """
    count, late, since, through = found
    return count, late, moment_of(since) if since else None, date.fromisoformat(through) if through else None
