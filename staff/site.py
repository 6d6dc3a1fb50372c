"""The admin site that staff work in, at /staff/: Today, and every list."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path
from django.utils.functional import SimpleLazyObject

from staff.actions import staff_user
from staff.desk.reading import read_note
from staff.finding.page import find_page
from staff.first_page import first_page
from staff.help import help_page
from staff.keys import keys_page
from staff.lists import StaffAdmin
from staff.organisation.views import organisation_page
from staff.people.views import people_urls
from staff.policy.draft_page import draft_page
from staff.policy.views import policy_page, simulator_page
from staff.reports.page import choose_weekly, report_page
from staff.reports.weekly import SEE
from staff.tabs import Tab, lists_of_tab, register_tab, tabs_for
from trainers.services.people import LEADS

APPS = (
    "renewals",
    "petitions",
    "audits",
    "trainers",
    "names",
    "outbox",
    "core",
    "ceus",
    "documents",
    "payments",
)


class StaffSite(admin.AdminSite):
    site_header = "Recertification staff"
    site_title = "Staff"
    index_title = "Today"
    site_url = "/"
    empty_value_display = "–"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register a model, but only with an admin class written for this site.

        The admin classes of other packages would show secrets, and offer edits that bypass the
        services.
        """
        if admin_class and issubclass(admin_class, StaffAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def each_context(self, request: HttpRequest) -> dict[str, object]:
        frame = {
            "time_zone": settings.TIME_ZONE,
            "tabs": SimpleLazyObject(lambda: tabs_for(request)),
            "lists_of_tab": SimpleLazyObject(lambda: lists_of_tab(request)),
            "icon_url": static("img/icon.svg"),
        }
        return {**super().each_context(request), **frame}

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        """Show Today: what waits for this person."""
        return super().index(request, {**first_page(staff_user(request)), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, object]]:
        """Return the apps, the most used first."""
        found: list[dict[str, object]] = super().get_app_list(request, app_label)
        for app in found:
            app["name"] = "Staff" if app["app_label"] == "auth" else app["name"]
        return sorted(
            found, key=lambda app: APPS.index(app["app_label"]) if app["app_label"] in APPS else len(APPS)
        )

    def password_change(  # type: ignore[override] # Django answers with a page of its own
        self, request: HttpRequest, extra_context: object = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [
            path("policy/", self.admin_view(policy_page), name="policy"),
            path("policy/draft/", self.admin_view(draft_page), name="policy_draft"),
            path("policy/try/", self.admin_view(simulator_page), name="policy_try"),
            path("organisation/", self.admin_view(organisation_page), name="organisation"),
            *people_urls(self.admin_view),
            path("reports/", self.admin_view(self.reports), name="reports"),
            path("reports/weekly/", self.admin_view(self.weekly_report), name="weekly_report"),
            path("find/", self.admin_view(self.find), name="find"),
            path("keys/", self.admin_view(self.keys), name="keys"),
            path("help/", self.admin_view(self.help), name="help"),
            path("notes/<int:object_id>/read/", self.admin_view(read_note), name="read_note"),
            *super().get_urls(),
        ]

    def reports(self, request: HttpRequest) -> HttpResponse:
        """Show the report of a span of days."""
        if not request.user.has_perm(SEE):
            raise PermissionDenied
        return report_page(request, self.each_context(request))

    def weekly_report(self, request: HttpRequest) -> HttpResponse:
        """Switch one's own weekly report by mail on or off."""
        if not request.user.has_perm(SEE):
            raise PermissionDenied
        return choose_weekly(request)

    def find(self, request: HttpRequest) -> HttpResponse:
        """Show the results for the search field."""
        return find_page(request, self.each_context(request))

    def help(self, request: HttpRequest) -> HttpResponse:
        """Show the help for staff."""
        return help_page(request, self.each_context(request))

    def keys(self, request: HttpRequest) -> HttpResponse:
        """Show what each keyboard shortcut does, and switch them on or off for oneself."""
        return keys_page(request, self.each_context(request))


register_tab(Tab(0, "Today", "admin:index", ""))
register_tab(Tab(70, "Reports", "admin:reports", SEE))
register_tab(Tab(90, "Rules", "admin:policy", "trainers.view_credential", ("badges",)))
register_tab(Tab(100, "People", "admin:people", LEADS, ("auth", "organisation")))
