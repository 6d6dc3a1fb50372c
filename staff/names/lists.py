"""Requests for another name, as staff see them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern

from core.policy_words import in_policy_words
from names.models import NameRequest
from names.services import DECIDE
from staff.actions import ActionLink, staff_user
from staff.evidence import NamedFile, evidence_for
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.names import actions


class RequestFilter(QueueFilter[NameRequest]):
    """A filter of the list of requests. Without a choice or a search it shows those that wait for staff."""

    usual = "waiting"
    labels = {"waiting": "Waiting", "ended": "Ended", "all": "All"}

    def parts(self, rows: "QuerySet[NameRequest]") -> "dict[str, QuerySet[NameRequest]]":
        return {
            "waiting": rows.filter(state__in=NameRequest.OPEN),
            "ended": rows.filter(ended_at__isnull=False),
        }


@admin.register(NameRequest)
class NameRequestAdmin(ReadOnlyAdmin[NameRequest]):
    person = "trainer"
    search_help_text = in_policy_words("The {holder}'s name, email address or certification number")
    ordering = ("requested_at", "pk")
    list_display = ("after", "before", "state", "requested_at")
    list_select_related = ("proof", "trainer", "decided_by")
    list_filter = (RequestFilter,)
    fields = (
        *("trainer", "before", "after", "state", "requested_at"),
        *("decided_by", "words", "ended_at"),
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("approve", actions.action_to_approve, DECIDE),
            self.action("refuse", actions.action_to_refuse, DECIDE),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: NameRequest) -> list[ActionLink]:
        if row.state not in NameRequest.OPEN or not request.user.has_perm(DECIDE):
            return []
        return [
            ActionLink("Approve", self.address("approve", row.pk), "1"),
            ActionLink("Refuse", self.address("refuse", row.pk), "3"),
        ]

    def _row_context(self, request: HttpRequest, object_id: str | None) -> dict[str, object]:
        """Add the proof as pictures. History records who views them, as for every document."""
        context = super()._row_context(request, object_id)
        row = self.get_object(request, object_id) if context and object_id else None
        if row is None:
            return context
        viewer = staff_user(request)
        proof = [NamedFile("Proof of the name", row.proof)]
        seen = {
            "evidence": evidence_for(proof, viewer, request.GET),
            "may_open_files": viewer.has_perm("documents.view_document"),
            "entries": self.history_lines(row),
        }
        return {**context, **seen}
