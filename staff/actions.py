"""How staff act: a page with a form, then the mail word for word if one will be sent, then one
service.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import get_ident
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core import clock
from core.errors import Refusal
from core.forms import PlainForm
from core.mail import Mail, render_mail
from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import kind_of
from trainers.models import Trainer

DECIDED_AT = "decided_at"  # of a session: when this browser last sent a decision that can be undone
Answers = dict[str, Any]  # what a form cleaned, by field
PageContext = Mapping[str, object]
Result = TypeVar("Result")


@dataclass(frozen=True)
class ActionLink:
    """A button on the page of a row; it leads to an action or to another page."""

    label: str
    url: str
    key: str = ""  # the key that moves to it


def check_nothing(answers: Answers) -> None:
    """Accept every answer: the `check` of an action that needs none."""


@dataclass(frozen=True)
class Action:
    """One thing that staff may do to one row, as the page on which they do it.

    `do` calls one service and returns the sentence to show afterwards, or "" when the next page
    says it. `check` runs before the preview and before `do`. With a `preview`, the mail that it
    returns is shown first and must be confirmed; when it returns none, `do` runs at once. `do`,
    `check` and `preview` refuse by raising a Refusal. `present` is the present value in words: when
    it has changed since the page was opened, the page says so and nothing is done. `doubts` are
    warnings that the person must confirm before `do` runs; new ones must be confirmed too.
    """

    title: str
    button: str
    do: Callable[[Answers], str]
    form: type[PlainForm] = PlainForm
    initial: Mapping[str, object] = field(default_factory=dict)
    lines: Sequence[str] = ()
    rows: Sequence[str] = ()  # to which of many rows it applies
    check: Callable[[Answers], None] = check_nothing
    preview: Callable[[Answers], Mail | None] | None = None
    effects: Callable[[Answers], Sequence[str]] | None = None  # what else it changes, beside the mail
    next_url: Callable[[], str] | None = (
        None  # asked once it is done; without it, back to where they came from
    )
    doubts: Callable[[], Sequence[str]] = tuple
    can_be_undone: bool = False  # whether it can be undone for some minutes
    danger: bool = False
    asks_first: bool = False  # for rows chosen in a list, where no page came before
    present: str = ""

    @property
    def has_preview(self) -> bool:
        """Return whether a mail is shown before the action is done. Templates read this, because
        reading `preview` in a template would call it.
        """
        return self.preview is not None


def run_action(request: HttpRequest, action: Action, *, back: str, context: PageContext) -> HttpResponse:
    """Answer with the form of `action`, with its preview, or with a redirect once the action is
    done.

    A refusal is shown as a sentence at its field, with status 422, and what was typed stays.
    """
    form = action.form(request.POST if request.method == "POST" else None, initial=dict(action.initial))
    mail, effects, doubts, asked = None, [], [], False
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        with form.refusals():
            _check_present(action, request.POST.get("present"), form.cleaned_data)
            action.check(form.cleaned_data)
            doubts = list(action.doubts())
            asked = bool(doubts) and request.POST.get("anyway") != " ".join(doubts)
            confirmed = "confirmed" in request.POST and not asked
            if action.preview and not confirmed:
                mail = action.preview(form.cleaned_data)
                effects = list(action.effects(form.cleaned_data)) if mail and action.effects else []
            if mail is None and not asked and (confirmed or not action.asks_first):
                told = action.do(form.cleaned_data)
                if action.can_be_undone:
                    request.session[DECIDED_AT] = clock.now().isoformat()
                if told:
                    messages.success(request, told)
                return redirect(action.next_url() if action.next_url else back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    template = "admin/action_preview.html" if mail or (asked and not form.errors) else "admin/action.html"
    shown = {"title": action.title, "action": action, "form": form, "mail": mail, "effects": effects}
    page = {**context, **shown, "doubts": doubts, "back": back, "unseen": _hidden_fields(form)}
    return TemplateResponse(request, template, page, status=status)


def _hidden_fields(form: PlainForm) -> SafeString:
    """Return every answer as a hidden field without an id: the page has the same fields a second
    time, visible, so that they can be changed.
    """
    return format_html_join("", "{}", ((field.as_hidden({"id": False}),) for field in form))


def staff_user(request: HttpRequest) -> Trainer:
    """Return the signed-in person. The admin site has checked that they are staff."""
    if not isinstance(request.user, Trainer):
        raise PermissionDenied
    return request.user


def first_review_url(waiting: "QuerySet[Model]", *, review: str, queue: str) -> str:
    """Return the URL of the `review` page of the first row of `waiting`; of the page `queue` when
    there is none.
    """
    first = waiting.values_list("pk", flat=True).first()
    return reverse(queue) if first is None else reverse(review, args=[first])


# --- previews


def dry_run(make: Callable[[], Result]) -> Result:
    """Return what `make` returns, and undo all that it wrote. A Refusal that `make` raises is thus
    shown before anybody confirms.
    """
    with transaction.atomic():
        result = make()
        transaction.set_rollback(True)
    return result


def preview_notice(do: Callable[[], object], *, kind: str = "") -> Mail:
    """Return the mail that `do` would send next, and undo all that `do` wrote.

    `kind` narrows it to notices of one kind. Raises Refusal when `do` would queue none: the person
    who confirms must have read what will be sent.
    """
    mail = preview_notice_if_any(do, kind=kind)
    if mail is None:
        raise Refusal(
            "This would send no mail. Look at it again: somebody may have done it already.", code="no_mail"
        )
    return mail


def preview_notice_if_any(do: Callable[[], object], *, kind: str = "") -> Mail | None:
    """Return the mail that `do` would send next, and undo all that `do` wrote. Return None when
    `do` would queue none, or only reminders for later days.
    """
    return dry_run(lambda: _render_next(_notices_made(do), kind))


def _notices_made(do: Callable[[], object]) -> list[Notice]:
    """Call `do` and return the notices that it queued; those that other people queue at the same
    moment are left out.
    """
    made: list[Notice] = []
    thread = get_ident()

    def remember(instance: Notice, created: bool, **_: object) -> None:
        if created and get_ident() == thread:
            made.append(instance)

    post_save.connect(remember, sender=Notice, weak=False)
    try:
        do()
    finally:
        post_save.disconnect(remember, sender=Notice)
    return made


def _render_next(made: list[Notice], code: str) -> Mail | None:
    fitting = [notice for notice in made if code in ("", notice.kind)]
    if not fitting:
        return None
    soonest = min(notice.send_at for notice in fitting)
    notice = next(one for one in reversed(fitting) if one.send_at == soonest)
    kind = kind_of(notice.kind)
    return render_mail(kind.template, kind.contexts([notice])[notice.pk])


# --- two people at once


def _check_present(action: Action, shown: str | None, answers: Answers) -> None:
    """Raise Refusal when the present value is no longer the one that the page showed. When it
    equals the answer, a click was sent twice, and nothing is raised.
    """
    if shown in (None, action.present) or all(answers.get(k) == v for k, v in action.initial.items()):
        return
    raise Refusal(
        f"Somebody changed this while you had the page open: it is “{action.present}” now. "
        "Nothing was changed by you. Look at what you typed, then send it again.",
        code="newer",
    )


def check_nothing_new(
    newest: HistoryEntry | None,
    seen: int | None,
    *,
    by: Trainer,
    what: Callable[[HistoryEntry], str],
    own_verb: str = "",
) -> None:
    """Raise Refusal when somebody changed the case since `by` opened the page.

    `newest` is the newest row of the case's history now, `seen` the primary key of the newest one
    when the page was opened (`SeenForm`). `what` returns what a row did, such as "approved this
    renewal". A newest row by `by` with `own_verb` is accepted: the same click was sent twice.
    """
    if newest is None or newest.pk == seen:
        return
    if newest.by_id != by.pk or newest.verb != own_verb:
        raise too_late(newest, what)


@contextmanager
def naming_who_was_first(
    newest: Callable[[], HistoryEntry | None], *, what: Callable[[HistoryEntry], str]
) -> Iterator[None]:
    """In the block, replace a Refusal that is due to the case's state by one that says who has
    changed the state.
    """
    try:
        yield
    except Refusal as refusal:
        entry = newest() if refusal.code == "out_of_order" else None
        if entry is None:
            raise
        raise too_late(entry, what) from None


def too_late(entry: HistoryEntry, what: Callable[[HistoryEntry], str]) -> Refusal:
    """Return the refusal for the second of two people; its sentence names the first and what that
    person did.
    """
    who = entry.by.name if entry.by else "The system"
    return Refusal(f"{who} {what(entry)} before you. Nothing was changed by you.", code="decided")
