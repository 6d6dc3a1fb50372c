"""The list of cycles, and the page of one."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.deadlines import full_day
from core.policy_words import in_policy_words
from rules.days import FOR_LIFE, day_or_none, is_for_life
from rules.given_status import status_words
from staff.exports import FieldNames
from staff.lists import ReadOnlyAdmin
from staff.reports.filters import EXPIRES, LAST_DAY
from staff.trainers.cycles import OutcomeFilter
from trainers.given_statuses import statuses_are_given
from trainers.models import Cycle, Trainer


@admin.register(Cycle)
class CycleAdmin(ReadOnlyAdmin[Cycle]):
    person = "credential__trainer"
    search_help_text = in_policy_words("A certification number, or the {holder}'s name or email address")
    ordering = ("-expires_on", "-pk")
    list_display = ("credential", "who", "starts_on", "expires", "applies_through")
    list_filter = (OutcomeFilter, EXPIRES, LAST_DAY)
    list_select_related = ("credential__trainer",)
    fields = (
        "credential",
        "trainer",
        "starts_on",
        "ends",
        "counted_from",
        *("opens", "completed_through", "renewed_through"),
        "draw_id",
    )
    readonly_fields = (
        "draw_id",
        "counted_from",
        "ends",
        "opens",
        "completed_through",
        "renewed_through",
        "given",
    )

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns; that of statuses only where a policy gives one."""
        return [*super().get_list_display(request), *(("given",) if statuses_are_given() else ())]

    def get_fields(self, request: HttpRequest, obj: Cycle | None = None) -> FieldNames:
        """Return the fields; the way and its status only where a policy gives one."""
        return [*super().get_fields(request, obj), *(("renewed_by", "given") if statuses_are_given() else ())]

    @admin.display(description=in_policy_words("{holder}"))
    def trainer(self, cycle: Cycle) -> Trainer:
        return cycle.credential.trainer

    @admin.display(description="status")
    def given(self, cycle: Cycle) -> str:
        path = cycle.status_path
        return status_words(str(path.status)) if path else "active"

    @admin.display(description="expires on", ordering="expires_on")
    def expires(self, cycle: Cycle) -> date | str:
        return day_or_none(cycle.expires_on) or FOR_LIFE

    @admin.display(description="last day to apply", ordering="last_day_to_apply")
    def applies_through(self, cycle: Cycle) -> date | None:
        return day_or_none(cycle.last_day_to_apply)

    @admin.display(description="expires on")
    def ends(self, cycle: Cycle) -> str:
        return _last_day_words(cycle.expires_on)

    @admin.display(description="opens on")
    def opens(self, cycle: Cycle) -> str:
        return _last_day_words(cycle.opens_on)

    @admin.display(description="completion deadline")
    def completed_through(self, cycle: Cycle) -> str:
        return _last_day_words(cycle.completion_deadline)

    @admin.display(description="last day to apply")
    def renewed_through(self, cycle: Cycle) -> str:
        return _last_day_words(cycle.last_day_to_apply)


def _last_day_words(day: date) -> str:
    return FOR_LIFE if is_for_life(day) else full_day(day)
