"""Erasures, as staff see them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern

from core.models import Erasure
from core.policy_words import in_policy_words
from staff.actions import ActionLink
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.trainers import erasing

MAY = "core.erase_person"


class ErasureFilter(QueueFilter[Erasure]):
    """A filter of the list of erasures. Without a choice or a search it shows those that have not
    ended.
    """

    usual = "open"
    labels = {"open": "Not ended", "ended": "Ended", "all": "All"}

    def parts(self, rows: "QuerySet[Erasure]") -> "dict[str, QuerySet[Erasure]]":
        return {"open": rows.filter(state__in=Erasure.OPEN), "ended": rows.filter(ended_at__isnull=False)}


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin[Erasure]):
    person = "trainer"
    search_help_text = in_policy_words("The {holder}'s name, email address or certification number")
    ordering = ("-asked_at", "-pk")
    list_display = ("number", "who", "state", "asked_at", "ended_at")
    list_filter = (ErasureFilter,)
    list_select_related = ("trainer",)
    fields = (
        "number",
        "trainer",
        "state",
        "asked_by",
        "asked_at",
        "confirmed_by",
        "confirmed_at",
        "ended_at",
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("agree", erasing.action_to_agree, MAY),
            self.action("drop", erasing.action_to_drop, MAY),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Erasure) -> list[ActionLink]:
        if row.state != Erasure.State.ASKED or not request.user.has_perm(MAY):
            return []
        return [
            ActionLink("Confirm", self.address("agree", row.pk)),
            ActionLink("Drop", self.address("drop", row.pk)),
        ]

    @admin.display(description="numbers")
    def number(self, erasure: Erasure) -> str:
        return str(erasure)
