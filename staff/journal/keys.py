"""Keys by which programs of the certifying body read the journal: made, replaced and revoked here."""

from http import HTTPStatus

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers

from api.models import LONGEST_NAME
from core import clock
from core.forms import PlainForm
from journal.models import JournalKey
from journal.services.keys import make_journal_key, revoke_journal_key, rotate_journal_key
from staff.actions import Action, ActionLink, staff_user
from staff.lists import ReadOnlyAdmin
from staff.organisations.keys import action_to_revoke
from trainers.models import Trainer

KEEP = JournalKey.PERMISSION
PURPOSE = (
    "With a key a program of yours reads the journal: every renewal and every movement of money, by number."
)
BOTH_WORK = (
    "A new key is made in its place. The old one works for 7 more days, so that programs can change over."
)


class KeyNameForm(PlainForm):
    """The form in which finance says where a key is used."""

    name = forms.CharField(
        label="Where it is used",
        help_text="For example, our accounting",
        max_length=LONGEST_NAME,
        error_messages={"required": "Write where it is used."},
    )


def _action_to_revoke(key: JournalKey, by: Trainer) -> Action:
    line = "To change over without a pause, replace the key instead."
    return action_to_revoke(key, by, revoke=revoke_journal_key, line=line)


@admin.register(JournalKey)
class JournalKeyAdmin(ReadOnlyAdmin[JournalKey]):
    texts = ("name__icontains", "prefix__istartswith")
    search_help_text = "A part of the name, or how the key begins"
    list_display = ("name", "prefix", "made_by", "made_at", "last_used_at", "ends_at", "revoked_at")
    list_select_related = ("made_by", "revoked_by", "replaces")
    fields = (*list_display, "revoked_by", "replaces")

    def get_urls(self) -> list[URLPattern]:
        make = path("make/", self.admin_site.admin_view(self.make), name=self.url_name("make"))
        return [
            make,
            self.page("replace", self.replace, KEEP),
            self.action("revoke", _action_to_revoke, KEEP),
            *super().get_urls(),
        ]

    def make(self, request: HttpRequest) -> HttpResponse:
        """Make a key, and show its text on this page alone."""
        if not request.user.has_perm(KEEP):
            raise PermissionDenied
        form = KeyNameForm(request.POST if request.method == "POST" else None)
        text = ""
        if form.is_valid():
            with form.refusals():
                text = make_journal_key(by=staff_user(request), at=clock.now(), **form.cleaned_data)[1]
        told = {"title": "Make a key of the journal", "button": "Make the key", "line": PURPOSE}
        return self._shown_once(request, form, text, self.address("changelist"), told)

    def replace(self, request: HttpRequest, key: JournalKey) -> HttpResponse:
        """Ask whether a key is to be replaced; then make a new one, and show its text on this page alone."""
        form = PlainForm(request.POST if request.method == "POST" else None)
        text = ""
        if form.is_valid():
            with form.refusals():
                text = rotate_journal_key(key, by=staff_user(request), at=clock.now())[1]
        told = {"title": f"Replace “{key.name}”", "button": "Replace it", "line": BOTH_WORK}
        return self._shown_once(request, form, text, self.address("change", key.pk), told)

    def _shown_once(
        self, request: HttpRequest, form: PlainForm, text: str, back: str, told: dict[str, str]
    ) -> HttpResponse:
        shown: dict[str, object] = {**told, "form": form, "text": text, "back": back}
        answer = self.render_page(request, "admin/journal/journalkey/make.html", shown)
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        add_never_cache_headers(answer)
        return answer

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        may = {"may_make": request.user.has_perm(KEEP)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def action_links(self, request: HttpRequest, row: JournalKey) -> list[ActionLink]:
        if not (row.works_at(clock.now()) and request.user.has_perm(KEEP)):
            return []
        replace = [] if row.ends_at else [ActionLink("Replace…", self.address("replace", row.pk))]
        return [*replace, ActionLink("Revoke…", self.address("revoke", row.pk))]
