"""Proposals for a second person, as staff see them."""

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.models import Proposal
from core.history import subject_kind, subject_pk
from core.policy_words import in_policy_words
from staff.actions import ActionLink
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.two_people import actions

VIEW = "cases.view_proposal"


class ProposalFilter(QueueFilter[Proposal]):
    """A filter of the list of proposals. Without a choice or a search it shows those that wait."""

    usual = "waiting"
    labels = {"waiting": "Waiting", "ended": "Decided", "all": "All"}

    def parts(self, rows: "QuerySet[Proposal]") -> "dict[str, QuerySet[Proposal]]":
        return {
            "waiting": rows.filter(state__in=Proposal.OPEN),
            "ended": rows.filter(ended_at__isnull=False),
        }


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin[Proposal]):
    person = "trainer"
    search_help_text = in_policy_words("The {holder}'s name, email address or certification number")
    ordering = ("-at", "-pk")
    list_display = ("what", "who", "by_whom", "at", "state")
    list_filter = (ProposalFilter,)
    list_select_related = ("trainer", "by")
    fields = (
        *("what", "trainer", "about", "reason", "by", "at"),
        *("state", "agreed_by", "agreed_at", "ended_at"),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Proposal]":
        return super().get_queryset(request).select_related("trainer", "by")

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("confirm", actions.action_to_confirm, VIEW),
            self.action("take-back", actions.action_to_take_back, VIEW),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Proposal) -> list[ActionLink]:
        """Return the buttons of a waiting proposal. Its author may only take it back."""
        person = request.user
        if row.state != Proposal.State.WAITING or not person.has_perm(row.permission):
            return []
        names = {"confirm": "Confirm", "take-back": "Take it back"}
        if person.pk == row.by_id:
            del names["confirm"]
        if person.pk == row.trainer_id:
            names = {}
        return [ActionLink(label, self.address(name, row.pk)) for name, label in names.items()]

    @admin.display(description="what")
    def what(self, proposal: Proposal) -> str:
        return proposal.get_kind_display()

    @admin.display(description="by")
    def by_whom(self, proposal: Proposal) -> str:
        return proposal.by.name

    @admin.display(description="about")
    def about(self, proposal: Proposal) -> SafeString:
        """Return a link to the row that the proposal is about."""
        model = apps.get_model(subject_kind(proposal.subject))
        row = model._default_manager.get(pk=subject_pk(proposal.subject))
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, row)
