"""Pages of long lists. Counting a large table takes longer than reading a page of it, so counts
have a cap.
"""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

CAP = 10_000


class CappedPaginator(Paginator):  # type: ignore[type-arg] # not subscriptable at run time
    """Count and show at most `cap` rows, so that a page costs the same however long the table is."""

    object_list: QuerySet[Model]
    cap = CAP

    def __init__(
        self, rows: QuerySet[Model], per_page: int | str, *args: Any, cap: int | None = None, **options: Any
    ) -> None:
        super().__init__(rows, per_page, *args, **options)
        self.cap = cap or self.cap

    def page(self, number: int | str) -> "Page[Any]":
        """Return one page; the LIMIT of its query is the page length even on the last page.

        With a smaller LIMIT PostgreSQL scans the rows in order and does not use the full-text index.
        """
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        return Page(self.object_list[start : start + self.per_page], number, self)

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.cap)

    @cached_property
    def is_capped(self) -> bool:
        """Return whether there are more rows than the cap."""
        return self._counted > self.cap

    @property
    def cap_words(self) -> str:
        """Return the cap as people read it, such as "10,000"."""
        return f"{self.cap:,}"

    @cached_property
    def _counted(self) -> int:
        return (
            self.object_list.order_by().values("pk")[: self.cap + 1].count()
        )  # without the columns that rows show
