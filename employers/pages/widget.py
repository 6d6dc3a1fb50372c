"""What other sites show of a certification: a picture and a signed statement of its state."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from badges.identity import portal_did
from badges.signing import sign_claims, signing_key
from core.colours import TEAL
from core.deadlines import full_day
from core.links import full_address
from core.organisation import current_organisation
from employers.models import Widget
from renewals.pages.badge import certification_of_credential
from renewals.pages.verification import IN_FORCE, NOT_IN_FORCE
from renewals.status import Certification
from rules.days import through_words

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

KEPT_FOR = timedelta(minutes=5)  # what caches keep; a suspension is seen everywhere after at most twice that
LETTER = 0.56  # the usual width of a letter, by its size
WIDTH, HEIGHT, ROOM, LARGEST, SMALLEST = 320, 96, 276, 17.0, 9.0
NOT_SHOWN = "No certification is shown here."
COLOURS = {IN_FORCE: ("#1b6e3c", "#7fd1a0"), NOT_IN_FORCE: ("#a3262a", "#f0a3a3")}  # on light, on dark


@dataclass(frozen=True, slots=True)
class WidgetLinks:
    """The addresses of a widget: its page, its picture and its statement."""

    code: str

    @property
    def page(self) -> str:
        return full_address(reverse("employers:widget", args=[self.code]))

    @property
    def svg(self) -> str:
        return full_address(reverse("employers:widget_svg", args=[self.code]))

    @property
    def json(self) -> str:
        return full_address(reverse("employers:widget_json", args=[self.code]))


@dataclass(frozen=True, slots=True)
class Statement:
    """What a widget says: whose certification it is, whether it is in force, and as of when. `as_of` is
    a whole five minutes, so that everybody who asks within them gets the same bytes.
    """

    links: WidgetLinks
    name: str
    title: str
    issuer: str
    certification: Certification
    as_of: datetime

    @property
    def state(self) -> str:
        return IN_FORCE if self.certification.certified else NOT_IN_FORCE

    @property
    def line(self) -> str:
        """Return the state with its day, as the public check does: not why somebody is not certified."""
        found = self.certification
        if found.certified:
            return f"In force {through_words(found.through)}" if found.through else "In force"
        if found.given:
            return found.given.line
        return f"Not in force since {full_day(found.not_since)}" if found.not_since else NOT_IN_FORCE

    def facts(self) -> dict[str, object]:
        """Return what is stated, as programs read it."""
        found = self.certification
        return {
            "name": self.name,
            "certification": self.title,
            "issuer": self.issuer,
            "state": self.state.lower().replace(" ", "_"),
            "through": found.last_day.isoformat() if found.last_day else None,
            "for_life": found.is_for_life,
            "status": found.given.path.status if found.given else None,
            "not_since": found.not_since.isoformat() if found.not_since else None,
            "page": self.links.page,
            "as_of": self.as_of.isoformat(),
        }

    def signature(self) -> str:
        """Return the facts as a signed token that names its address and ends soon. Raises Refusal when
        nothing can be signed.
        """
        began = int(self.as_of.timestamp())
        ends = began + 3 * int(KEPT_FOR.total_seconds())
        claims = {
            "iss": portal_did(),
            "sub": self.links.page,
            "iat": began,
            "exp": ends,
            "facts": self.facts(),
        }
        return sign_claims(claims, key=signing_key())


def statement_of(widget: Widget, *, at: datetime) -> Statement:
    """Return what a widget says at a moment."""
    credential, organisation = widget.credential, current_organisation()
    seconds = int(KEPT_FOR.total_seconds())
    return Statement(
        WidgetLinks(widget.code),
        name=credential.trainer.name,
        title=credential.policy.title,
        issuer=organisation.full_name or organisation.title,
        certification=certification_of_credential(credential, at=at),
        as_of=datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC),
    )


def statement_as_json(one: Statement) -> bytes:
    """Return the statement for programs. Raises Refusal when it cannot be signed."""
    return json.dumps({**one.facts(), "signature": one.signature()}).encode()


def statement_as_svg(one: Statement) -> bytes:
    """Return the picture, which contains the signed statement. Raises Refusal when it cannot be signed."""
    light, dark = COLOURS[one.state]
    told = f"{one.name}, {one.title}. {one.line}. {one.issuer}"
    return _drawn(
        told, (one.name, one.title, one.line), light, dark, note=one.issuer, signature=one.signature()
    )


def nothing_as_svg(sentence: str = NOT_SHOWN) -> bytes:
    """Return the picture where nothing is shown: off, unknown and erased look alike."""
    return _drawn(sentence, (sentence, "", ""), "#46545f", "#b9c4cc", note="", signature="")


def snippet_of(links: WidgetLinks, name: str, title: str) -> str:
    """Return the lines of HTML that show the picture on another site and lead to its page."""
    return format_html(SNIPPET, links.page, links.svg, WIDTH, HEIGHT, name, title)


SNIPPET = '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}, {}: check this certification" loading="lazy"></a>'
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
    "<title>{told}</title><metadata>{signature}</metadata>"
    "<style>.b{{fill:#fff;stroke:#c3cdd3}}.n{{fill:#14202b}}.t{{fill:#46545f}}.s,.c{{fill:{light}}}"
    "@media(prefers-color-scheme:dark){{.b{{fill:#1f2d37;stroke:#46545f}}.n{{fill:#f2f5f6}}.t{{fill:#b9c4cc}}.s,.c{{fill:{dark}}}}}</style>"
    '<rect class="b" x=".5" y=".5" width="{inner}" height="{tall}" rx="8"/><rect class="c" x="14" y="14" width="6" height="{bar}" rx="3"/>'
    '<g font-family="Open Sans, Segoe UI, Arial, sans-serif">{lines}</g></svg>'
)
LINE = '<text class="{}" x="32" y="{}" font-size="{}" font-weight="{}">{}</text>'


def _drawn(
    told: str, lines: tuple[str, str, str], light: str, dark: str, *, note: str, signature: str
) -> bytes:
    name, title, state = lines
    rows = (
        ("n", 30, LARGEST, 700, name),
        ("t", 49, 13.0, 400, title),
        ("s", 67, 13.0, 700, state),
        ("t", 83, 10.5, 400, note),
    )
    drawn: list[SafeString] = [_line(*row) for row in rows if row[-1]]
    return format_html(
        DRAWN,
        width=WIDTH,
        height=HEIGHT,
        inner=WIDTH - 1,
        tall=HEIGHT - 1,
        bar=HEIGHT - 28,
        told=told,
        signature=signature,
        light=light or TEAL,
        dark=dark,
        lines=format_html_join("", "{}", ((one,) for one in drawn)),
    ).encode()


def _line(kind: str, y: int, size: float, weight: int, text: str) -> "SafeString":
    """Return a line of words in the largest letters with which it fits; a longer one is cut, and whole in
    the title.
    """
    fits = min(size, max(SMALLEST, ROOM / (LETTER * max(1, len(text)))))
    most = int(ROOM / (LETTER * fits))
    shown = text if len(text) <= most + 1 else f"{text[: most - 1].rstrip()}…"
    return format_html(LINE, kind, y, round(fits, 1), weight, shown)
