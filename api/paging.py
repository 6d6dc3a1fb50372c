"""Lists of the API are paged by a cursor: the place after the last row of a page."""

import base64
from collections.abc import Callable
from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema
from ninja.errors import HttpError
from pydantic import Field

PAGE = 100
Row = TypeVar("Row", bound=Model)


class PageIn(Schema):
    """One page of a list: the cursor that the previous answer gave, and the number of rows."""

    cursor: Annotated[str, Field(max_length=60)] = ""
    limit: Annotated[int, Field(ge=1, le=PAGE)] = PAGE


def page_of_rows(
    rows: "QuerySet[Row]", page: PageIn, *, pk: Callable[[Row], int]
) -> tuple[list[Row], str | None]:
    """Return the rows of a page and the cursor of the next one, None after the last. `rows` are
    ordered by the number that `pk` returns, and begin after the cursor.
    """
    found = list(rows[: page.limit + 1])
    shown = found[: page.limit]
    return shown, cursor_after(pk(shown[-1])) if len(found) > page.limit else None


def cursor_after(pk: int) -> str:
    """Return the cursor that leads to the rows after this one."""
    return base64.urlsafe_b64encode(f"c{pk}".encode()).decode()


def pk_of_cursor(cursor: str) -> int:
    """Return the primary key in a cursor, 0 for the first page. Raises HttpError for anything else."""
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor.encode()).decode()
        if not (text.startswith("c") and text[1:].isascii() and text[1:].isdigit() and len(text) <= 19):
            raise ValueError
    except ValueError:
        raise HttpError(400, "This cursor is none of ours. Begin without one.") from None
    return int(text[1:])
