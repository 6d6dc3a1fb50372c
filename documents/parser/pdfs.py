"""PDFs are rebuilt from their pages alone: what a page shows is kept, what a file could do is not.

Scripts, actions, links, attached files, XFA forms and media all hang on the catalog or on annotations.
Annotations are flattened into the page (a filled-in name stays readable) and dropped; the catalog is never
copied.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from documents.parser.safe import Rejected, Safe

MAX_PAGES = 50
PAGE_KEYS = set(
    "/Type /Parent /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Rotate /UserUnit /Resources /Contents /Group".split()
)
ACTIONS = set(
    "/JavaScript /Launch /URI /GoTo /GoToR /GoToE /GoTo3DView /SubmitForm /ImportData /ResetForm /Rendition /Movie "
    "/Sound /Thread /Named /Hide /SetOCGState /Trans /RichMediaExecute".split()
)
TYPES = set("/Action /Filespec /F /EmbeddedFile /Annot /Rendition /3D".split())
KEYS = "/JavaScript /OpenAction /EmbeddedFiles /EF /XFA /RichMediaContent /Launch /AF /Metadata".split()


def rebuild_pdf(data: bytes) -> Safe:
    try:
        sent = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Rejected("encrypted") from None
    with sent, pikepdf.new() as clean:
        _check_pages(sent)
        _draw_annotations(sent)
        for page in sent.pages:
            _keep_only(page.obj, PAGE_KEYS)
            clean.pages.append(page)
        for item in _everything(clean):
            _disarm(item)
        return Safe("application/pdf", _written(clean))


def _check_pages(sent: pikepdf.Pdf) -> None:
    if len(sent.pages) > MAX_PAGES:
        raise Rejected("too_many_pages")
    for page in sent.pages:
        for part in _contents(page.obj):
            part.read_bytes()  # raises when what the page shows cannot be read


def _contents(page: Dictionary) -> list[Object]:
    contents = page.get(Name.Contents)
    if isinstance(contents, pikepdf.Array):
        return list(contents)
    return [] if contents is None else [contents]


def _draw_annotations(sent: pikepdf.Pdf) -> None:
    form = sent.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and form.get(Name.NeedAppearances):
        sent.generate_appearance_streams()
    sent.flatten_annotations("all")


def _keep_only(page: Dictionary | Stream, keys: set[str]) -> None:
    for key in set(page.keys()) - keys:
        del page[key]


def _everything(pdf: pikepdf.Pdf) -> Iterator[Dictionary | Stream]:
    """Yield every dictionary and stream of the file, nested ones too."""
    waiting = list(pdf.objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(_inside(item))
        elif isinstance(item, Dictionary | Stream):
            yield item
            waiting.extend(_inside(item[key] for key in item.keys()))  # noqa: SIM118


def _inside(children: Iterable[Object]) -> list[Object]:
    return [child for child in children if isinstance(child, Object) and not child.is_indirect]


def _disarm(item: Dictionary | Stream) -> None:
    """Empty an action, an attachment or an annotation that was put where no catalog is needed."""
    for key in KEYS:
        if key in item:
            del item[key]
    is_stream = isinstance(item, Stream)
    if is_stream and "/F" in item:
        del item["/F"]  # a stream whose bytes lie in another file
    if str(item.get("/S", "")) in ACTIONS or str(item.get("/Type", "")) in TYPES:
        if is_stream:
            item.write(b"")
        _keep_only(item, {"/Length"})


def _written(clean: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    clean.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,  # never unpack: a small stream can hold gigabytes
    )
    return out.getvalue()
