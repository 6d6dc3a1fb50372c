"""What a person reads on a page."""

import re
from html import unescape


def text_of(response) -> str:
    """The words of a page's main part, without markup, with single spaces."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    words = re.sub(r'<span class="nowrap">([^<]*)</span>', r"\1", main[0]) if main else ""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())


def heading_of(response) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert len(found) == 1, "a page has one h1"
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())
