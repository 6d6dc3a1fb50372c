"""The structure of a PDF document: the element of each part of its pages, in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

BACKGROUND = ""  # the tag of what is only seen


@dataclass(frozen=True, slots=True)
class Part:
    """What one drawing layer of a page holds: the tag of its element, the text alternative of a
    figure, the elements around it such as a table and its row, and the number of its page.
    """

    tag: str
    alt: str
    inside: tuple[str, ...]
    page: int


def lay_together(pdf: "Pdf", parts: list[Part]) -> None:
    """Lay the layers of each page upon each other, and write the structure that screen readers follow."""
    from pikepdf import Array, Dictionary, Name, String

    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    layers = list(pdf.pages)
    numbers, around = Array(), _Around(pdf, document)
    first_of: dict[int, Page] = {}
    marked: dict[int, Array] = {}
    for layer, part in zip(layers, parts, strict=True):
        page = first_of.setdefault(part.page, layer)
        elements = marked.setdefault(part.page, Array())
        start = b"/Artifact BMC\n"
        if part.tag != BACKGROUND:
            element = around.add(part, page, len(elements))
            start = b"/%s <</MCID %d>> BDC\n" % (part.tag.encode(), len(elements))
            elements.append(element)
        drawn = start + b"q\n" + layer.Contents.read_bytes() + b"\nQ\nEMC\n"
        _put_on(pdf, page, layer, drawn)
    for number, page in enumerate(first_of.values()):
        page.StructParents = number
        page.Tabs = Name.S
        numbers.extend(Array([number, marked[number]]))
    kept = [page.objgen for page in first_of.values()]
    for place in reversed(range(len(layers))):
        if layers[place].objgen not in kept:
            del pdf.pages[place]
    root.K, root.ParentTree = Array([document]), pdf.make_indirect(Dictionary(Nums=numbers))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    pdf.Root.Lang = String("en-US")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


class _Around:
    """The elements that contain parts, such as a table and its rows; each is made for its first part."""

    def __init__(self, pdf: "Pdf", document: "Object") -> None:
        self._pdf, self._document = pdf, document
        self._open: list[tuple[str, Object]] = []

    def add(self, part: Part, page: "Page", number: int) -> "Object":
        """Add the element of a part. `number` is the number of its marked content on the page."""
        from pikepdf import Dictionary, Name, String

        same = 0
        while same < min(len(self._open), len(part.inside)) and self._open[same][0] == part.inside[same]:
            same += 1
        del self._open[same:]
        for words in part.inside[same:]:
            self._open.append((words, self._element(words.partition(" ")[0])))
        element = self._element(part.tag)
        element.Pg, element.K = page.obj, number
        if part.alt:
            element.Alt = String(part.alt)
        if part.tag == "TH":
            element.A = Dictionary(O=Name.Table, Scope=Name.Column)
        return element

    def _element(self, tag: str) -> "Object":
        from pikepdf import Array, Dictionary, Name

        parent = self._open[-1][1] if self._open else self._document
        made = Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), P=parent, K=Array())
        element = self._pdf.make_indirect(made)
        parent.K.append(element)
        return element


def _put_on(pdf: "Pdf", page: "Page", layer: "Page", drawn: bytes) -> None:
    """Write on a page what was drawn on a layer, with the fonts and pictures that it uses."""
    if page.objgen == layer.objgen:
        page.Contents = pdf.make_stream(drawn)
        return
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + drawn)
    for kind, things in _named(layer.Resources):
        if kind not in page.Resources:
            page.Resources[kind] = {}
        for name, thing in things.items():
            page.Resources[kind][name] = thing


def _named(resources: "Object") -> Iterator[tuple[str, "Object"]]:
    """Yield (kind, resources by name) for each kind of a layer's named resources, such as fonts.
    fpdf2 never gives one name to two resources.
    """
    from pikepdf import Dictionary

    yield from ((kind, things) for kind, things in resources.items() if isinstance(things, Dictionary))
