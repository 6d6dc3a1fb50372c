"""The catalogue, which staff edit, and the CEU records, which they only read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

from ceus.models import CeuRecord, Course, Provider, RecordDocument, Topic
from ceus.services.catalogue import index_course
from core import clock
from core.history import record_history
from rules.units import format_hundredths
from staff.catalogue.forms import CourseForm, ProviderForm, TopicForm
from staff.lists import ReadOnlyAdmin, StaffAdmin


class CatalogueAdmin(StaffAdmin):
    """Rows that staff edit here, with history. The search index follows every change.

    The slug is made once and stays.
    """

    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d")},
        models.URLField: {"widget": forms.URLInput, "assume_scheme": "https"},
        models.TextField: {"widget": forms.Textarea({"rows": 4})},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }

    def courses_of(self, row: Any) -> "QuerySet[Course]":
        """Return the courses whose search text contains something of `row`."""
        return Course.objects.filter(pk=row.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.slug = _free_slug(type(obj), str(obj))
        super().save_model(request, obj, form, change)
        changed = {
            name: [_history_value(form.initial.get(name)), _history_value(form.cleaned_data[name])]
            for name in form.changed_data
        }
        if changed:
            verb = "changed" if change else "added"
            record_history(obj, verb, trainer=None, by=request.user, at=clock.now(), detail=changed)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for course in self.courses_of(form.instance).select_related("provider"):
            index_course(course)


@admin.register(Provider)
class ProviderAdmin(CatalogueAdmin):
    form = ProviderForm
    texts = ("name__icontains",)
    search_help_text = "A part of the name"
    ordering = ("name",)
    list_display = ("name", "approved_from", "approved_through")

    def courses_of(self, row: Provider) -> "QuerySet[Course]":
        return row.courses.all()


@admin.register(Topic)
class TopicAdmin(CatalogueAdmin):
    form = TopicForm
    texts = ("name__icontains",)
    search_help_text = "A part of the name"
    ordering = ("name",)
    list_display = ("name",)

    def courses_of(self, row: Topic) -> "QuerySet[Course]":
        return row.courses.all()


@admin.register(Course)
class CourseAdmin(CatalogueAdmin):
    form = CourseForm
    texts = ("title__icontains", "provider__name__icontains")
    search_help_text = "A part of the title or of the provider's name"
    ordering = ("title", "pk")
    list_display = ("title", "provider", "ceus", "format", "approved_from", "approved_through")
    list_filter = ("format", "topics")
    list_select_related = ("provider",)

    @admin.display(description="CEUs")
    def ceus(self, course: Course) -> str:
        return format_hundredths(course.hundredths)


@admin.register(CeuRecord)
class CeuRecordAdmin(ReadOnlyAdmin):
    person = "credential__trainer"
    texts = ("title__istartswith",)
    search_help_text = "The trainer's name, email address or certification number, or how the title begins"
    list_display = ("title", "who", "ceus", "completed_on", "state", "claimed_for")
    list_filter = ("state", "category")
    list_select_related = ("credential__trainer", "claimed_for__credential")
    fields = (
        "title",
        "trainer",
        "credential",
        "category",
        "course",
        "ceus",
        "completed_on",
        "valid_through",
        "state",
        "reported_by_provider",
        "claimed_for",
        "files",
        "logged_at",
        "logged_by",
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[CeuRecord]":
        files = RecordDocument.objects.select_related("document")
        return super().get_queryset(request).prefetch_related(Prefetch("evidence", files))

    def trainer(self, record: CeuRecord) -> Any:
        return record.credential.trainer

    @admin.display(description="CEUs")
    def ceus(self, record: CeuRecord) -> str:
        return format_hundredths(record.hundredths)

    @admin.display(description="files")
    def files(self, record: CeuRecord) -> SafeString:
        rows = (
            (_file_page(one), one.get_part_display(), one.document, _replaced(one))
            for one in record.evidence.all()
        )
        items = format_html_join("", '<li><a href="{}">{}: {}</a>{}</li>', rows)
        return format_html('<ul class="plain">{}</ul>', items)


def _file_page(evidence: RecordDocument) -> str:
    return reverse("documents:download", args=[evidence.document_id])


def _replaced(evidence: RecordDocument) -> str:
    return " (replaced)" if evidence.replaced_at else ""


def _history_value(value: Any) -> str:
    """Return a form's value as history keeps it."""
    if isinstance(value, list | QuerySet):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def _free_slug(model: type[models.Model], text: str) -> str:
    stem = slugify(text)[:50] or "item"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken
    )
