"""Employers, their people and the consents of trainers, as staff see them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern

from core import clock
from core.policy_words import in_policy_words
from employers import services
from employers.models import ApiKey, Consent, Employer, EmployerPerson, Listing, Widget
from employers.services.people import LEADS
from staff.actions import ActionLink, staff_user
from staff.employers import actions
from staff.employers.forms import EmployerForm
from staff.exports import FieldNames
from staff.lists import ReadOnlyAdmin, StaffAdmin
from staff.organisations.keys import ProgramKeyAdmin
from staff.organisations.people import RoleAdmin
from staff.tabs import Tab, register_tab


@admin.register(Employer)
class EmployerAdmin(StaffAdmin[Employer]):
    form = EmployerForm
    texts = ("name__icontains",)
    search_help_text = "A part of the name"
    ordering = ("name",)
    list_display = ("name", "state", "made_at")
    list_filter = ("state",)

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("invite", actions.PEOPLE.action_to_invite, LEADS),
            self.action("close", actions.action_to_close, LEADS),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Employer | None = None) -> FieldNames:
        """Return the name. `seen` is left out: the template has it at the top of the form, hidden."""
        return ["name"]

    def action_links(self, request: HttpRequest, row: Employer) -> list[ActionLink]:
        """Return the buttons that invite a person and close the employer, for whoever leads employers."""
        if row.state == Employer.State.CLOSED or not request.user.has_perm(LEADS):
            return []
        return [
            ActionLink("Invite somebody to see the team", self.address("invite", row.pk)),
            ActionLink("Close the employer", self.address("close", row.pk)),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Employer | None = None) -> bool:
        """Return whether staff may rename it: a closed employer keeps its name."""
        is_closed = obj is not None and obj.state == Employer.State.CLOSED
        return not is_closed and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        told = {"name": form.cleaned_data["name"], "by": staff_user(request), "at": clock.now()}
        if change:
            services.rename_employer(obj, **told)
        else:
            obj.pk = services.add_employer(**told).pk


@admin.register(EmployerPerson)
class EmployerPersonAdmin(RoleAdmin[EmployerPerson]):
    doing, leads = actions.PEOPLE, LEADS
    texts = ("person__email__istartswith", "employer__name__istartswith")
    search_help_text = "How the email address or the employer's name begins"
    list_display = ("name", "employer", "state", "invited_at")
    list_select_related = ("person", "employer", "invited_by")
    fields = ("name", "email", "employer", "state", "invited_by", "invited_at", "link_ends_at", "ended_at")


@admin.register(ApiKey)
class EmployerKeyAdmin(ProgramKeyAdmin[ApiKey]):
    leads = LEADS
    texts = ("prefix__istartswith", "employer__name__istartswith")
    search_help_text = "How the key or the employer's name begins"
    list_display = ("name", "employer", "prefix", "made_at", "last_used_at", "revoked_at")
    list_select_related = ("employer", "made_by", "revoked_by")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin[Consent]):
    person = "trainer"
    texts = ("employer__name__istartswith",)
    search_help_text = in_policy_words(
        "The {holder}'s name, email address or certification number, or how the employer's name begins"
    )
    list_display = ("who", "employer", "state", "given_at", "ended_at")
    list_filter = ("state",)
    list_select_related = ("trainer", "employer")
    fields = ("trainer", "employer", "state", "given_at", "ended_at")

    def heading(self, row: Consent) -> str:
        return f"{row.trainer.name} to {row.employer.name}"


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin[Listing]):
    person = "trainer"
    texts = ("city__istartswith",)
    search_help_text = in_policy_words(
        "The {holder}'s name, email address or certification number, or how the city begins"
    )
    list_display = ("who", "city", "state", "listed_at", "ended_at")
    list_filter = ("state", "topics")
    list_select_related = ("trainer",)
    fields = ("trainer", "city", "topics", "state", "listed_at", "ended_at")

    def get_urls(self) -> list[URLPattern]:
        pages = {
            "take-off": actions.action_to_take_off,
            "empty-city": actions.action_to_empty_city,
            "allow": actions.action_to_allow_again,
        }
        return [*(self.action(name, make, LEADS) for name, make in pages.items()), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: Listing) -> list[ActionLink]:
        """Return what may be done to the entry, but for one's own."""
        if not request.user.has_perm(LEADS) or request.user.pk == row.trainer_id:
            return []
        if row.state == Listing.State.REMOVED:
            return [ActionLink("Let them enter again…", self.address("allow", row.pk))]
        if row.state != Listing.State.LISTED:
            return []
        city = [ActionLink("Empty the city…", self.address("empty-city", row.pk))] if row.city else []
        return [ActionLink("Take it off the directory…", self.address("take-off", row.pk)), *city]

    def heading(self, row: Listing) -> str:
        return f"{row.trainer.name} in the directory"


@admin.register(Widget)
class WidgetAdmin(ReadOnlyAdmin[Widget]):
    person = "credential__trainer"
    search_help_text = in_policy_words("The {holder}'s name, email address or certification number")
    list_display = ("who", "credential", "state", "made_at", "ended_at")
    list_filter = ("state",)
    list_select_related = ("credential__trainer",)
    fields = ("credential", "state", "made_at", "ended_at")

    def heading(self, row: Widget) -> str:
        return f"{row.credential.trainer.name} on other sites"


register_tab(
    Tab(66, "Employers", "admin:employers_employer_changelist", "employers.view_employer", ("employers",))
)
