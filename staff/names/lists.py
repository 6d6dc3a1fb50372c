"""Requests for another name, as staff see them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from names.models import NameRequest
from names.services import DECIDE
from staff.actions import ActionLink
from staff.lists import QueueFilter, ReadOnlyAdmin
from staff.names import actions


class RequestFilter(QueueFilter):
    """A filter of the list of requests. Without a choice or a search it shows those that wait for
    us.
    """

    usual = "waiting"
    labels = {"waiting": "Waiting", "ended": "Ended", "all": "All"}

    def parts(self, rows: "QuerySet[NameRequest]") -> "dict[str, QuerySet[NameRequest]]":
        return {
            "waiting": rows.filter(state__in=NameRequest.OPEN),
            "ended": rows.filter(ended_at__isnull=False),
        }


@admin.register(NameRequest)
class NameRequestAdmin(ReadOnlyAdmin):
    person = "trainer"
    search_help_text = "The trainer's name, email address or certification number"
    ordering = ("requested_at", "pk")
    list_display = ("before", "after", "state", "requested_at")
    list_filter = (RequestFilter,)
    fields = (
        *("trainer", "before", "after", "look_at_proof", "state", "requested_at"),
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
            ActionLink("Approve", self.address("approve", row.pk)),
            ActionLink("Refuse", self.address("refuse", row.pk)),
        ]

    @admin.display(description="proof")
    def look_at_proof(self, row: NameRequest) -> SafeString:
        url = reverse("documents:download", args=[row.proof_id])
        return format_html('<a href="{}">Download it</a> (your view is written into the history)', url)
