"""What people wrote stands in a mail as they wrote it: no markup in its HTML, and nothing escaped in its text."""

import copy
import dataclasses
from functools import cache
from typing import Any

from django.db import models
from django.utils.safestring import SafeString

from core.mail import Mail, render_mail
from outbox.examples import Example, all_examples

MARK = "<b>x</b>\"'&<script>"
ESCAPED = "&lt;b&gt;x&lt;/b&gt;&quot;&#x27;&amp;&lt;script&gt;"
# Codes of ours, and the HTML of a message of which a copy is sent.
OURS = {"policy_code", "time_zone", "currency", "category", "html"}


def marked(value: Any) -> Any:
    """Return the value with a mark behind every text in it that is neither an address nor made by us as HTML."""
    if isinstance(value, SafeString) or (isinstance(value, str) and value.startswith(("/", "http"))):
        return value
    if isinstance(value, str):
        return value + MARK
    if isinstance(value, dict):
        return {name: marked(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [marked(one) for one in value]
    if isinstance(value, models.Model):
        return _marked_row(value)
    if dataclasses.is_dataclass(value):
        fields = {one.name: marked(getattr(value, one.name)) for one in dataclasses.fields(value) if one.init}
        return dataclasses.replace(value, **fields)
    return value


def _marked_row(row: models.Model) -> models.Model:
    row = copy.deepcopy(row)
    rows = [row]
    for one in rows:
        related = [kept for kept in one._state.fields_cache.values() if kept is not None]
        rows += [kept for kept in related if not any(kept is known for known in rows)]
    for one in rows:
        for field in one._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if is_text and field.name not in OURS:
                setattr(one, field.attname, (getattr(one, field.attname) or "") + MARK)
    return row


def mail_with_marks(example: Example) -> Mail:
    return render_mail(example.kind.template, {**marked(dict(example.context())), "unsubscribe_link": ""})


@cache
def mails() -> list[tuple[Example, Mail]]:
    return [(one, mail_with_marks(one)) for one in all_examples()]


def test_text_written_by_people_is_escaped_in_every_mail():
    for example, mail in mails():
        name = f"{example.kind.kind}/{example.state}"
        assert MARK not in mail.html, name
        assert "<b>x" not in mail.html, name
        assert "&amp;lt;" not in mail.html, name
        assert "&lt;" not in mail.text, name


def test_the_escaping_test_covers_every_mail_except_copies():
    shown = [(one, mail) for one, mail in mails() if ESCAPED in mail.html]
    plain = {one.kind.kind for one, _ in mails()} - {one.kind.kind for one, _ in shown}
    assert plain == {"trainers.copy"}  # a copy of a whole message, which was rendered before
    assert all(MARK in mail.text for _, mail in shown)
