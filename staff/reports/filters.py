"""Filters that narrow a list to the rows behind a figure of the report."""

from typing import ClassVar

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from core.templatetags.words import money
from payments.models import LedgerEntry
from petitions.models import Decision
from renewals.models import Application
from staff.filters import QueueFilter
from staff.reports.prices import price_labels
from staff.reports.promise import late_decisions
from staff.reports.span import span_filter
from trainers.models import Trainer

ENDED = span_filter("ended_at", "ended")
EXPIRES = span_filter(
    "expires_on", "expires", is_moment=False, shown=("This month", "Next month", "This year")
)
LAST_DAY = span_filter("last_day_to_apply", "last day to apply", is_moment=False)
MADE = span_filter("made_at", "opened")
MOVED = span_filter("at", "booked")
CONCLUDED = "decided"  # of decisions: not those that only asked
ARRIVES = span_filter("arrives_on", "at the bank", is_moment=False)
BOOKED = span_filter("entry__at", "booked here")
HAPPENED = span_filter("happened_at", "at the provider")


class PriceFilter(admin.SimpleListFilter):
    """A filter of the list of renewals by one price."""

    title, parameter_name = "price", "price"

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Model]") -> list[tuple[str, str]]:
        return [(str(cents), f"{money(cents)}, {label.lower()}") for cents, label in price_labels().items()]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Model]") -> "QuerySet[Model]":
        asked = self.value() or ""
        short = asked.isascii() and asked.isdigit() and len(asked) <= len("4294967295") - 1
        return queryset.filter(fee_total_cents=int(asked)) if short else queryset


class ReceiptFilter(QueueFilter[Application]):
    """A filter of the list of renewals by whether they were received by the expiration date, or
    after it.
    """

    title, parameter_name = "received", "received"
    labels: ClassVar[dict[str, str]] = {"on_time": "On time", "late": "After the expiration date"}

    def parts(self, rows: "QuerySet[Application]") -> "dict[str, QuerySet[Application]]":
        on_time = Q(received_on__lte=F("cycle__expires_on"))
        return {"on_time": rows.filter(on_time), "late": rows.filter(~on_time, received_on__isnull=False)}


class PersonFilter(admin.SimpleListFilter):
    """Filters a list of decisions to those of one chosen member of staff."""

    title, parameter_name = "by", "by"

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Model]") -> list[tuple[str, str]]:
        deciding = Permission.objects.filter(codename__startswith="decide_")
        people = Trainer.objects.filter(
            Q(groups__permissions__in=deciding) | Q(is_superuser=True), is_staff=True
        )
        return [(str(one.pk), one.name) for one in people.distinct().order_by("name", "pk")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Model]") -> "QuerySet[Model]":
        known = [code for code, _ in self.lookup_choices]
        return queryset.filter(by=self.value()) if self.value() in known else queryset


class ConclusionFilter(QueueFilter[Decision]):
    """A filter of a list of decisions by whether they concluded something, or only asked."""

    title, parameter_name = "says", "says"
    labels: ClassVar[dict[str, str]] = {CONCLUDED: "Decided", "asked": "Asked"}

    def parts(self, rows: "QuerySet[Decision]") -> "dict[str, QuerySet[Decision]]":
        steps = rows.model.STEPS
        return {CONCLUDED: rows.exclude(verdict__in=steps), "asked": rows.filter(verdict__in=steps)}


class WhatForFilter(QueueFilter[LedgerEntry]):
    """A filter of the ledger by what was paid for."""

    title, parameter_name = "for", "for"
    labels: ClassVar[dict[str, str]] = {
        "renewal": "Renewals",
        "petition": "Petitions",
        "course_request": "Requests of providers",
        "yearly_fee": "Yearly fees",
    }

    def parts(self, rows: "QuerySet[LedgerEntry]") -> "dict[str, QuerySet[LedgerEntry]]":
        return {kind: rows.filter(charge__kind=kind) for kind in self.labels}


class PaidOutFilter(QueueFilter[LedgerEntry]):
    """A filter of the ledger to rows that moved money, such as those that are in a payout and those
    that are not yet.
    """

    title, parameter_name = "payout", "paid"
    labels: ClassVar[dict[str, str]] = {
        "waiting": "Not paid out yet",
        "done": "Paid out",
        "all": "All money",
        "moved": "Money by the provider",
        "payments": "Payments by the provider",
        "refunds": "Refunds by the provider",
        "disputes": "Disputes",
        "hand": "Went by hand",
    }

    def parts(self, rows: "QuerySet[LedgerEntry]") -> "dict[str, QuerySet[LedgerEntry]]":
        moved = rows.filter(kind__in=LedgerEntry.MONEY, hand_reference="")
        return {
            "waiting": moved.filter(line__isnull=True),
            "done": moved.filter(line__isnull=False),
            "all": rows.filter(kind__in=LedgerEntry.MONEY),
            "moved": moved,
            "payments": moved.filter(kind="payment"),
            "refunds": moved.filter(kind__in=("refund", "undone")),
            "disputes": moved.filter(kind__in=("dispute", "won")),
            "hand": rows.exclude(hand_reference=""),
        }


class PromiseFilter(QueueFilter[Decision]):
    """A filter of the list of decisions about petitions: those made after the promised day."""

    title, parameter_name = "promise", "promise"
    labels: ClassVar[dict[str, str]] = {"late": "After the promised day"}

    def parts(self, rows: "QuerySet[Decision]") -> "dict[str, QuerySet[Decision]]":
        return {"late": late_decisions(rows)}


def rows_url(model: str, **asked: object) -> str:
    """Return the URL of the list of `model` ("app_model"), filtered by what is `asked`."""
    return f"{reverse(f'admin:{model}_changelist')}?{urlencode({name: str(value) for name, value in asked.items()})}"
