"""A mail as people read it: the words of its HTML beside those of its text, the links of both, and the golden file."""

import re
from html.parser import HTMLParser
from pathlib import Path

from core.mail import Mail
from outbox.examples import Example

GOLDEN = Path(__file__).parent / "golden"
LINK = re.compile(r"https?://[^\s\"'<>]+")
DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)


class _Reader(HTMLParser):
    """The text of a page, with the address of each link behind its words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.heading: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in ("meta", "br", "img"):
            self._open.append(tag)
        if tag == "a":
            self.links.append(dict(attributes)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._open.remove(tag)
        if tag == "a":
            self.parts.append(self.links[-1])

    def handle_data(self, data: str) -> None:
        if "h1" in self._open:
            self.heading.append(data)
        elif "main" in self._open or "footer" in self._open:
            self.parts.append(data)


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def words(text: str) -> list[str]:
    """In lower case, without what only sets them apart on a page."""
    found = (word.strip(".,:;()-").lower() for word in text.split())
    return [word for word in found if word]


def say_the_same(mail: Mail) -> bool:
    """Text and HTML, word for word; the text need not repeat the heading when that is the subject line."""
    reader = read(mail.html)
    heading, body = words(" ".join(reader.heading)), words(" ".join(reader.parts))
    told = words(mail.text)
    return told == heading + body or (heading == words(mail.title) and told == body)


def path_of(example: Example) -> Path:
    return GOLDEN / example.kind.kind / f"{example.state}.txt"


def golden_of(mail: Mail) -> str:
    return f"Subject: {mail.title}\n\n{mail.text}"
