"""The pages of an organisation's keys: the list, a new one shown once, a replacement, an end."""

from dataclasses import dataclass
from typing import Generic

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from api.forms import KeyForm
from api.models import KeyRow
from api.services import make_key, revoke_key, rotate_key
from core import clock
from core.errors import Refusal
from trainers.role_access import OrganisationRequest

MOST_SHOWN = 100


@dataclass(frozen=True)
class KeyPages(Generic[KeyRow]):
    """The pages of one kind of key. `app` has the routes "keys", "rotate_key" and "revoke_key";
    `lead` says what a key is for, `example` where one may be used.
    """

    model: type[KeyRow]
    app: str
    lead: str
    example: str

    def list_keys(self, request: OrganisationRequest, organisation: Model) -> HttpResponse:
        """Show the keys; make a new one, whose text is shown on this page only."""
        form = KeyForm(self.model, self.example, request.POST if request.method == "POST" else None)
        if form.is_valid():
            with form.refusals():
                told = form.cleaned_data
                made = make_key(organisation, kind=self.model, by=request.user, at=clock.now(), **told)
                return self._show_once(request, *made)
        words = {"form": form, "rows": self._rows(organisation), "lead": self.lead}
        return render(request, "api/keys.html", words, status=422 if form.errors else 200)

    def replace_key(self, request: OrganisationRequest, organisation: Model, pk: int) -> HttpResponse:
        """Make a key in the place of this one, and show it once."""
        key = self._key_of(organisation, pk)
        try:
            return self._show_once(request, *rotate_key(key, by=request.user, at=clock.now()))
        except Refusal:
            return redirect(self._address("keys"))

    def revoke_key(self, request: OrganisationRequest, organisation: Model, pk: int) -> HttpResponse:
        """Ask whether a key is to be revoked; then end it at once."""
        key = self._key_of(organisation, pk)
        if request.method != "POST" and key.works_at(clock.now()):
            return render(request, "api/revoke.html", {"key": key, "keys_url": self._address("keys")})
        if request.method == "POST":
            revoke_key(key, by=request.user, at=clock.now())
        return redirect(self._address("keys"))

    def _rows(self, organisation: Model) -> list[dict[str, object]]:
        at = clock.now()
        rows = self.model._default_manager.filter(**{self.model.ORGANISATION: organisation})
        return [
            {
                "key": key,
                "works": key.works_at(at),
                "replace_url": self._address("rotate_key", key.pk),
                "revoke_url": self._address("revoke_key", key.pk),
            }
            for key in rows.select_related("made_by")[:MOST_SHOWN]
        ]

    def _key_of(self, organisation: Model, pk: int) -> KeyRow:
        rows = self.model._default_manager.filter(**{self.model.ORGANISATION: organisation})
        if (found := rows.filter(pk=pk).first()) is None:
            raise Http404
        return found

    def _show_once(self, request: HttpRequest, key: KeyRow, text: str) -> HttpResponse:
        words = {"key": key, "text": text, "keys_url": self._address("keys")}
        return render(request, "api/key.html", words)

    def _address(self, name: str, *parts: int) -> str:
        return reverse(f"{self.app}:{name}", args=parts)
