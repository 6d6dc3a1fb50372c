"""The draw as staff see it: periods, opened with the public value that was named, and who was drawn."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern

from audits import services
from audits.models import Draw, DrawPeriod
from core import clock
from core.forms import PlainForm
from staff.actions import Act, Tool
from staff.lists import ReadOnlyAdmin

OPEN = "audits.open_drawperiod"


class OpenForm(PlainForm):
    public_value = forms.CharField(
        label="Public value",
        required=False,
        help_text="As it was published, character by character. Empty: you declare that there is none.",
    )


def open_period(request: HttpRequest, period: DrawPeriod) -> Act:
    def do(answers: dict[str, Any]) -> str:
        opened = services.open_period(period, by=request.user, at=clock.now(), **answers)
        return f"{opened.code} is open. Renewals that waited are drawn within minutes."

    named = period.public_value_name or "none was named"
    return Act(
        title=f"Open {period.code}",
        button="Open this period",
        do=do,
        form=OpenForm,
        lines=(
            f"The value that was announced: {named}.",
            "It is mixed into every draw of the period, is shown to everybody, and cannot be changed afterwards.",
        ),
    )


@admin.register(DrawPeriod)
class DrawPeriodAdmin(ReadOnlyAdmin):
    texts = ("code__startswith",)
    search_help_text = "A period, for example 2026-Q4"
    list_display = ("code", "policy_code", "first_on", "last_on", "where", "rate", "drawn", "chosen")
    fields = (
        *("code", "policy_code", "first_on", "last_on", "where", "rate", "commitment"),
        *("public_value_name", "public_value", "announced_at", "opened_at", "closed_at", "secret"),
    )
    ordering = ("-first_on", "-pk")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[DrawPeriod]":
        found: QuerySet[DrawPeriod] = super().get_queryset(request)
        chosen = Count("draws", filter=Q(draws__selected=True))
        return found.annotate(drawn=Count("draws"), chosen=chosen)

    def get_urls(self) -> list[URLPattern]:
        return [self.act("open", open_period, OPEN), *super().get_urls()]

    def tools(self, request: HttpRequest, row: DrawPeriod) -> list[Tool]:
        if row.state == DrawPeriod.State.ANNOUNCED and request.user.has_perm(OPEN):
            return [Tool("Open this period", self.address("open", row.pk))]
        return []

    @admin.display(description="where it stands")
    def where(self, period: DrawPeriod) -> str:
        return DrawPeriod.State(period.state).label

    @admin.display(description="drawn")
    def drawn(self, period: Any) -> int:
        return int(period.drawn)

    @admin.display(description="chosen")
    def chosen(self, period: Any) -> int:
        return int(period.chosen)


@admin.register(Draw)
class DrawAdmin(ReadOnlyAdmin):
    person = "cycle__credential__trainer"
    search_help_text = "The trainer's name, email address or certification number"
    list_display = ("cycle", "who", "period", "selected", "drawn_at")
    list_filter = ("selected",)
    list_select_related = ("cycle__credential__trainer", "period")
    fields = ("cycle", "period", "x", "selected", "drawn_at")
