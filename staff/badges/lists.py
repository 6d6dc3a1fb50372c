"""The keys that sign badges, as staff see them. The public halves are what the DID document has."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from badges.identity import method_of
from badges.models import SigningKey
from staff.actions import ActionLink, run_action, staff_user
from staff.badges import actions
from staff.lists import ReadOnlyAdmin

KEEPS_KEYS = "core.change_organisation"  # a key speaks for the organisation


@admin.register(SigningKey)
class SigningKeyAdmin(ReadOnlyAdmin[SigningKey]):
    texts = ("name__istartswith", "public_key__startswith")
    search_help_text = "How the name or the public key begins"
    list_display = ("name", "standing", "made_at", "retired_at", "distrusted_at")
    list_select_related = ("made_by", "retired_by", "distrusted_by")
    fields = (
        *("name", "method", "public_key", "standing", "made_by", "made_at", "retired_by", "retired_at"),
        *("distrusted_by", "distrusted_at"),
    )

    def get_urls(self) -> list[URLPattern]:
        make = self.admin_site.admin_view(self._make_first)
        return [
            path("make/", make, name=self.url_name("make")),
            self.action("replace", actions.action_to_replace, KEEPS_KEYS),
            self.action("distrust", actions.action_to_distrust, KEEPS_KEYS),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: SigningKey) -> list[ActionLink]:
        if row.distrusted_at or not request.user.has_perm(KEEPS_KEYS):
            return []
        replace = [ActionLink("Replace the key…", self.address("replace", row.pk))]
        distrust = [ActionLink("Distrust the key…", self.address("distrust", row.pk))]
        return (replace if row.state == SigningKey.State.ACTIVE else []) + distrust

    def _make_first(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(KEEPS_KEYS):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        action = actions.action_to_make_first(staff_user(request))
        return run_action(request, action, back=self.address("changelist"), context=context)

    @admin.display(description="name in proofs")
    def method(self, row: SigningKey) -> str:
        return method_of(row)

    @admin.display(description="state")
    def standing(self, row: SigningKey) -> str:
        return "Not trusted" if row.distrusted_at else row.get_state_display()
