"""Which pages of a document were shown to one of the staff, and when. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from documents.models import Document, Viewing
from trainers.models import Trainer


@dataclass(frozen=True)
class OpenedDocument:
    """A document, and when each of its pages was shown to one reader for the first time."""

    document: Document
    shown: dict[int, datetime]

    @property
    def opened_at(self) -> datetime | None:
        """Return when the last of its pages was first shown; None until every page was.

        A download of the copy counts as showing every page.
        """
        whole = self.shown.get(Viewing.WHOLE)
        moments = [self.shown.get(number, whole) for number in self.document.page_numbers] or [whole]
        known = [moment for moment in moments if moment]
        return max(known) if len(known) == len(moments) else None

    @property
    def further_pages(self) -> bool:
        """Return whether a page after the first has not been shown."""
        numbers = set(self.document.page_numbers) - {1}
        return Viewing.WHOLE not in self.shown and not numbers <= set(self.shown)


def opened_documents(documents: Iterable[Document], reader: Trainer) -> dict[int, OpenedDocument]:
    """Return, by the document's primary key, what of each document was shown to `reader`. One
    query.
    """
    found = {one.pk: OpenedDocument(one, {}) for one in documents}
    for row in Viewing.objects.filter(document__in=found, by=reader):
        found[row.document_id].shown[row.page] = row.first_at
    return found
