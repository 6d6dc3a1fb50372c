"""People, credentials, cycles, history and the outbox, as staff see them."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from recert import clock
from recert.admin_views import Tool
from recert.errors import Refusal
from recert.staff import Pile
from recert.staff_lists import COUNTED, ReadOnlyAdmin
from trainers import admin_views as acts
from trainers.models import Credential, Cycle, HistoryEntry, Notice, Trainer
from trainers.models.credential import normalise_number
from trainers.notices import kind_of
from trainers.services.outbox import send_again

HIDDEN = "Hidden: this message carried a code to sign in with."


@admin.register(Trainer)
class TrainerAdmin(ReadOnlyAdmin):
    person = "self"
    search_help_text = "A name, an email address or a certification number"
    ordering = ("name", "pk")
    list_display = ("name", "email", "numbers", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    fieldsets = (
        (
            None,
            {"fields": ("name", "email", "confirmed", "time_zone", "is_active", "joined_at", "last_login")},
        ),
        ("On record", {"fields": ("numbers", "elsewhere")}),
        ("Works here", {"fields": ("is_staff", "is_superuser", "in_groups")}),
    )

    def heading(self, row: Trainer) -> str:
        """The name alone: an address breaks where the page is narrow, and stands below it."""
        return row.name

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Trainer]":
        return super().get_queryset(request).prefetch_related("credentials")

    def get_urls(self) -> list[URLPattern]:
        may = "trainers.change_trainer"
        return [
            self.act("name", acts.change_name, may),
            self.act("email", acts.change_address, may),
            self.act("time-zone", acts.change_zone, may),
            self.act("deactivate", acts.deactivate, may),
            self.act("reactivate", acts.reactivate, may),
            self.act("roles", acts.change_roles, "auth.change_group"),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, row: Trainer) -> list[Tool]:
        names = {"name": "Change name", "email": "Change email", "time-zone": "Change time zone"}
        names |= {"deactivate": "Deactivate"} if row.is_active else {"reactivate": "Reactivate"}
        if request.user.is_superuser:
            names["roles"] = "Roles"
        elif row.is_staff or not request.user.has_perm("trainers.change_trainer"):
            return []
        return [Tool(label, self.address(name, row.pk)) for name, label in names.items()]

    @admin.display(description="certifications")
    def numbers(self, trainer: Trainer) -> SafeString:
        return _links((_page_of(one), one.display_number) for one in trainer.credentials.all())

    @admin.display(description="address confirmed", boolean=True)
    def confirmed(self, trainer: Trainer) -> bool:
        return trainer.emailaddress_set.filter(email=trainer.email, verified=True).exists()

    @admin.display(description="groups")
    def in_groups(self, trainer: Trainer) -> str:
        return ", ".join(trainer.groups.order_by("name").values_list("name", flat=True))

    @admin.display(description="look at")
    def elsewhere(self, trainer: Trainer) -> SafeString:
        """Every list that holds something of theirs, narrowed to it by their address."""
        lists = {
            "Courses": "ceus_ceurecord",
            "Renewals": "renewals_application",
            "Charges": "payments_charge",
            "Messages": "trainers_notice",
            "Documents": "documents_document",
            "History": "trainers_historyentry",
        }
        return _links(
            (f"{reverse(f'admin:{name}_changelist')}?q={trainer.email}", label)
            for label, name in lists.items()
        )


@admin.register(Credential)
class CredentialAdmin(ReadOnlyAdmin):
    person = "trainer"
    search_help_text = "A certification number, or the trainer's name or email address"
    ordering = ("number",)
    list_display = ("shown_number", "who", "awarded_on", "state", "state_on")
    list_filter = ("state",)
    list_select_related = ("trainer",)
    fields = ("shown_number", "trainer", "policy_code", "awarded_on", "state", "state_on", "cycles")

    def _of_person(self, term: str) -> Q:
        number = normalise_number(term)
        return Q(number__startswith=number) if number.isdigit() else super()._of_person(term)

    def get_urls(self) -> list[URLPattern]:
        may = "trainers.suspend_credential"
        return [
            self.act("suspend", acts.suspend, may),
            self.act("reinstate", acts.reinstate, may),
            self.act("revoke", acts.revoke, may),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, row: Credential) -> list[Tool]:
        if not request.user.has_perm("trainers.suspend_credential"):
            return []
        names = {"suspended": "Suspend", "in_force": "Reinstate", "revoked": "Revoke"}
        possible = [names[state] for state in names if state in Credential.TRANSITIONS[row.state]]
        return [Tool(name, self.address(name.lower(), row.pk)) for name in possible]

    @admin.display(description="number")
    def shown_number(self, credential: Credential) -> str:
        return credential.display_number

    @admin.display(description="cycles")
    def cycles(self, credential: Credential) -> SafeString:
        return _links(
            (_page_of(cycle), f"{cycle.starts_on} to {cycle.expires_on}") for cycle in credential.cycles.all()
        )


@admin.register(Cycle)
class CycleAdmin(ReadOnlyAdmin):
    person = "credential__trainer"
    search_help_text = "A certification number, or the trainer's name or email address"
    ordering = ("-expires_on", "-pk")
    list_display = ("credential", "who", "starts_on", "expires_on", "last_day_to_apply")
    list_select_related = ("credential__trainer",)
    fields = (
        "credential",
        "trainer",
        "starts_on",
        "expires_on",
        "opens_on",
        "completion_deadline",
        "last_day_to_apply",
        "draw_id",
    )
    readonly_fields = ("draw_id",)

    def trainer(self, cycle: Cycle) -> Trainer:
        return cycle.credential.trainer


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnlyAdmin):
    person = "trainer"
    texts = ("subject__startswith",)
    search_help_text = (
        "A trainer's name, email address or number, or a subject such as renewals.application:12"
    )
    ordering = ("-at", "-pk")
    list_display = ("at", "verb", "subject", "who", "by_whom", "reason")
    list_select_related = ("trainer", "by")
    fields = ("at", "verb", "subject", "trainer", "by", "from_state", "to_state", "reason", "detail")

    @admin.display(description="by")
    def by_whom(self, entry: HistoryEntry) -> str:
        return entry.by.name if entry.by else ""


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    person = "trainer"
    search_help_text = "A trainer's name, email address or certification number"
    list_display = ("send_at", "what", "who", "state", "attempts", "ended_at")
    list_display_links = ("what",)
    list_filter = ("state",)
    list_select_related = ("trainer",)
    actions = ("send_these_again",)
    fields: ClassVar[tuple[str, ...]] = (
        "what",
        "trainer",
        "to_address",
        "state",
        "send_at",
        "retry_at",
        "attempts",
        "last_error",
        "ended_at",
        "subject",
        "event",
        "message_id",
        "words",
    )
    readonly_fields = ("message_id",)

    def get_urls(self) -> list[URLPattern]:
        return [self.act("send-again", acts.send_once_more, "trainers.change_notice"), *super().get_urls()]

    def tools(self, request: HttpRequest, row: Notice) -> list[Tool]:
        possible = row.state == Notice.State.FAILED and not row.private
        if not possible or not request.user.has_perm("trainers.change_notice"):
            return []
        return [Tool("Send again", self.address("send-again", row.pk))]

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("trainers.change_notice")

    @admin.action(description="Send again those that failed", permissions=["send"])
    def send_these_again(self, request: HttpRequest, notices: "QuerySet[Notice]") -> None:
        sent, refused = 0, 0
        for notice in notices:
            try:
                send_again(notice, by=request.user, at=clock.now())
                sent += 1
            except Refusal:
                refused += 1
        messages.info(request, f"{sent} in the outbox again, {refused} left as they were.")

    @admin.display(description="message")
    def what(self, notice: Notice) -> str:
        try:
            return notice.title or kind_of(notice.kind).label
        except LookupError:
            return notice.kind

    @admin.display(description="text")
    def words(self, notice: Notice) -> SafeString:
        return format_html('<div class="letter">{}</div>', HIDDEN if notice.private else notice.text or "–")


@admin.site.pile(4, "trainers.view_notice")
def messages_that_failed() -> list[Pile]:
    count = Notice.objects.filter(state=Notice.State.FAILED)[: COUNTED + 1].count()
    url = f"{reverse('admin:trainers_notice_changelist')}?state__exact=failed"
    return [Pile("Messages that failed", count, url, "Look at the address, then send them again")]


def _page_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _links(pairs: Any) -> SafeString:
    return format_html_join(" ", '<a class="in-list" href="{}">{}</a>', pairs) or SafeString("–")
