"""The outbox as staff see it: messages that are due, planned, sent, failed or bounced."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock
from core.policy_words import in_policy_words
from core.templatetags.words import at
from outbox.models import MailEvent, Notice
from outbox.resending import COPY
from staff.actions import ActionLink, run_action, staff_user
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.outbox import actions
from staff.outbox.previews import preview_urls

AT_ONCE = 100  # of the chosen ones: the page that asks first must fit into a form
HIDDEN = "Hidden: this message carried a code to sign in with."
State = Notice.State


class NoticeFilter(QueueFilter[Notice]):
    """A filter of the list of messages. Without a choice or a search it shows what waits now."""

    usual = "now"
    labels = {
        "now": "Waits now",
        "due": "Due now",
        "later": "Held for later",
        "sent": "Sent",
        "failed": "Failed",
        "bounced": "Came back",
        "not-needed": "No longer needed",
        "not-wanted": "Not wanted",
        "all": "All",
    }

    def parts(self, rows: "QuerySet[Notice]") -> "dict[str, QuerySet[Notice]]":
        now = clock.now()
        came_back = MailEvent.objects.filter(notice=OuterRef("pk"), kind=MailEvent.Kind.BOUNCED)
        return {
            "now": rows.filter(Q(state=State.DUE, send_at__lte=now) | Q(state=State.FAILED)),
            "due": rows.filter(state=State.DUE, send_at__lte=now),
            "later": rows.filter(state=State.DUE, send_at__gt=now),
            "sent": rows.filter(state=State.SENT),
            "failed": rows.filter(state=State.FAILED),
            "bounced": rows.filter(Exists(came_back)),
            "not-needed": rows.filter(state=State.SUPERSEDED),
            "not-wanted": rows.filter(state=State.SUPPRESSED),
        }


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin[Notice]):
    person = "trainer"
    search_help_text = in_policy_words("{a_holder}'s name, email address or certification number")
    list_display = ("send_at", "what", "who", "state", "attempts", "ended_at")
    list_display_links = ("what",)
    list_filter = (NoticeFilter,)
    list_select_related = ("trainer",)
    ordering = ("-send_at", "-pk")
    actions = ("send_these_again",)
    fields = (
        *("what", "trainer", "to_address", "state", "urgency", "send_at", "retry_at", "attempts"),
        *("last_error", "ended_at", "reported", "subject", "event", "message_id", "words"),
    )
    readonly_fields = ("message_id",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Notice]":
        """Return the messages; the list leaves out their texts, which only the page of each
        reads.
        """
        found: QuerySet[Notice] = super().get_queryset(request)
        in_list = request.resolver_match and request.resolver_match.url_name == "outbox_notice_changelist"
        return found.defer("payload", "text", "html") if in_list else found

    def get_urls(self) -> list[URLPattern]:
        may = "outbox.change_notice"
        return [
            self.action("send-again", actions.action_to_send_again, may),
            self.action("send-copy", actions.action_to_send_copy, may),
            *preview_urls(self.admin_site),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: Notice) -> list[ActionLink]:
        if row.private or not request.user.has_perm("outbox.change_notice"):
            return []
        names = {State.FAILED: "send-again", State.SENT: "send-copy"}
        possible = names.get(State(row.state), "") if row.kind != COPY.kind else ""
        return [ActionLink("Send again", self.address(possible, row.pk))] if possible else []

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.change_notice")

    @admin.action(description="Send again those that failed", permissions=["send"])
    def send_these_again(self, request: HttpRequest, notices: "QuerySet[Notice]") -> HttpResponse:
        """Ask for confirmation, naming each message that can be sent again and its recipient; then
        send those and leave the others unchanged.
        """
        chosen = list(notices.select_related("trainer")[:AT_ONCE])
        action = actions.action_to_send_these_again(chosen, staff_user(request))
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return run_action(request, action, back=request.get_full_path(), context=context)

    def heading(self, row: Notice) -> str:
        return self.what(row)

    @admin.display(description="message")
    def what(self, notice: Notice) -> str:
        return actions.title_of(notice)

    @admin.display(description="reported by the mail service")
    def reported(self, notice: Notice) -> SafeString:
        return _delivery_words(notice)

    @admin.display(description="text")
    def words(self, notice: Notice) -> SafeString:
        return format_html('<div class="letter">{}</div>', HIDDEN if notice.private else notice.text or "–")


def _delivery_words(notice: Notice) -> SafeString:
    """Return what the mail service reported about a message, newest first; a dash for nothing."""
    rows = (
        (event.get_kind_display(), at(event.at, "UTC"), f": {event.words}" if event.words else "")
        for event in notice.mail_events.all()
    )
    return format_html_join(SafeString("<br>"), "{} {} UTC{}", rows) or SafeString("–")
