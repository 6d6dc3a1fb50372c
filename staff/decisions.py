"""What all review pages share: a decision is written, read as it will be mailed, and only then made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.errors import Refusal
from core.forms import PlainForm
from core.mail import Mail
from core.models import HistoryEntry


class SeenForm(PlainForm):
    """`seen` is the newest row of history when the page was opened: what changed since is told before anything is done."""

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Word:
    """What a reviewer is about to say. `do(answers)` is the one service; `mail` and `said` read what it returned."""

    title: str
    button: str
    form: type[PlainForm]
    do: Callable[[dict[str, Any]], Any]
    mail: Callable[[Any], Mail]
    said: Callable[[Any], str]
    then: Callable[[], str]
    initial: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    danger: bool = False


def say(request: HttpRequest, word: Word, *, back: str, context: dict[str, Any]) -> HttpResponse:
    """The form, then the mail exactly as it will be sent, then the deed. A refusal is a sentence at its field, with 422."""
    form = word.form(request.POST if request.method == "POST" else None, initial=word.initial)
    mail = None
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        try:
            if "confirmed" in request.POST:
                messages.success(request, word.said(word.do(form.cleaned_data)))
                return redirect(word.then())
            mail = preview(word, form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    template = "includes/review/preview.html" if mail else "includes/review/write.html"
    page = {**context, "title": word.title, "word": word, "form": form, "mail": mail, "back": back}
    return TemplateResponse(request, template, page, status=status)


def preview(word: Word, answers: dict[str, Any]) -> Mail:
    """The mail of what would be done: it is done, read and undone, so that every refusal comes before the confirming."""
    with transaction.atomic():
        mail = word.mail(word.do(answers))
        transaction.set_rollback(True)
    return mail


def clock_time(moment: datetime, time_zone: str) -> str:
    """10:42 am, in `time_zone`."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return f"{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"


def too_late(entry: HistoryEntry, did: str) -> Refusal:
    """Somebody else was a moment faster: who, and what they `did`, as in "approved this renewal"."""
    who = entry.by.name if entry.by else "The system"
    return Refusal(f"{who} {did} before you. Nothing was changed by you.", code="decided")
