"""Save the rows of the catalogue that a file adds or changes: all of them or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from ceus.models import Course, Provider, Topic
from ceus.services.catalogue import free_slug, index_courses, record_listing
from ceus.services.relisting import change_listing
from ceus.touched import ListingChange, mark_of
from core.errors import Refusal
from trainers.models import Trainer

NEWER = "The catalogue changed since you looked. Read the list again."
FROM_FILE = "From a file"


@dataclass(frozen=True)
class FiledRow:
    """One course or provider with the values that a file gives it, not saved yet. `change` is what
    that changes in its listing, None for a new row; `differences` are kept by its history.
    """

    row: Course | Provider
    change: ListingChange | None
    topics: Sequence[Topic]
    differences: Mapping[str, object]


def save_filed_rows(read: Callable[[], Sequence[FiledRow]], *, by: Trainer, at: datetime, today: date) -> int:
    """Save the rows that `read` returns, with history; return how many.

    `read` is called while nobody else can change the catalogue, and raises Refusal when the rows
    are not those that `by` was shown. No row may touch a record that was logged.
    """
    try:
        with transaction.atomic():
            for model in (Provider, Course):
                list(model._default_manager.select_for_update().order_by("pk").values_list("pk"))
            rows = read()
            for one in rows:
                _save_row(one, by=by, at=at, today=today)
    except IntegrityError:  # somebody added the same name at the same moment
        raise Refusal(NEWER, code="newer") from None
    return len(rows)


def _save_row(filed: FiledRow, *, by: Trainer, at: datetime, today: date) -> None:
    row, change = filed.row, filed.change
    if change is None:
        row.slug = free_slug(row)
    if change and change.is_real:
        change_listing(row, change=change, by=by, at=at, today=today, mark=mark_of(change, []))
    else:
        row.save()
    if isinstance(row, Course):
        row.topics.set(filed.topics)
    record_listing(row, is_new=change is None, changes=filed.differences, by=by, at=at, reason=FROM_FILE)
    own = {"pk": row.pk} if isinstance(row, Course) else {"provider": row.pk}
    index_courses(Course.objects.filter(**own))
