"""Files that are refused for what the machine cannot do: pages that cannot be drawn, parsers that are all at work."""

import time
from types import SimpleNamespace

import pypdfium2
import pytest

from documents.errors import BadFile
from documents.parser.rendering import opened_pages
from documents.parser.safe import RejectedFile
from documents.slots import parser_slot
from tests.documents import good


@pytest.fixture
def slots(settings, tmp_path) -> SimpleNamespace:
    """One parser at a time, in a folder of this test alone."""
    settings.PARSERS_AT_ONCE, settings.PARSER_SLOTS_DIR = 1, tmp_path / "slots"
    return settings


def test_a_file_that_pdfium_cannot_open_is_refused_as_not_displayable():
    with pytest.raises(RejectedFile, match="^cannot_show$"), opened_pages(b"%PDF-1.7 nothing", 100):
        pass


def test_a_page_that_pdfium_cannot_render_is_refused_as_not_displayable(monkeypatch):
    def fail(*_, **__):
        raise pypdfium2.PdfiumError("no")

    monkeypatch.setattr(pypdfium2.PdfPage, "render", fail)
    with opened_pages(good.pdf(), 100) as pages, pytest.raises(RejectedFile, match="^cannot_show$"):
        pages.rendered(0)


def test_a_file_is_refused_while_every_parser_slot_is_taken_and_accepted_afterwards(slots):
    with (
        parser_slot(until=time.monotonic()),
        pytest.raises(BadFile, match="Many files are arriving right now"),
        parser_slot(until=time.monotonic()),
    ):
        pass
    with parser_slot(until=time.monotonic()) as slot:
        assert slot > 0


def test_a_file_is_refused_with_a_sentence_when_the_lock_folder_cannot_be_created(slots, tmp_path):
    (tmp_path / "slots").write_text("a file, where a folder should be")
    with (
        pytest.raises(BadFile, match="We cannot take files right now"),
        parser_slot(until=time.monotonic()),
    ):
        pass
