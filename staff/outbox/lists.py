"""The outbox as staff see it: what is due, planned, sent, failed or came back, and sending again what failed."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock
from core.errors import Refusal
from core.pagination import CAP
from core.templatetags.words import at
from outbox import heartbeat
from outbox.copies import COPY
from outbox.models import MailEvent, Notice
from outbox.notices import kind_of
from outbox.resending import address_of, send_again
from staff.actions import Tool
from staff.lists import ReadOnlyAdmin
from staff.outbox.previews import preview_urls
from staff.today import QueueSummary
from staff.trainers import actions as acts
from trainers.models import Trainer

AT_ONCE = 100  # of the chosen ones: the page that asks first must fit into a form
HIDDEN = "Hidden: this message carried a code to sign in with."
State = Notice.State


class Shows(admin.SimpleListFilter):
    """Where a message stands."""

    title, parameter_name = "where it stands", "shows"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("due", "Due now"),
            ("later", "Held for later"),
            ("sent", "Sent"),
            ("failed", "Failed"),
            ("bounced", "Came back"),
            ("not-needed", "No longer needed"),
            ("not-wanted", "Not wanted"),
        ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Notice]") -> "QuerySet[Notice]":
        now = clock.now()
        came_back = MailEvent.objects.filter(notice=OuterRef("pk"), kind=MailEvent.Kind.BOUNCED)
        shown = {
            "due": queryset.filter(state=State.DUE, send_at__lte=now),
            "later": queryset.filter(state=State.DUE, send_at__gt=now),
            "sent": queryset.filter(state=State.SENT),
            "failed": queryset.filter(state=State.FAILED),
            "bounced": queryset.filter(Exists(came_back)),
            "not-needed": queryset.filter(state=State.SUPERSEDED),
            "not-wanted": queryset.filter(state=State.SUPPRESSED),
        }
        return shown.get(self.value() or "", queryset)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    person = "trainer"
    search_help_text = "A trainer's name, email address or certification number"
    list_display = ("send_at", "what", "who", "state", "attempts", "ended_at")
    list_display_links = ("what",)
    list_filter = (Shows,)
    list_select_related = ("trainer",)
    ordering = ("-send_at", "-pk")
    actions = ("send_these_again",)
    fields: ClassVar[tuple[str, ...]] = (
        *("what", "trainer", "to_address", "state", "urgency", "send_at", "retry_at", "attempts"),
        *("last_error", "ended_at", "reported", "subject", "event", "message_id", "words"),
    )
    readonly_fields = ("message_id",)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == Shows.parameter_name or super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Notice]":
        """The words of a message are read on its own page."""
        found: QuerySet[Notice] = super().get_queryset(request)
        in_list = request.resolver_match and request.resolver_match.url_name == "outbox_notice_changelist"
        return found.defer("payload", "text", "html") if in_list else found

    def get_urls(self) -> list[URLPattern]:
        may = "outbox.change_notice"
        return [
            self.act("send-again", acts.send_once_more, may),
            self.act("send-copy", acts.send_copy_of, may),
            *preview_urls(self.admin_site),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, row: Notice) -> list[Tool]:
        if row.private or not request.user.has_perm("outbox.change_notice"):
            return []
        names = {State.FAILED: "send-again", State.SENT: "send-copy"}
        possible = names.get(State(row.state), "") if row.kind != COPY.kind else ""
        return [Tool("Send again", self.address(possible, row.pk))] if possible else []

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.change_notice")

    @admin.action(description="Send again those that failed", permissions=["send"])
    def send_these_again(self, request: HttpRequest, notices: "QuerySet[Notice]") -> HttpResponse | None:
        """Asks first: which of the chosen ones go out again, and to whom. The others stay as they are."""
        chosen = list(notices.select_related("trainer")[:AT_ONCE])
        failed = [notice for notice in chosen if notice.state == State.FAILED and not notice.private]
        if "confirmed" not in request.POST:
            rows = [(notice.trainer.name, address_of(notice), self.what(notice)) for notice in failed]
            context = {
                "title": "Send these messages again",
                "opts": self.opts,
                "rows": rows,
                "chosen": chosen,
            }
            page = {**self.admin_site.each_context(request), **context}
            return TemplateResponse(request, "admin/outbox/notice/send_these_again.html", page)
        sent = sum(_is_sent_again(notice, request) for notice in failed)
        messages.info(request, f"{sent} in the outbox again, {len(chosen) - sent} left as they were.")
        return None

    def heading(self, row: Notice) -> str:
        return self.what(row)

    @admin.display(description="message")
    def what(self, notice: Notice) -> str:
        try:
            return notice.title or kind_of(notice.kind).label
        except LookupError:
            return notice.kind

    @admin.display(description="reported by the mail service")
    def reported(self, notice: Notice) -> SafeString:
        return delivery_words(notice)

    @admin.display(description="text")
    def words(self, notice: Notice) -> SafeString:
        return format_html('<div class="letter">{}</div>', HIDDEN if notice.private else notice.text or "–")


def _is_sent_again(notice: Notice, request: HttpRequest) -> bool:
    try:
        send_again(notice, by=request.user, at=clock.now())
    except Refusal:
        return False
    return True


def delivery_words(notice: Notice) -> SafeString:
    """What the mail service reported about a message, the newest first; a dash when it reported nothing."""
    rows = (
        (event.get_kind_display(), at(event.at, "UTC"), f": {event.words}" if event.words else "")
        for event in notice.mail_events.all()
    )
    return format_html_join(SafeString("<br>"), "{} {} UTC{}", rows) or SafeString("–")


@admin.site.queue_summary(4, "outbox.view_notice")
def mail_at_work() -> list[QueueSummary]:
    """What the portal could not do by itself: messages, addresses, and the schedule when it stands still.

    A message to an address that takes no mail is not late: it waits for another address.
    """
    notices = reverse("admin:outbox_notice_changelist")
    rows = Notice.objects.filter(state=State.FAILED).annotate(no_mail_since=F("trainer__mail_trouble_at"))
    late = Count("pk", filter=Q(no_mail_since__isnull=True))
    failed = rows.order_by()[: CAP + 1].aggregate(count=Count("pk"), late=late)
    people = Trainer.objects.filter(mail_trouble_at__isnull=False)
    trouble = people.aggregate(count=Count("pk"), oldest=Min("mail_trouble_at"))
    return [
        *_schedule(),
        QueueSummary(
            "Messages that failed",
            failed["count"],
            f"{notices}?shows=failed",
            "Look at the address, then send them again",
            late=failed["late"],
        ),
        QueueSummary(
            "Addresses that take no mail",
            trouble["count"],
            f"{reverse('admin:trainers_trainer_changelist')}?mail=trouble",
            "Reach these trainers another way",
            trouble["oldest"],
        ),
    ]


def _schedule() -> list[QueueSummary]:
    """Shown only while it stands still: nothing is sent, and no deadline is swept."""
    if not heartbeat.stands_still(clock.now()):
        return []
    url = f"{reverse('admin:outbox_notice_changelist')}?shows=due"
    return [
        QueueSummary(
            "The schedule stands still",
            1,
            url,
            "Start the worker and its beat",
            heartbeat.last_seen(),
            late=1,
        )
    ]
