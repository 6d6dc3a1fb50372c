"""Pages and stylesheets are compressed for browsers that can read it; files of people are not."""

import gzip
import re

from tests.reading import heading_of

STYLESHEET = re.compile(r'<link rel="stylesheet" href="(/static/[^"]+)"')
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def test_a_compressed_page_has_the_same_content_as_an_uncompressed_one(client, db, clock_at):
    clock_at("2026-03-02")
    page = client.get("/how-renewal-works/", **GZIP)
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    plain = client.get("/how-renewal-works/")
    assert not plain.has_header("Content-Encoding")
    assert gzip.decompress(page.content).startswith(b"<!doctype html>")
    assert heading_of(plain) == "How renewal works"


def test_the_compressed_length_of_a_page_differs_from_answer_to_answer(client, db, clock_at):
    clock_at("2026-03-02")
    lengths = {len(client.get("/help/", **GZIP).content) for _ in range(8)}
    assert len(lengths) > 1


def test_a_stylesheet_is_compressed(client):
    sheet = client.get("/static/css/base.css", **GZIP)
    assert sheet["Content-Encoding"] == "gzip"
    assert b"box-sizing" in gzip.decompress(b"".join(sheet.streaming_content))


def test_a_certificate_is_not_compressed(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    paper = signed_in(ready).get("/certificate.pdf", **GZIP)
    assert paper["Content-Type"] == "application/pdf"
    assert not paper.has_header("Content-Encoding")


def test_home_is_small_when_it_is_compressed(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    browser = signed_in(ready)
    page = browser.get("/home/").content
    sheets = [b"".join(browser.get(path).streaming_content) for path in STYLESHEET.findall(page.decode())]
    # A page carries up to 100 random bytes against guessing by length. Stylesheets in production are
    # compressed once, without them.
    assert len(gzip.compress(page)) + 100 + sum(len(gzip.compress(sheet)) for sheet in sheets) <= 14 * 1024
