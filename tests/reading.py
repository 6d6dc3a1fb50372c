"""Read the words of a page, of a PDF and of a refusal, and the state of a row."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import unescape
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from core.errors import Refusal


def state_of(row: Model) -> str:
    """Read the row again, and return the state that it is in."""
    row.refresh_from_db()
    return row.state


def text_of(response) -> str:
    """The words of a page's main part, without markup and drawings, with single spaces."""
    page = re.sub(r"<svg.*?</svg>", " ", response.content.decode(), flags=re.DOTALL)
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    words = re.sub(r'<span class="nowrap">([^<]*)</span>', r"\1", main[0]) if main else ""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())


def assert_same_404(browser, pages: Iterable[tuple[str, str]], reference: str, *, missing: str) -> None:
    """A stranger's page and that of a `missing` reference differ in nothing: status, words and number of queries."""
    for method, path in pages:
        answers = []
        for one in (path, path.replace(reference, missing)):
            with CaptureQueriesContext(connection) as queries:
                answer = getattr(browser, method)(one)
            answers.append((answer.status_code, text_of(answer), len(queries)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404


def source_of(response) -> str:
    """The markup of a page, with single spaces."""
    return " ".join(response.content.decode().split())


def heading_of(response) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert len(found) == 1, "a page has one h1"
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def words_of(content: bytes) -> list[str]:
    """Every line of text on the first page, in the order in which it was drawn."""
    with pikepdf.open(BytesIO(content)) as pdf:
        page = pdf.pages[0]
        letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
        lines, font = [], ""
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = str(operands[0])
            elif str(operator) in ("Tj", "TJ"):
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                drawn = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                glyphs = [int.from_bytes(drawn[at : at + 2], "big") for at in range(0, len(drawn), 2)]
                lines.append("".join(letters[font][glyph] for glyph in glyphs))
        return lines


def pages_of(content: bytes) -> list[tuple[float, float]]:
    """(width, height) in points of every page."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]


def _letters(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"<([0-9A-F]{4})>\s*<([0-9A-F]{4,})>\n", table)
    return {int(glyph, 16): bytes.fromhex(letter).decode("utf-16-be") for glyph, letter in pairs}


@contextmanager
def refused_with(sentence: str, code: str) -> Iterator[None]:
    """Expect that the block is refused with this sentence and this code."""
    with pytest.raises(Refusal) as refused:
        yield
    assert (str(refused.value), refused.value.code) == (sentence, code)
