"""People, credentials, cycles and history, as staff see them."""

from collections.abc import Iterable
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.models import HistoryEntry, Merge
from core.policy_words import in_policy_words
from hardship.checks import PROPOSE, WAIVE
from rules.days import day_or_life
from staff.actions import Action, ActionLink, run_action, staff_user
from staff.desk.actions import action_to_note, action_to_stay_away
from staff.filters import QueueFilter
from staff.hardship import pages
from staff.lists import LONGEST_KEY, ReadOnlyAdmin
from staff.payments.giving import GIVE, choose_payment
from staff.roles import DECIDES
from staff.trainers import actions, erasing
from staff.trainers.facts import action_to_set_facts
from staff.trainers.looking import action_to_look, stop_looking
from staff.trainers.merging import MAY as MAY_MERGE
from staff.trainers.merging import merge_page
from staff.trainers.person import person_page, with_counts
from staff.trainers.timeline import asked_of
from trainers.models import Credential, Trainer
from trainers.models.credential import normalise_number
from trainers.services.looking import may_look

SEES = "trainers.view_trainer"


class MailFilter(QueueFilter[Trainer]):
    """A filter of the list to people whose address is marked as undeliverable."""

    title, parameter_name = "mail", "mail"
    labels = {"trouble": "Comes back"}

    def parts(self, rows: "QuerySet[Trainer]") -> "dict[str, QuerySet[Trainer]]":
        return {"trouble": rows.filter(mail_trouble_at__isnull=False)}


@admin.register(Trainer)
class TrainerAdmin(ReadOnlyAdmin[Trainer]):
    person = "self"
    search_help_text = "A name, an email address or a certification number"
    ordering = ("name", "pk")
    list_display = ("name", "email", "numbers", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", MailFilter)

    def heading(self, row: Trainer) -> str:
        """Return the name alone. The address, which would break the line on a narrow page, is shown
        below it.
        """
        return row.name

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Trainer]":
        """Return all accounts except those that were merged into another one. NOT EXISTS tells
        PostgreSQL that these are few.
        """
        merged = Exists(Merge.objects.filter(going=OuterRef("pk")))
        return super().get_queryset(request).filter(~merged).prefetch_related("credentials")

    def find_row(self, request: HttpRequest, key: int) -> Trainer:
        """Return the trainer; for an account that was merged into another one, the trainer of that
        other account.
        """
        found = self.get_queryset(request).filter(pk=key).first()
        return found or get_object_or_404(self.get_queryset(request), merges__going__pk=key)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Trainer | None:
        found: Trainer | None = super().get_object(request, object_id, from_field)
        return found or self.get_queryset(request).filter(merges__going__pk=_key_of(object_id)).first()

    def get_urls(self) -> list[URLPattern]:
        may = "trainers.change_trainer"
        return [
            self.action("name", actions.action_to_change_name, may),
            self.action("email", actions.action_to_change_email, may),
            self.action("email-back", actions.action_to_drop_email, may),
            self.action("time-zone", actions.action_to_change_zone, may),
            self.action("deactivate", actions.action_to_deactivate, may),
            self.action("reactivate", actions.action_to_reactivate, may),
            self.action("roles", actions.action_to_change_roles, "auth.change_group"),
            self.action("note", action_to_note, "cases.add_note"),
            self.page("know", self.know, SEES),
            self.page("refund", partial(choose_payment, self), GIVE),
            self.action("erase", erasing.action_to_propose, "core.erase_person"),
            self.page("merge", merge_page, MAY_MERGE),
            self.page("see", self.look, SEES),
            self.page("stop", stop_looking, SEES),
            *super().get_urls(),
        ]

    def know(self, request: HttpRequest, row: Trainer) -> HttpResponse:
        """Show the page on which a colleague who decides about cases declares that they know this person."""
        viewer = staff_user(request)
        if not any(map(viewer.has_perm, DECIDES)):
            raise PermissionDenied
        return self.answer_action(request, row, action_to_stay_away(row, viewer))

    def answer_action(self, request: HttpRequest, row: Trainer, action: Action) -> HttpResponse:
        """Answer with the page of an action, which leads back to the person's page."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, "object": row}
        return run_action(request, action, back=self.address("change", row.pk), context=context)

    def look(self, request: HttpRequest, row: Trainer) -> HttpResponse:
        """Ask for a reason, then show the person's own pages as they see them."""
        viewer = staff_user(request)
        if not may_look(viewer, row):
            raise PermissionDenied
        return self.answer_action(request, row, action_to_look(request, row, viewer))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Show the page of the person. Nothing is edited on it: staff act through its links."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        asked, viewer = asked_of(request.GET), staff_user(request)
        theirs = Trainer.objects.filter(merge=None)
        found = with_counts(theirs, asked, viewer).filter(pk=_key_of(object_id)).first()
        if found is None:
            return self._redirect_to_merged(request, _key_of(object_id))
        page = person_page(found, viewer, asked)
        see_url = self.address("see", found.pk) if may_look(viewer, found, erased=page.erased) else ""
        context = {"title": found.name, "page": page, "see_url": see_url, **(extra_context or {})}
        return self.render_page(request, "admin/trainers/trainer/change_form.html", context)

    def _redirect_to_merged(self, request: HttpRequest, key: int) -> HttpResponse:
        """Redirect from an account that was merged to the account that it is part of now; 404 for
        an unknown key.
        """
        merge = get_object_or_404(Merge.objects.select_related("staying"), going__pk=key)
        messages.info(request, f"The account that you asked for is part of that of {merge.staying.name} now.")
        return redirect("admin:trainers_trainer_change", merge.staying_id)

    @admin.display(description="certifications")
    def numbers(self, trainer: Trainer) -> SafeString:
        return _links((_page_of(one), one.display_number) for one in trainer.credentials.all())


@admin.register(Credential)
class CredentialAdmin(ReadOnlyAdmin[Credential]):
    person = "trainer"
    search_help_text = in_policy_words("A certification number, or the {holder}'s name or email address")
    ordering = ("number",)
    list_display = ("shown_number", "who", "awarded_on", "state", "state_on")
    list_filter = ("state",)
    list_select_related = ("trainer",)
    fields = (
        "shown_number",
        "trainer",
        "policy_code",
        "next_policy_code",
        "awarded_on",
        "state",
        "state_on",
        "cycles",
    )

    def person_condition(self, term: str) -> Q:
        number = normalise_number(term)
        return Q(number__startswith=number) if number.isdigit() else super().person_condition(term)

    def get_urls(self) -> list[URLPattern]:
        may = "trainers.suspend_credential"
        return [
            self.action("suspend", actions.action_to_suspend, may),
            self.action("reinstate", actions.action_to_reinstate, may),
            self.action("revoke", actions.action_to_revoke, may),
            self.action("switch", actions.action_to_switch, may),
            self.page("facts", self.state_facts, "trainers.change_trainer"),
            self.page("extend", pages.extend_page, PROPOSE),
            self.page("waive", pages.waive_page, WAIVE),
            *super().get_urls(),
        ]

    def state_facts(self, request: HttpRequest, row: Credential) -> HttpResponse:
        """Answer with the page of what the rules ask about the holder, which leads back to the person's page."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, "object": row}
        action = action_to_set_facts(row, staff_user(request))
        return run_action(request, action, back=_page_of(row.trainer), context=context)

    def action_links(self, request: HttpRequest, row: Credential) -> list[ActionLink]:
        if not request.user.has_perm("trainers.suspend_credential"):
            return []
        names = {"suspended": "Suspend", "in_force": "Reinstate", "revoked": "Revoke"}
        possible = [names[state] for state in names if state in Credential.TRANSITIONS[row.state]]
        return [ActionLink(name, self.address(name.lower(), row.pk)) for name in possible]

    @admin.display(description="number")
    def shown_number(self, credential: Credential) -> str:
        return credential.display_number

    @admin.display(description="cycles")
    def cycles(self, credential: Credential) -> SafeString:
        return _links(
            (_page_of(cycle), f"{cycle.starts_on} to {day_or_life(cycle.expires_on)}")
            for cycle in credential.cycles.all()
        )


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnlyAdmin[HistoryEntry]):
    person = "trainer"
    texts = ("subject__startswith",)
    search_help_text = in_policy_words(
        "{a_holder}'s name, email address or number, or a subject such as renewals.application:12"
    )
    ordering = ("-at", "-pk")
    list_display = ("at", "verb", "subject", "who", "by_whom", "reason")
    list_select_related = ("trainer", "by")
    fields = ("at", "verb", "subject", "trainer", "by", "from_state", "to_state", "reason", "detail")

    @admin.display(description="by")
    def by_whom(self, entry: HistoryEntry) -> str:
        return entry.by.name if entry.by else ""


def _key_of(text: str) -> int:
    """Return the primary key in a URL; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else 0


def _page_of(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _links(pairs: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join(" ", '<a class="in-list" href="{}">{}</a>', pairs) or SafeString("–")
