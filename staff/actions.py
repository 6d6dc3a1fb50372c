"""How staff act: a page that says what will happen, one service, and the sentence that it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.errors import Refusal
from core.forms import PlainForm


@dataclass(frozen=True)
class Tool:
    """A button on the page of a row."""

    label: str
    url: str


@dataclass(frozen=True)
class Act:
    """One thing that staff may do to one row. `do(answers)` calls the service and returns the sentence shown afterwards."""

    title: str
    button: str
    do: Callable[[dict[str, Any]], str]
    form: type[PlainForm] = PlainForm
    initial: dict[str, Any] = field(default_factory=dict)
    lines: Sequence[str] = ()
    then: Callable[[], str] | None = (
        None  # where to go afterwards, asked when it is done; else back to the row
    )
    danger: bool = False


def perform(request: HttpRequest, act: Act, *, back: str, context: dict[str, Any]) -> HttpResponse:
    """The confirm page of `act`, and on POST the act itself. A refusal is a sentence at its field, with 422."""
    form = act.form(request.POST if request.method == "POST" else None, initial=act.initial)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act.do(form.cleaned_data))
            return redirect(act.then() if act.then else back)
        except Refusal as refusal:
            form.refuse(refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = {**context, "title": act.title, "act": act, "form": form, "back": back}
    return TemplateResponse(request, "admin/act.html", page, status=status)
