"""Endpoints and deliveries of webhooks, as staff see them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock
from core.errors import Refusal
from staff.actions import ActionLink, run_action, staff_user
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.tabs import Tab, register_tab
from staff.webhooks import actions
from webhooks.models import Delivery, Endpoint
from webhooks.owners import LEADS, name_of_owner
from webhooks.services.endpoints import reveal_secret

State = Endpoint.State
STEPS = {  # state: the actions that are possible
    State.ACTIVE: ("change-it", "pause", "test", "show-secret", "replace-secret", "end"),
    State.PAUSED: ("change-it", "resume", "show-secret", "replace-secret", "end"),
    State.OFF: ("change-it", "resume", "show-secret", "replace-secret", "end"),
}
LABELS = {
    "change-it": "Change…",
    "pause": "Pause…",
    "resume": "Resume…",
    "test": "Send a test…",
    "show-secret": "Show the secret…",
    "replace-secret": "Replace the secret…",
    "end": "End…",
}


@admin.register(Endpoint)
class EndpointAdmin(ReadOnlyAdmin[Endpoint]):
    texts = ("name__icontains", "url__icontains")
    search_help_text = "A part of the name or of the address"
    list_display = ("name", "whose", "url", "state", "last_ok_at")
    list_filter = ("state",)
    list_select_related = ("made_by",)
    fields = (
        *("name", "whose", "url", "hears_of", "state", "off_reason", "last_ok_at", "failing_since"),
        *("old_secret_until", "made_by", "made_at", "ended_at", "what_was_sent"),
    )

    def get_urls(self) -> list[URLPattern]:
        pages = {
            "change-it": actions.action_to_change,
            "pause": actions.action_to_pause,
            "resume": actions.action_to_resume,
            "replace-secret": actions.action_to_replace_secret,
            "test": actions.action_to_test,
            "end": actions.action_to_end,
        }
        make = path("make/", self.admin_site.admin_view(self.make), name=self.url_name("make"))
        return [
            make,
            self.page("show-secret", self.show_secret, LEADS),
            *(self.action(name, action, LEADS) for name, action in pages.items()),
            *super().get_urls(),
        ]

    def make(self, request: HttpRequest) -> HttpResponse:
        """Add an endpoint of the certifying body."""
        if not request.user.has_perm(LEADS):
            raise PermissionDenied
        action = actions.action_to_make(staff_user(request), lambda pk: self.address("change", pk))
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return run_action(request, action, back=self.address("changelist"), context=context)

    def show_secret(self, request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
        """Show the secret to whoever asks by a button; who has read it is in the history."""
        secret, refused = "", ""
        if request.method == "POST":
            try:
                secret = reveal_secret(endpoint, by=staff_user(request), at=clock.now())
            except Refusal as refusal:
                refused = str(refusal)
        shown: dict[str, object] = {
            "title": f"The secret of “{endpoint.name}”",
            "secret": secret,
            "refused": refused,
            "object": endpoint,
            "back": self.address("change", endpoint.pk),
        }
        answer = self.render_page(request, "admin/webhooks/endpoint/secret.html", shown)
        add_never_cache_headers(answer)
        answer.status_code = 422 if refused else 200
        return answer

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        may = {"may_make": request.user.has_perm(LEADS)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def action_links(self, request: HttpRequest, row: Endpoint) -> list[ActionLink]:
        if not request.user.has_perm(LEADS):
            return []
        names = STEPS.get(State(row.state), ())
        return [ActionLink(LABELS[name], self.address(name, row.pk)) for name in names]

    @admin.display(description="whose")
    def whose(self, row: Endpoint) -> str:
        return name_of_owner(row.owner)

    @admin.display(description="hears of")
    def hears_of(self, row: Endpoint) -> str:
        return ", ".join(row.events)

    @admin.display(description="deliveries")
    def what_was_sent(self, row: Endpoint) -> SafeString:
        url = reverse("admin:webhooks_delivery_changelist")
        return format_html('<a href="{}?endpoint__id__exact={}&amp;shows=all">Look at them</a>', url, row.pk)


class DeliveryFilter(QueueFilter[Delivery]):
    """A filter of the list of deliveries."""

    labels = {
        "due": "Waits",
        "failed": "Failed",
        "delivered": "Delivered",
        "dropped": "Not sent",
        "all": "All",
    }
    usual = "all"

    def parts(self, rows: "QuerySet[Delivery]") -> "dict[str, QuerySet[Delivery]]":
        return {state: rows.filter(state=state) for state in Delivery.State.values}


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin[Delivery]):
    texts = ("webhook_id__istartswith", "key__istartswith", "event__istartswith")
    search_help_text = "How a webhook-id or an event begins"
    list_display = ("event", "endpoint", "state", "attempts", "last_status", "made_at", "ended_at")
    list_filter = (DeliveryFilter, "endpoint")
    list_select_related = ("endpoint",)
    fields = (
        *("event", "endpoint", "webhook_id", "key", "state", "attempts", "last_status", "last_error"),
        *("made_at", "send_at", "retry_at", "ended_at", "words"),
    )
    readonly_fields = ("webhook_id",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Delivery]":
        """Return the deliveries; the list leaves out their texts."""
        found: QuerySet[Delivery] = super().get_queryset(request)
        in_list = request.resolver_match and request.resolver_match.url_name == "webhooks_delivery_changelist"
        return found.defer("body") if in_list else found

    def get_urls(self) -> list[URLPattern]:
        return [self.action("try-again", actions.action_to_try_again, LEADS), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: Delivery) -> list[ActionLink]:
        again = row.state in (Delivery.State.FAILED, Delivery.State.DELIVERED) and row.body
        if not again or not request.user.has_perm(LEADS):
            return []
        return [ActionLink("Send it again…", self.address("try-again", row.pk))]

    @admin.display(description="what it says")
    def words(self, row: Delivery) -> SafeString:
        return format_html('<div class="letter">{}</div>', row.body or "No longer kept.")


register_tab(
    Tab(
        *(85, "Integrations", "admin:webhooks_endpoint_changelist", "webhooks.view_endpoint"),
        apps=("webhooks", "journal"),
        waiting=lambda: [Endpoint.objects.filter(state=State.OFF)],
    )
)
