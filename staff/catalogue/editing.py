"""How staff edit the rows of the catalogue: with history, and with the search index kept up to
date.
"""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import slugify

from ceus.models import Course
from ceus.services.catalogue import index_course
from core import clock
from core.history import record_history
from staff.actions import staff_user
from staff.lists import StaffAdmin


class CatalogueAdmin(StaffAdmin):
    """A list of rows that staff may edit, with history. The search index follows every change.

    A row's slug is made once and never changes.
    """

    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d")},
        models.URLField: {"widget": forms.URLInput, "assume_scheme": "https"},
        models.TextField: {"widget": forms.Textarea({"rows": 4})},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }
    only_of_stored: ClassVar[tuple[str, ...]] = ("ceus_from",)  # fields that a new row does not have

    def courses_of(self, row: Any) -> "QuerySet[Course]":
        """Return the courses whose search text depends on `row`."""
        return Course.objects.filter(pk=row.pk)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fields to show. `seen` is left out: the template has it at the top of the
        form, hidden. A new row lacks the fields that only a stored one has.
        """
        hidden = (
            {"seen"} if obj and self.has_change_permission(request, obj) else {"seen", *self.only_of_stored}
        )
        return [name for name in super().get_fields(request, obj) if name not in hidden]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.slug = free_slug(type(obj), str(obj))
        reason = self.save_row(request, obj, form, change)
        changed = form.changes()
        if changed:
            verb = "changed" if change else "added"
            record_history(
                obj, verb, trainer=None, by=staff_user(request), at=clock.now(), reason=reason, detail=changed
            )

    def save_row(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> str:
        """Save the row; return the reason that staff gave."""
        obj.save()
        return ""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for course in self.courses_of(form.instance).select_related("provider"):
            index_course(course)


def free_slug(model: type[models.Model], text: str) -> str:
    """Return a slug made from `text` that no row of `model` has."""
    stem = slugify(text)[:50] or "item"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken
    )
