"""The page before a change of approvals or CEUs is saved: which trainers it affects, and what
happens to their records (Q32).
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ceus.models import CatalogueChange, Course, Provider
from ceus.notice_codes import RELISTED
from ceus.services.relisting import LEAD, change_listing
from ceus.touched import ListingChange
from core import clock
from core.errors import Refusal
from core.history import subject_of
from core.mail import Mail, render_mail
from outbox.models import Notice
from outbox.notices import kind_of
from staff.actions import dry_run, staff_user
from staff.catalogue.editing import CatalogueAdmin
from staff.catalogue.forms import ApprovalForm, LeadTouchedForm, TouchedForm, catalogue_today
from staff.catalogue.touched import TouchedTrainers, differences_of, touched_by

Listed = TypeVar("Listed", bound=Provider | Course)
PER_PAGE = 50
# What the buttons of the page and its own fields post, beside what was typed into the form before.
BUTTONS = ("look", "confirmed", "change", "page")
OWN = (*BUTTONS, *LeadTouchedForm.base_fields, "csrfmiddlewaretoken")


class RelistingAdmin(CatalogueAdmin[Listed]):
    """The list of rows with approved days. A change that affects logged records or earlier days is
    saved only after a page has named the affected trainers.
    """

    def get_form(
        self, request: HttpRequest, obj: Listed | None = None, change: bool = False, **options: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **options)
        form.by = staff_user(request)  # the class is made anew for each request
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            page = self._page_before(request, object_id)
            if page:
                return page
            return super().changeform_view(request, object_id, form_url, extra_context)

    def page_of_refusal(self, request: HttpRequest, object_id: str | None, refusal: Refusal) -> HttpResponse:
        page = self._page_before(request, object_id, refusal) if object_id else None
        return page or super().page_of_refusal(request, object_id, refusal)

    def save_row(self, request: HttpRequest, obj: Listed, form: ApprovalForm, change: bool) -> str:
        listed = self._change_of(form) if change else None
        if listed is None:
            return super().save_row(request, obj, form, change)
        answers = _answers(request) if "confirmed" in request.POST else {}
        self._save(request, obj, listed, answers)
        return str(answers.get("reason", ""))

    def _save(
        self, request: HttpRequest, row: Listed, change: ListingChange, answers: dict[str, Any]
    ) -> CatalogueChange:
        by = staff_user(request)
        return change_listing(row, change=change, by=by, at=clock.now(), today=catalogue_today(), **answers)

    def _change_of(self, form: ApprovalForm) -> ListingChange | None:
        """Return how a valid form changes the catalogue; None when it changes nothing."""
        stored = self.model._default_manager.get(pk=form.instance.pk)
        change = form.change_of(stored)
        return change if change.is_real else None

    def _page_before(
        self, request: HttpRequest, object_id: str, refusal: Refusal | None = None
    ) -> HttpResponse | None:
        """Return the page that names the affected trainers. With `refusal` the page also says that
        other trainers are affected than it showed before, or that none are.

        Return None when the change may be saved without that page, and when the form is not valid.
        """
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row) or "change" in request.POST:
            return None
        form = self.get_form(request, row, change=True)(request.POST, request.FILES, instance=row)
        change = self._change_of(form) if form.is_valid() else None
        if change is None:
            return None
        ask = _touched_form(request)
        answered = ask.is_bound and ask.is_valid()
        if answered and "confirmed" in request.POST and not refusal:
            return None  # the service checks it against what was shown
        touched = touched_by(change, today=catalogue_today())
        if not refusal and not touched.records and not change.reaches_back(catalogue_today()):
            return None
        mail = self._mail(request, row, change, touched, ask) if answered and not refusal else None
        if refusal:
            ask.refuse(refusal)
        return self._show(request, row, change, ask, mail, touched=touched)

    def _mail(
        self,
        request: HttpRequest,
        row: Listed,
        change: ListingChange,
        touched: TouchedTrainers,
        ask: TouchedForm,
    ) -> Mail | None:
        """Return the mail to the first affected trainer, word for word; nothing is saved.

        Return None when the change would be refused; the refusal is then shown on the form `ask`.
        """
        answers = {**ask.cleaned_data, "mark": touched.mark}

        def make() -> Mail:
            made = self._save(request, row, change, answers)
            first = touched.people[0].credential.trainer_id
            notice = Notice.objects.get(kind=RELISTED, subject=subject_of(made), trainer=first)
            kind = kind_of(RELISTED)
            return render_mail(kind.template, kind.contexts([notice])[notice.pk])

        with ask.refusals():
            return dry_run(make) if touched.people else None
        return None

    def _show(
        self,
        request: HttpRequest,
        row: Listed,
        change: ListingChange,
        ask: TouchedForm,
        mail: Mail | None,
        *,
        touched: TouchedTrainers,
    ) -> TemplateResponse:
        page = Paginator(touched.people, PER_PAGE).get_page(request.POST.get("page"))
        context = {
            "title": "What would this change?",
            "object": row,
            "differences": differences_of(change),
            "touched": touched,
            "people": page,
            "form": ask,
            "mail": mail,
            "typed": list(_typed(request)),
            "mark": touched.mark,
            "back": self.address("change", row.pk),
        }
        response = self.render_page(request, "admin/ceus/touched.html", context)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if ask.errors else HTTPStatus.OK
        return response


def _touched_form(request: HttpRequest) -> TouchedForm:
    """Return the form on the page that lists the trainers affected by a change; it is bound once it
    was posted.
    """
    form = LeadTouchedForm if staff_user(request).has_perm(LEAD) else TouchedForm
    if "look" in request.POST or "confirmed" in request.POST:
        return form(request.POST)
    return form(initial={name: request.POST[name] for name in form.base_fields if name in request.POST})


def _answers(request: HttpRequest) -> dict[str, object]:
    ask = _touched_form(request)
    return ask.cleaned_data if ask.is_valid() else {}


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield what was typed into the form of the row, to be posted again."""
    for name, values in request.POST.lists():
        if name not in OWN:
            yield from ((name, str(value)) for value in values)
