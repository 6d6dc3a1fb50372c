"""The pages of a trainer's audit: which documents are stored and which are missing, one page for
each document, and the button that sends everything (S13).
"""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits import services
from audits.forms import DocumentForm, MoreTimeForm, UnavailableForm
from audits.lookups import audit_of, credential_of_audit, item_of
from audits.models import WITH_TRAINER, Audit, AuditItem, Extension
from audits.pages.audit import card_of, document_counts, documents_of, due_words, timeline_of
from audits.services.timing import is_answered, items_of
from cases.decisions import pending_decision
from core import clock
from core.errors import refusal_of
from core.forms import PlainForm, posted_to
from trainers.access import TrainerRequest, trainer_only_about

OPEN_TO_FILES = (*WITH_TRAINER, Audit.State.SENT)
METHODS = ["GET", "HEAD", "POST"]


@trainer_only_about(credential_of_audit)
@require_safe
def audit_page(request: TrainerRequest, ref: str) -> HttpResponse:
    return _page(request, audit_of(request.user, ref))


@trainer_only_about(credential_of_audit)
@require_POST
def send_page(request: TrainerRequest, ref: str) -> HttpResponse:
    found = audit_of(request.user, ref)
    refusal = refusal_of(lambda: services.send_documents(found, by=request.user, at=request.began_at))
    if refusal:
        return _page(request, audit_of(request.user, ref), refused=str(refusal), status=409)
    messages.success(request, "We have your documents.")
    return redirect("audits:audit", found.reference)


@trainer_only_about(credential_of_audit)
@require_http_methods(METHODS)
def document_page(request: TrainerRequest, ref: str, pk: int) -> HttpResponse:
    """Show the form for the documents of one record, or store the photos or PDF files that were posted."""
    found = audit_of(request.user, ref)
    item = item_of(found, pk)
    again = item.verdict == AuditItem.Verdict.REPLACE
    form = DocumentForm(*posted_to(request), owner=request.user, item=item, again=again)

    def do() -> None:
        services.add_document(item, files=form.files_given(), by=request.user, at=request.began_at)

    return _answered(request, item, form, do, "audits/document.html", "We have it.")


@trainer_only_about(credential_of_audit)
@require_http_methods(METHODS)
def unavailable_page(request: TrainerRequest, ref: str, pk: int) -> HttpResponse:
    """Take the trainer's reason why a document cannot be obtained."""
    item = item_of(audit_of(request.user, ref), pk)
    form = UnavailableForm(*posted_to(request)[:1], initial={"why": item.unavailable_why})

    def do() -> None:
        services.say_unavailable(item, by=request.user, at=request.began_at, **form.cleaned_data)

    return _answered(request, item, form, do, "audits/unavailable.html", "We have your reason.")


@trainer_only_about(credential_of_audit)
@require_http_methods(METHODS)
def more_time(request: TrainerRequest, ref: str) -> HttpResponse:
    """Take a trainer's request for more time, which staff decide."""
    found = audit_of(request.user, ref)
    if request.method != "POST" and not (_may_add(found, _today(found)) and found.state in WITH_TRAINER):
        return redirect("audits:audit", found.reference)
    form = MoreTimeForm(*posted_to(request)[:1])
    if form.is_valid():
        with form.refusals():
            services.ask_for_time(found, by=request.user, at=request.began_at, **form.cleaned_data)
            messages.success(request, "We have your wish for more time. We will write to you.")
            return redirect("audits:audit", found.reference)
    words = {"audit": found, "form": form}
    return render(request, "audits/more_time.html", words, status=422 if form.errors else 200)


def _answered(
    request: TrainerRequest,
    item: AuditItem,
    form: PlainForm,
    do: Callable[[], None],
    template: str,
    said: str,
) -> HttpResponse:
    """Show the form about one document; when it is valid, call `do` and show the list again."""
    found = item.audit
    if request.method != "POST" and not _may_add(found, _today(found)):
        return redirect("audits:audit", found.reference)
    if form.is_valid():
        with form.refusals():
            do()
            messages.success(request, said)
            return redirect("audits:audit", found.reference)
    evidence = item.record.evidence.current().select_related("document")
    words = {"audit": found, "item": item, "form": form, "evidence": evidence, "due": _due(found)}
    return render(request, template, words, status=422 if form.errors else 200)


def _page(request: TrainerRequest, found: Audit, *, refused: str = "", status: int = 200) -> HttpResponse:
    today, items = _today(found), items_of(found)
    may_add = _may_add(found, today)
    have, needed = document_counts(items)
    extensions = found.extensions.all()
    words: dict[str, object] = {
        "audit": found,
        "state": card_of(found, items, today),
        "refused": refused,
        "documents": documents_of(items, may_add=may_add),
        "have": have,
        "needed": needed,
        "may_add": may_add,
        "may_send": may_add and all(map(is_answered, items)) and _is_unsent(found),
        "due": _due(found),
        "may_ask": may_add and found.state in WITH_TRAINER,
        "asked": next((one for one in extensions if one.state == Extension.State.ASKED), None),
        "events": timeline_of(found),
    }
    return render(request, "audits/audit.html", words, status=status)


def _is_unsent(found: Audit) -> bool:
    return found.state in WITH_TRAINER or services.has_news(found)


def _may_add(found: Audit, today: date) -> bool:
    """Return whether documents can be added: until the end of the last day, and not while the audit
    is being closed.
    """
    in_time = found.due_on is None or today <= found.due_on
    return found.state in OPEN_TO_FILES and in_time and pending_decision(found) is None


def _due(found: Audit) -> str:
    return due_words(found, _today(found)) if found.due_on else ""


def _today(found: Audit) -> date:
    return clock.today(found.cycle.policy.time_zone)
