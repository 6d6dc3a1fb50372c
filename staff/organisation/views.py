"""The page on which leads set the name and looks of the certifying body, with a preview before
anything is saved.
"""

from dataclasses import dataclass, replace
from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core import clock
from core.models import Organisation
from core.organisation import (
    PICTURES,
    TEXTS,
    OrganisationFacts,
    organisation_facts,
    save_organisation,
    sender_of_mail,
)
from staff.actions import check_nothing_new, staff_user
from staff.history import history_line, history_of
from staff.organisation.forms import OrganisationForm

MAY_CHANGE = "core.change_organisation"
SHOWN_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would change, in words."""

    label: str
    before: str
    after: str


def organisation_page(request: HttpRequest) -> HttpResponse:
    """Show the form; then what would change and how it looks; then save it."""
    if not request.user.has_perm(MAY_CHANGE):
        raise PermissionDenied
    by, row = staff_user(request), Organisation(pk=Organisation.ONLY)
    entries = history_of(row)
    newest, stored = entries.first(), _stored_row()
    now = organisation_facts(stored)
    initial = {name: getattr(stored, name) if stored else "" for name in TEXTS}
    initial["seen"] = newest.pk if newest else 0
    asked = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OrganisationForm(*asked, by=by, now=now, initial=initial)
    page: dict[str, object] = {"title": "Organisation", "form": form, "now": now, "opts": None}
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        with form.refusals():
            seen = form.cleaned_data["seen"] or None
            check_nothing_new(newest, seen, by=by, what=lambda entry: "changed this page")
            if "confirmed" in request.POST:
                save_organisation(form.values(), by=by, at=clock.now())
                messages.success(request, "The organisation is saved. Every page shows it within 10 seconds.")
                return redirect("admin:organisation")
            return _preview(request, {**page, **_shown_before_saving(form, now)})
    page["entries"] = [history_line(entry) for entry in entries[:SHOWN_HISTORY]]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = {**admin.site.each_context(request), **page}
    return TemplateResponse(request, "admin/organisation/form.html", page, status=status)


def _preview(request: HttpRequest, page: dict[str, object]) -> HttpResponse:
    page = {**admin.site.each_context(request), **page}
    return TemplateResponse(request, "admin/organisation/preview.html", page)


def _stored_row() -> Organisation | None:
    return Organisation.objects.filter(pk=Organisation.ONLY).first()


def _shown_before_saving(form: OrganisationForm, now: OrganisationFacts) -> dict[str, object]:
    values = form.values()
    changes = [
        Change(str(form.fields[name].label), _in_words(name, getattr(now, name)), _in_words(name, value))
        for name, value in values.items()
        if getattr(now, name) != value and not (name == "support_email" and not value)
    ]
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    pictures = {name: value for name, value in values.items() if isinstance(value, bytes)}
    logo, signature = pictures.get("logo", now.logo), pictures.get("signature", now.signature)
    then = replace(now, logo=logo, signature=signature, **texts)
    return {"changes": changes, "then": then, "sender": sender_of_mail()}


def _in_words(name: str, value: object) -> str:
    if name in PICTURES:
        return "a picture" if value else "none"
    return str(value) or "empty"
