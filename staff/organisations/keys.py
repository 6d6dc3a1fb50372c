"""The list of the keys of one kind of organisation: staff read it, and revoke a key that must not go on."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import URLPattern

from api.models import KeyRow
from api.services import revoke_key
from core import clock
from staff.actions import Action, ActionLink, Answers
from staff.exports import FieldNames
from staff.lists import ReadOnlyAdmin
from trainers.models import Trainer


def action_to_revoke(
    key: KeyRow, by: Trainer, *, revoke: Callable[..., object] = revoke_key, line: str = ""
) -> Action:
    """Return the action that ends a key at once. `line` says who is meant to replace it instead."""

    def do(answers: Answers) -> str:
        revoke(key, by=by, at=clock.now())
        return "The key works no more."

    lines = ("Programs that use it are refused from now on. This cannot be undone.", line)
    return Action(title=f"Revoke “{key.name}”", button="Revoke it", do=do, lines=lines, danger=True)


class ProgramKeyAdmin(ReadOnlyAdmin[KeyRow]):
    """The list of keys, for those who have the permission `leads` with a button that revokes one. A key
    is stored as a hash, so nobody can read one here.
    """

    leads: str

    def get_urls(self) -> list[URLPattern]:
        return [self.action("revoke", self._to_revoke, self.leads), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: KeyRow | None = None) -> FieldNames:
        """Return the fields of a key, with whose it is."""
        return [
            *("name", self.model.ORGANISATION, "prefix", "scopes", "made_by", "made_at", "last_used_at"),
            *("ends_at", "revoked_at", "revoked_by"),
        ]

    def action_links(self, request: HttpRequest, row: KeyRow) -> list[ActionLink]:
        if not (row.works_at(clock.now()) and request.user.has_perm(self.leads)):
            return []
        return [ActionLink("Revoke…", self.address("revoke", row.pk))]

    def _to_revoke(self, key: KeyRow, by: Trainer) -> Action:
        name = getattr(key, key.ORGANISATION).name
        return action_to_revoke(key, by, line=f"The people of {name} can make another one on their own page.")
