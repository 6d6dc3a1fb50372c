"""Pages of long lists. Counting a large table takes longer than reading a page of it, so counts
have a cap.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

CAP = 10_000
A_WHILE = 60  # seconds for which "more than the cap" is remembered


class CappedPaginator(Paginator):  # type: ignore[type-arg] # not subscriptable at run time
    """Count and show at most `cap` rows, so that a page costs the same however long the table is.

    With `name`, which stands for everything that chose the rows, it remembers for a minute that there
    are more than the cap: an index that answers a broad search collects every match before the first
    is counted. A number that is shown is always counted anew. `read` returns the rows of a page from the
    place of its first one, where that is quicker than to ask for a part of `rows`.
    """

    object_list: QuerySet[Model]
    cap = CAP

    def __init__(
        self,
        rows: QuerySet[Model],
        per_page: int | str,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
        *,
        cap: int | None = None,
        name: str = "",
        read: Callable[[int], Sequence[Any]] | None = None,
    ) -> None:
        super().__init__(rows, per_page, orphans, allow_empty_first_page)
        self.cap = cap or self.cap
        self.read = read
        self._key = f"capped:{sha256(f'{self.cap}:{name}'.encode()).hexdigest()}" if name else ""

    def page(self, number: int | str) -> "Page[Model]":
        """Return one page; the LIMIT of its query is the page length even on the last page.

        With a smaller LIMIT PostgreSQL scans the rows in order and does not use the full-text index.
        """
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        if self.read:
            return Page(self.read(start), number, self)
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
        if self._key and cache.get(self._key):
            return self.cap + 1
        # without the columns that rows show
        counted = self.object_list.order_by().values("pk")[: self.cap + 1].count()
        if self._key and counted > self.cap:
            cache.set(self._key, True, timeout=A_WHILE)
        return counted
