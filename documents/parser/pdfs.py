"""Rebuild PDFs from their pages alone: what a page shows is kept, what a file could do is not.

Scripts, actions, links, attached files, XFA forms and media all hang on the catalog or on
annotations. Annotations are drawn into the page as they look, and dropped. Of the catalog only the
layers are copied, and whether each is on. `documents.parser.copies` compares the result with the
original.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from documents.parser.safe import RejectedFile

MAX_PAGES = 50
MAX_PAINTED = 200_000_000  # bytes of drawing commands, counted for each page that has them
PAGE_KEYS = set(
    "/Type /Parent /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Rotate /UserUnit /Resources /Contents /Group".split()
)
ACTIONS = set(
    "/JavaScript /Launch /URI /GoTo /GoToR /GoToE /GoTo3DView /SubmitForm /ImportData /ResetForm /Rendition /Movie "
    "/Sound /Thread /Named /Hide /SetOCGState /Trans /RichMediaExecute".split()
)
TYPES = set("/Action /Filespec /F /EmbeddedFile /Annot /Rendition /3D".split())
KEYS = "/JavaScript /OpenAction /EmbeddedFiles /EF /XFA /RichMediaContent /Launch /AF /Metadata".split()


LAYERS = set("/BaseState /ON /OFF /AS".split())


@dataclass(frozen=True)
class RebuiltPdf:
    """A rebuilt PDF. `may_look_different` is true when something drawable was changed, so that the
    pages must be compared.
    """

    content: bytes
    page_count: int
    may_look_different: bool


def rebuild_pdf(data: bytes) -> RebuiltPdf:
    """Return a PDF of the pages alone. Raises Rejected for an encrypted PDF, and for one that only
    one program can show, such as an XFA form.
    """
    try:
        sent = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise RejectedFile("encrypted") from None
    with sent, pikepdf.new() as clean:
        _check_catalog(sent.Root)
        _check_pages(sent)
        changed = any(Name.Annots in page.obj for page in sent.pages) or Name.OCProperties in sent.Root
        sent.flatten_annotations("all")
        for page in sent.pages:
            _keep_only(page.obj, PAGE_KEYS)
            clean.pages.append(page)
        _copy_layers(sent, clean)
        changed |= sum(_disarm(item) for item in _everything(clean)) > 0  # every one of them, unlike any()
        return RebuiltPdf(pdf_bytes(clean), len(clean.pages), changed)


def _check_catalog(root: Object) -> None:
    if Name.Collection in root:
        raise RejectedFile("collection")
    form = root.get(Name.AcroForm)
    if root.get(Name.NeedsRendering) and isinstance(form, Dictionary) and Name.XFA in form:
        raise RejectedFile("one_program")


def _check_pages(sent: pikepdf.Pdf) -> None:
    """Raise Rejected when there are too many pages, when one cannot be read, or when all together
    are too much to draw.
    """
    if len(sent.pages) > MAX_PAGES:
        raise RejectedFile("too_many_pages")
    sizes: dict[tuple[int, int], int] = {}  # of parts that are read already: pages may share one large part
    total = 0
    for page in sent.pages:
        for part in _contents(page.obj):
            if part.objgen not in sizes or not part.is_indirect:
                sizes[part.objgen] = len(part.read_bytes())
            total += sizes[part.objgen]
            if total > MAX_PAINTED:
                raise RejectedFile("too_heavy")


def _contents(page: Dictionary) -> list[Object]:
    contents = page.get(Name.Contents)
    if isinstance(contents, pikepdf.Array):
        return list(contents)
    return [] if contents is None else [contents]


def _copy_layers(sent: pikepdf.Pdf, clean: pikepdf.Pdf) -> None:
    """Copy which layers there are and which are on: without that, a layer that is off would be printed."""
    layers = sent.Root.get(Name.OCProperties)
    if not isinstance(layers, Dictionary):
        return
    _keep_only(layers, {"/OCGs", "/D"})
    state = layers.get(Name.D)
    if isinstance(state, Dictionary):
        _keep_only(state, LAYERS)
    clean.Root.OCProperties = clean.copy_foreign(sent.make_indirect(layers))


def _keep_only(page: Dictionary | Stream, keys: set[str]) -> None:
    for key in set(page.keys()) - keys:
        del page[key]


def _everything(pdf: pikepdf.Pdf) -> Iterator[Dictionary | Stream]:
    """Yield every dictionary and stream of the file, also those inside others."""
    waiting = list(pdf.objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(_inside(item))
        elif isinstance(item, Dictionary | Stream):
            yield item
            waiting.extend(_inside(item[key] for key in item.keys()))  # noqa: SIM118 - pikepdf's keys, not a dict's


def _inside(children: Iterable[Object]) -> list[Object]:
    return [child for child in children if isinstance(child, Object) and not child.is_indirect]


def _disarm(item: Dictionary | Stream) -> bool:
    """Empty an action, an attachment or an annotation that hangs elsewhere than on the catalog.

    Return whether a page may look different without it.
    """
    for key in KEYS:
        if key in item:
            del item[key]
    is_stream = isinstance(item, Stream)
    elsewhere = is_stream and "/F" in item
    if elsewhere:
        del item["/F"]  # a stream whose bytes lie in another file
    armed = str(item.get("/S", "")) in ACTIONS or str(item.get("/Type", "")) in TYPES
    if armed:
        if is_stream:
            item.write(b"")
        _keep_only(item, {"/Length"})
    return elsewhere or armed


def pdf_bytes(clean: pikepdf.Pdf) -> bytes:
    """Return the bytes of the PDF; equal pages give equal bytes."""
    out = BytesIO()
    clean.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,  # never unpack: a small stream can hold gigabytes
    )
    return out.getvalue()
