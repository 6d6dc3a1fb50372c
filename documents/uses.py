"""Which rows use documents as evidence. Each app lists its own in `<app>/evidence_uses.py` as `USES`;
how long a file is kept follows from them (Q33).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, QuerySet

Rows = Callable[[], "QuerySet[Model]"]
RowsSince = Callable[[date], "QuerySet[Model]"]


@dataclass(frozen=True)
class EvidenceUse:
    """The rows of one model that use a document; `path` leads from such a row to its document.

    `counted` returns those that counted in a cycle, `counts_since` those that count on or after a
    day, and `in_open_case` those of a case that is still open.
    """

    path: str
    counted: Rows | None = None
    counts_since: RowsSince | None = None
    in_open_case: Rows | None = None

    def about_document(self, rows: "QuerySet[Model]") -> Exists:
        """Return the condition that one of `rows` uses the document of the outer query."""
        return Exists(rows.filter(**{self.path: OuterRef("pk")}))


def evidence_uses() -> Iterator[EvidenceUse]:
    """Yield the uses of every installed app."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.evidence_uses"):
            yield from import_module(f"{config.name}.evidence_uses").USES
