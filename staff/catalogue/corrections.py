"""Corrections of records, as staff see them."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern

from ceus.models import Correction
from ceus.services.correcting import MAY
from core.policy_words import in_policy_words, portal_unit
from core.templatetags.words import day
from staff.actions import ActionLink
from staff.catalogue import correcting
from staff.lists import ReadOnlyAdmin


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin[Correction]):
    person = "record__credential__trainer"
    texts = ("title_before__istartswith",)
    search_help_text = in_policy_words(
        "The {holder}'s name, email address or certification number, or how the title begins"
    )
    list_display = ("title_before", "who", "by_whom", "at", "reason")
    list_select_related = ("record__credential__trainer", "by")
    fields = ("record", "whose", "course", "days", "ceus", "reason", "by", "at", "takes_back")

    def get_urls(self) -> list[URLPattern]:
        return [self.action("take-back", correcting.action_to_take_back, MAY), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: Correction) -> list[ActionLink]:
        """Return the button that takes the correction back, while no renewal claims the record."""
        newest = row.record.corrections.order_by("-pk").first()
        open_still = row == newest and row.takes_back_id is None and row.record.claimed_for_id is None
        if not open_still or not request.user.has_perm(MAY):
            return []
        return [ActionLink("Take it back", self.address("take-back", row.pk))]

    @admin.display(description="by")
    def by_whom(self, row: Correction) -> str:
        return row.by.name

    @admin.display(description="certification")
    def whose(self, row: Correction) -> str:
        return _before_after(row.credential_before.display_number, row.credential_after.display_number)

    @admin.display(description="course")
    def course(self, row: Correction) -> str:
        return _before_after(row.title_before, row.title_after)

    @admin.display(description="day")
    def days(self, row: Correction) -> str:
        return _before_after(day(row.completed_on_before), day(row.completed_on_after))

    @admin.display(description=in_policy_words("{units}"))
    def ceus(self, row: Correction) -> str:
        return _before_after(*map(portal_unit().format, (row.hundredths_before, row.hundredths_after)))


def _before_after(before: str, after: str) -> str:
    return before if before == after else f"{before}, now {after}"
