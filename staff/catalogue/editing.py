"""How staff edit the rows of the catalogue: with history, and with the search index kept up to
date.
"""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from ceus.models import Course, Provider, Topic
from ceus.services.catalogue import free_slug, index_courses, record_listing
from core import clock
from core.form_fields import WebAddressField
from staff.actions import staff_user
from staff.exports import FieldNames
from staff.lists import StaffAdmin

Listing = TypeVar("Listing", bound=Course | Provider | Topic)


class CatalogueAdmin(StaffAdmin[Listing]):
    """A list of rows that staff may edit, with history. The search index follows every change.

    A row's slug is made once and never changes.
    """

    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d")},
        models.URLField: {"form_class": WebAddressField, "widget": forms.URLInput},
        models.TextField: {"widget": forms.Textarea({"rows": 4})},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }
    only_of_stored: ClassVar[tuple[str, ...]] = ("ceus_from",)  # fields that a new row does not have

    def courses_of(self, row: Listing) -> "QuerySet[Course]":
        """Return the courses whose search text depends on `row`."""
        return Course.objects.filter(pk=row.pk)

    def get_fields(self, request: HttpRequest, obj: Listing | None = None) -> FieldNames:
        """Return the fields to show. `seen` is left out: the template has it at the top of the
        form, hidden. A new row lacks the fields that only a stored one has.
        """
        hidden = (
            {"seen"} if obj and self.has_change_permission(request, obj) else {"seen", *self.only_of_stored}
        )
        return [name for name in super().get_fields(request, obj) if name not in hidden]

    def save_model(self, request: HttpRequest, obj: Listing, form: Any, change: bool) -> None:
        if not change:
            obj.slug = free_slug(obj)
        reason = self.save_row(request, obj, form, change)
        by = staff_user(request)
        record_listing(obj, is_new=not change, changes=form.changes(), by=by, at=clock.now(), reason=reason)

    def save_row(self, request: HttpRequest, obj: Listing, form: Any, change: bool) -> str:
        """Save the row; return the reason that staff gave."""
        obj.save()
        return ""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        index_courses(self.courses_of(form.instance))
