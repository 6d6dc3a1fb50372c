"""Evidence on a review page: pages of documents as pictures, links to enlarge and turn them, and
which of them the reviewer has opened.

All choices are in the URL (`?doc=&page=&zoom=&turn=`), so it works without JavaScript; an anchor
keeps the scroll position.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from core import clock
from documents.errors import FileGone
from documents.models import Document
from documents.opened import OpenedDocument, opened_documents
from documents.services import read_page
from documents.webp import picture_size
from trainers.models import Trainer

FIT = "fit"
PERCENTS = (25, 50, 75, 100, 150, 200)
STEPS = {FIT: (50, 100)}  # from the width of the column: smaller and larger
QUARTERS = (0, 90, 180, 270)
ANCHOR = "#evidence"


@dataclass(frozen=True)
class NamedFile:
    """A document and what it proves, such as "Certificate of completion"."""

    label: str
    document: Document


@dataclass(frozen=True)
class Chip:
    """A link that chooses a document. `opened_at` is when this reviewer had opened all pages of it,
    including the one that is shown now; None before.
    """

    label: str
    document: Document
    url: str
    current: bool
    opened_at: datetime | None


@dataclass(frozen=True)
class Tool:
    """A link above the page, such as "Enlarge"; `words` is its text for screen readers."""

    label: str
    words: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Sheet:
    """The picture of one page as attributes of an SVG; without a size it fits the column."""

    url: str
    words: str
    width: int | None
    height: int | None
    box: tuple[int, int]
    picture: tuple[int, int]
    transform: str


@dataclass(frozen=True)
class Evidence:
    """The documents as a reviewer sees them; `sheet` is None when there is no picture to show."""

    chips: list[Chip]
    tools: list[Tool]
    current: Chip | None = None
    page: int = 1
    sheet: Sheet | None = None
    next_page: str = ""
    unseen: tuple[str, ...] = ()  # what `further_pages_unseen` says of the documents

    @property
    def pages(self) -> int:
        """Return how many pages the chosen document has."""
        return len(self.current.document.page_numbers) if self.current else 0

    @property
    def others(self) -> list[Chip]:
        """Return the documents that are not chosen; the page shows the first page of each below."""
        return [one for one in self.chips if not one.current]

    @property
    def all_opened_at(self) -> datetime | None:
        """Return when the last of the documents was opened; None until all were."""
        moments = [one.opened_at for one in self.chips]
        known = [moment for moment in moments if moment]
        return max(known) if known and len(known) == len(moments) else None


@dataclass(frozen=True)
class Choice:
    """The document, page, zoom and turn that the URL's query names. What does not exist is replaced
    by the first document or page.
    """

    document: int
    page: int
    zoom: str
    turn: int
    kept: Mapping[str, str]  # the rest of the URL's query, such as which item of an audit is shown

    def url(self, **changes: object) -> str:
        """Return the URL of the same page with `changes` in its query."""
        shown = {"doc": self.document, "page": self.page, "zoom": self.zoom, "turn": self.turn, **changes}
        return f"?{urlencode({**self.kept, **shown})}{ANCHOR}"


def evidence_for(
    files: Sequence[NamedFile],
    reader: Trainer,
    asked: Mapping[str, str],
    *,
    kept: Mapping[str, str] | None = None,
    seen: Mapping[int, OpenedDocument] | None = None,
) -> Evidence:
    """Return the evidence, opened at the document and page that the URL's query `asked` names. A
    document that is not there is replaced by the first one, a page by the first page of its
    document.

    `kept` is the rest of the query, repeated in every link. `seen` is the result of
    `opened_documents` for these documents, when the caller has it already.
    """
    if seen is None:
        seen = opened_documents([one.document for one in files], reader)
    chosen = _chosen(files, asked)
    if chosen is None:
        return Evidence([], [])
    choice = _choice(chosen.document, asked, kept or {})
    chips = [_chip(one, seen[one.document.pk], choice) for one in files]
    sheet = _sheet(chosen, choice)
    last = len(chosen.document.page_numbers)
    return Evidence(
        chips=chips,
        tools=_tools(choice) if sheet else [],
        current=next(one for one in chips if one.current),
        page=choice.page,
        sheet=sheet,
        next_page=choice.url(page=choice.page % last + 1) if last > 1 else "",
        unseen=tuple(_unseen(files, seen)),
    )


def further_pages_unseen(files: Iterable[NamedFile], reader: Trainer) -> list[str]:
    """Return a sentence for each document of which `reader` was not shown a page after the first.

    The review page itself shows the first page of each.
    """
    files = list(files)
    return _unseen(files, opened_documents([one.document for one in files], reader))


def _unseen(files: Iterable[NamedFile], seen: Mapping[int, OpenedDocument]) -> list[str]:
    unseen = [one for one in files if seen[one.document.pk].further_pages]
    return [f"Not every page of “{one.label}” was opened by you." for one in unseen]


def _chosen(files: Sequence[NamedFile], asked: Mapping[str, str]) -> NamedFile | None:
    wanted = next((one for one in files if str(one.document.pk) == asked.get("doc")), None)
    return wanted or next(iter(files), None)


def _choice(document: Document, asked: Mapping[str, str], kept: Mapping[str, str]) -> Choice:
    page, turn, zoom = asked.get("page", ""), asked.get("turn", ""), asked.get("zoom", "")
    pages = {str(number): number for number in document.page_numbers}
    return Choice(
        document.pk,
        pages.get(page, 1),
        zoom if zoom in map(str, PERCENTS) else FIT,
        int(turn) if turn in map(str, QUARTERS) else 0,
        kept,
    )


def _chip(file: NamedFile, seen: OpenedDocument, choice: Choice) -> Chip:
    current = file.document.pk == choice.document
    if file.document.page_numbers:  # this page shows the first page of each, and the chosen one
        now = clock.now()
        number = choice.page if current else 1
        seen = OpenedDocument(file.document, {number: now, **seen.shown})
    url = choice.url(doc=file.document.pk, page=1, turn=0)
    return Chip(file.label, file.document, url, current, seen.opened_at)


def _tools(choice: Choice) -> list[Tool]:
    smaller, larger = _steps(choice.zoom)
    return [
        Tool("−", "Smaller", choice.url(zoom=smaller)),
        Tool("Fit", "Fit the width", choice.url(zoom=FIT), choice.zoom == FIT),
        Tool("+", "Larger", choice.url(zoom=larger)),
        Tool("100 %", "", choice.url(zoom="100"), choice.zoom == "100"),
        Tool("200 %", "", choice.url(zoom="200"), choice.zoom == "200"),
        Tool("Turn", "by a quarter", choice.url(turn=(choice.turn + 90) % 360)),
    ]


def _steps(zoom: str) -> tuple[int, int]:
    if zoom in STEPS:
        return STEPS[zoom]
    at = PERCENTS.index(int(zoom))
    return PERCENTS[max(at - 1, 0)], PERCENTS[min(at + 1, len(PERCENTS) - 1)]


def _sheet(file: NamedFile, choice: Choice) -> Sheet | None:
    document = file.document
    try:
        width, height = picture_size(read_page(document, choice.page))
    except FileGone:
        return None
    upright = choice.turn % 180 == 0
    box = (width, height) if upright else (height, width)
    moves = {0: "", 90: f"translate({height} 0) ", 180: f"translate({width} {height}) "}
    moved = moves.get(choice.turn, f"translate(0 {width}) ")
    scale = None if choice.zoom == FIT else int(choice.zoom) / 100
    return Sheet(
        url=reverse("documents:page", args=[document.pk, choice.page]),
        words=f"{file.label}, page {choice.page} of {len(document.page_numbers)}",
        width=round(box[0] * scale) if scale else None,
        height=round(box[1] * scale) if scale else None,
        box=box,
        picture=(width, height),
        transform=f"{moved}rotate({choice.turn})" if choice.turn else "",
    )
