"""Extensions and waivers, as staff see them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.policy_words import in_policy_words
from core.templatetags.words import day
from hardship.checks import WAIVE, permission_to_decide, permission_to_propose
from hardship.models import Relief
from hardship.notices import fee_words
from staff.actions import ActionLink
from staff.filters import QueueFilter
from staff.hardship import actions, pages
from staff.lists import ReadOnlyAdmin

State = Relief.State


class ReliefFilter(QueueFilter[Relief]):
    """A filter of the list of reliefs. Without a choice or a search it shows those that wait."""

    usual = "waiting"
    labels = {
        "waiting": "Waiting",
        "asked": "Asked for",
        "proposed": "Proposed",
        "granted": "Granted",
        "all": "All",
    }

    def parts(self, rows: "QuerySet[Relief]") -> "dict[str, QuerySet[Relief]]":
        return {
            "waiting": rows.filter(state__in=Relief.OPEN),
            "asked": rows.filter(state=State.ASKED),
            "proposed": rows.filter(state=State.PROPOSED),
            "granted": rows.filter(state=State.GRANTED),
        }


@admin.register(Relief)
class ReliefAdmin(ReadOnlyAdmin[Relief]):
    person = "cycle__credential__trainer"
    search_help_text = in_policy_words("The {holder}'s name, email address or certification number")
    ordering = ("made_at", "pk")
    list_display = ("who", "what", "kind", "day_or_fee", "state", "made_at")
    list_filter = (ReliefFilter, "what", "kind")
    list_select_related = ("cycle__credential__trainer",)
    fields = (
        *("cycle", "what", "case_ref", "kind", "why", "asked_through", "asked_at", "look_at_evidence"),
        *("day_or_fee", "needs_two", "note", "proposed_by", "proposed_at"),
        *("decided_by", "decided_at", "words", "taken_back_why", "state", "ended_at"),
    )

    def heading(self, row: Relief) -> str:
        return f"{row.get_what_display()}, {row.trainer.name}"

    def get_urls(self) -> list[URLPattern]:
        decline = self.action("decline", actions.action_to_decline, "hardship.view_relief")
        return [
            self.page("decide", pages.decide_page, "hardship.view_relief"),
            decline,
            self.action("take-back", actions.action_to_take_back, WAIVE),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Relief) -> list[ActionLink]:
        names: dict[str, str] = {}
        decides = request.user.has_perm(permission_to_decide(row.what))
        own = row.proposed_by_id == request.user.pk
        if row.state in Relief.OPEN and not own:
            if decides:
                names = {"decide": "Grant…", "decline": "Decline…"}
            elif row.state == State.ASKED and request.user.has_perm(permission_to_propose(row.what)):
                names = {"decide": "Propose…"}
        elif row.state == State.GRANTED and row.is_waiver and not row.charge_id and decides:
            names = {"take-back": "Take back…"}
        return [ActionLink(label, self.address(name, row.pk)) for name, label in names.items()]

    @admin.display(description="new last day or fee")
    def day_or_fee(self, row: Relief) -> str:
        if row.is_waiver:
            return fee_words(row)
        through = row.through or row.asked_through
        return day(through) if through else ""

    @admin.display(description="evidence")
    def look_at_evidence(self, row: Relief) -> SafeString:
        files = row.evidence.select_related("document")
        links = (
            (reverse("documents:download", args=[one.document_id]), one.document.original_name)
            for one in files
        )
        found = format_html_join(" ", '<a class="in-list" href="{}">{}</a>', links)
        return found or SafeString("–")
