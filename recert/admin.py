"""The groups of staff, to look at: what each may do stands in `recert.groups`."""

from django.contrib import admin
from django.contrib.auth.models import Group

from recert.staff_lists import ReadOnlyAdmin


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ("name",)
    fields = ("name", "may")
    ordering = ("name",)

    @admin.display(description="may")
    def may(self, group: Group) -> str:
        return ", ".join(one.name for one in group.permissions.select_related("content_type"))
