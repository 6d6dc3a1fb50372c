"""One email: three templates that are rendered with the same context, and the message made of them."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.policy import Compat32
from email.utils import format_datetime
from functools import lru_cache, partial
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import forbid_multi_line_headers
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from core.organisation import OrganisationFacts, current_organisation, sender_of_mail

LONGEST_TITLE = 150
_MARK = secrets.token_hex(8)  # that nobody can have written in a text
_MARKED = re.compile(rf"\[{_MARK} (\w+)\]")
_LINE_END = re.compile(rb"\r\n|\r|\n")
LONGEST_LINE = 998  # bytes (RFC 5322); Django encodes a text with a longer one


@dataclass(frozen=True, slots=True)
class Mail:
    """A rendered message: its subject line, and its words as text and as HTML."""

    title: str
    text: str
    html: str


class SharedContext(dict[str, object]):
    """The context of a mail that many people get in the same words, which are rendered once for all of them.

    The texts of `own` differ from one person to the next: templates print them and nothing else. What
    is not in `own` must be hashable.
    """

    def __init__(self, same: Mapping[str, object], **own: str) -> None:
        super().__init__(same, **own)
        self.own = own


def render_mail(name: str, context: Mapping[str, object], **own: str) -> Mail:
    """Render `templates/emails/<name>.{subject.txt,txt,html}` with `context`, and with `own` texts that
    are another person's in each mail, such as a link for them alone.

    A path in `link` becomes a whole address. Raises TemplateDoesNotExist for an unknown name. Tests keep
    subjects within 50 characters.
    """
    values = {**_everywhere(), **context, **own}
    link = str(values.get("link") or "/")
    values["link"] = settings.PORTAL_URL + link if link.startswith("/") else link
    render = (
        partial(_render_shared, own={**context.own, **own}) if isinstance(context, SharedContext) else _render
    )
    title = " ".join(render(f"{name}.subject.txt", values, escape=False).split())
    values["title"] = title
    text = render(f"{name}.txt", values, escape=False).strip() + "\n"
    return Mail(title[:LONGEST_TITLE], text, render(f"{name}.html", values, escape=True).strip() + "\n")


def build_message(
    mail: Mail, *, to: str, message_id: str, at: datetime, unsubscribe_link: str = ""
) -> EmailMultiAlternatives:
    """Return `mail` as a message to one address, with the Message-ID that its notice got when it
    was queued.

    With an `unsubscribe_link` a mail program can offer its own button, which posts there (RFC 8058).
    """
    headers = {
        "Message-ID": message_id,
        "Date": format_datetime(at),
        "Auto-Submitted": "auto-generated",
    }
    if unsubscribe_link:
        headers["List-Unsubscribe"] = f"<{unsubscribe_link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    built = QuickMessage(mail.title, mail.text, sender_of_mail(), [to], headers=headers)
    built.attach_alternative(mail.html, "text/html")
    return built


class _ShortHeaders(Compat32):
    """The way in which Django writes headers, with no search for places to break one that fits its line:
    that took a third of the time of sending a mail.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if self.fits_on_a_line(name, value):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)

    def fits_on_a_line(self, name: str, value: Any) -> bool:
        """Return whether a header is written as it is, on one line."""
        is_plain = isinstance(value, str) and value.isascii() and value.isprintable()
        return (
            is_plain and value == value.strip() and len(name) + 2 + len(value) <= (self.max_line_length or 0)
        )


SHORT_HEADERS = _ShortHeaders()
WIRE_HEADERS = SHORT_HEADERS.clone(linesep="\r\n")


class QuickMessage(EmailMultiAlternatives):
    """A message that is quick to write, and the same to read."""

    def message(self, **more: Any) -> Any:
        written = super().message(**more)
        if written.is_multipart():
            written.set_boundary(_new_boundary())
        for part in written.walk():
            part.policy = SHORT_HEADERS
        return written

    def as_wire(self) -> bytes:
        """Return what `message()` writes with the line ends of SMTP, without an object for each of its parts."""
        text, html = _wired(str(self.body)), _wired(str(self.alternatives[0][0]))
        if text is None or html is None:
            return bytes(self.message().as_bytes(linesep="\r\n"))
        edge = _new_boundary()
        top = {
            "Content-Type": f'multipart/alternative; boundary="{edge}"',
            "MIME-Version": "1.0",
            "Subject": self.subject,
            "From": self.from_email,
            "To": ", ".join(self.to),
        }
        head = b"".join(
            _header(name, str(value)) for name, value in [*top.items(), *self.extra_headers.items()]
        )
        return b"%b%b%b\r\n--%b--\r\n" % (
            head,
            _part("plain", text, edge),
            _part("html", html, edge),
            edge.encode(),
        )


def _new_boundary() -> str:
    """Return a mark between parts that nobody can have written in the text: then nobody need look for it there."""
    return f"==={secrets.token_hex(16)}=="


def _wired(text: str) -> bytes | None:
    """Return a text with the line ends of SMTP; None when it is empty, or has a line that must be encoded."""
    lines = _LINE_END.split(text.encode())
    return None if not text or max(map(len, lines)) > LONGEST_LINE else b"\r\n".join(lines)


def _part(subtype: str, text: bytes, edge: str) -> bytes:
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nMIME-Version: 1.0'
    encoding = "7bit" if text.isascii() else "8bit"
    return f"\r\n--{edge}\r\n{head}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + text


def _header(name: str, value: str) -> bytes:
    if not WIRE_HEADERS.fits_on_a_line(name, value):
        name, value = forbid_multi_line_headers(name, value, "utf-8")
    return WIRE_HEADERS.fold_binary(name, value)


def _everywhere() -> dict[str, object]:
    body = current_organisation()
    return {"portal_url": settings.PORTAL_URL, "contact_email": body.support_email, "organisation": body}


def _render(template: str, values: dict[str, object], *, escape: bool) -> str:
    backend = cast(DjangoTemplates, engines["django"])
    return backend.engine.get_template(f"emails/{template}").render(Context(values, autoescape=escape))


@dataclass(frozen=True)
class _Alike:
    """What a template is rendered with, without the values of `own`: two are equal when it comes out the same."""

    template: str
    escape: bool
    key: tuple[object, ...]
    values: dict[str, object] = field(compare=False)


def _render_shared(template: str, values: dict[str, object], *, own: Mapping[str, str], escape: bool) -> str:
    """Return what `_render` does, from the text that is kept for everybody with the same values but for `own`."""
    printed = {name: conditional_escape(text) if escape else text for name, text in own.items() if text}
    same = [(name, value) for name, value in values.items() if name not in printed and name != "organisation"]
    key = (*same, cast(OrganisationFacts, values["organisation"]).version, *printed)
    marked = {name: mark_safe(f"[{_MARK} {name}]") for name in printed}  # noqa: S308 - no markup
    kept = _rendered(_Alike(template, escape, key, {**values, **marked}))
    return _MARKED.sub(lambda found: printed[found[1]], kept)


@lru_cache(maxsize=1024)
def _rendered(alike: _Alike) -> str:
    return _render(alike.template, alike.values, escape=alike.escape)
