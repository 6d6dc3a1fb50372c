"""Payouts, their lines, and the differences between the provider and our ledger, as staff see them."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Count, F, Model, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock
from core.policy_words import in_policy_words
from payments.gateway import site_address
from payments.models import Difference, Payout, PayoutLine
from payments.services.differences import MATCH, explain_difference, lines_total, owner_of
from staff.actions import Action, ActionLink, Answers
from staff.filters import QueueFilter
from staff.lists import ReadOnlyAdmin
from staff.payments.forms import RefundReasonForm
from staff.payments.pages import PEOPLE, link_list, money_words
from staff.payments.reconciliation import reconciliation_page
from staff.reports.filters import ARRIVES, BOOKED, HAPPENED, rows_url
from trainers.models import Trainer

NOTHING = "nothing"


@admin.register(Payout)
class PayoutAdmin(ReadOnlyAdmin[Payout]):
    texts = ("provider_id",)
    search_help_text = "The provider's own number of the payout"
    list_display = ("arrives_on", "total", "state", "read", "provider_id")
    list_filter = ("state", ARRIVES)
    ordering = ("-arrives_on", "-pk")
    fields = (
        *("arrives_on", "total", "state", "trouble", "made_at", "read", "sums", "differing"),
        *("automatic", "live", "provider_id"),
    )

    def heading(self, row: Payout) -> str:
        return f"Payout of {money_words(row.amount_cents, row.currency)}: {row.get_state_display().lower()}"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.reconciliation)
        return [path("reconciliation/", view, name=self.url_name("reconciliation")), *super().get_urls()]

    def reconciliation(self, request: HttpRequest) -> HttpResponse:
        """Show our ledger beside the payouts, by month or by day of one month."""
        return reconciliation_page(self, request)

    def action_links(self, request: HttpRequest, row: Payout) -> list[ActionLink]:
        """Return the links to the payout's lines and to the payout on the provider's site."""
        lines = rows_url("payments_payoutline", payout=row.pk)
        at_provider = site_address("payouts", row.provider_id, live=row.live)
        return [ActionLink("Its lines", lines), ActionLink("At the provider", at_provider)]

    @admin.display(description="amount")
    def total(self, payout: Payout) -> str:
        return money_words(payout.amount_cents, payout.currency)

    @admin.display(description="lines")
    def read(self, payout: Payout) -> str:
        """Return whether the lines of the payout are read, in words."""
        if payout.read_at:
            return "Read"
        return "Not read yet" if payout.automatic else "None: made by hand"

    @admin.display(description="by kind")
    def sums(self, payout: Payout) -> SafeString:
        """Return for each kind of line a link with the sum of its lines, of their fees, and what is left."""
        sums = {"rows": Count("pk"), "cents": Sum("amount_cents"), "fees": Sum("fee_cents")}
        found = payout.lines.order_by("kind").values_list("kind").annotate(**sums)
        rows = [
            (
                rows_url("payments_payoutline", payout=payout.pk, kind__exact=kind),
                f"{PayoutLine.Kind(kind).label}: {count}, {money_words(cents, payout.currency)}, "
                f"fees {money_words(fees, payout.currency)}, net {money_words(cents - fees, payout.currency)}",
            )
            for kind, count, cents, fees in found
        ]
        return link_list(rows)

    @admin.display(description="what does not match")
    def differing(self, payout: Payout) -> SafeString:
        """Return the differences of the payout and of its lines, open ones first."""
        whole = Difference.objects.filter(payout=payout) | Difference.objects.filter(line__payout=payout)
        rows = _with_things(whole).order_by(F("closed_at").asc(nulls_first=True), "pk")[:50]
        return link_list(
            (
                reverse("admin:payments_difference_change", args=[one.pk]),
                f"{one.get_what_display()}: {says_words(one)} ({one.get_state_display().lower()})",
            )
            for one in rows
        )


class PayoutFilter(admin.SimpleListFilter):
    """A filter of the list of lines to those of one payout."""

    title, parameter_name = "payout", "payout"

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Model]") -> list[tuple[str, str]]:
        name = Payout.objects.filter(pk=self._key()).values_list("provider_id", flat=True).first()
        return [(str(self._key()), name)] if name else [("0", "None")] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Model]") -> "QuerySet[Model]":
        return queryset.filter(payout=self._key()) if self.value() else queryset

    def _key(self) -> int:
        value = self.value() or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else 0


class LineFilter(QueueFilter[PayoutLine]):
    """A filter of the list of payout lines by whether our ledger has an entry for them."""

    title = "our ledger"
    labels: ClassVar[dict[str, str]] = {"here": "In our ledger", "other": "Not in our ledger"}

    def parts(self, rows: "QuerySet[PayoutLine]") -> "dict[str, QuerySet[PayoutLine]]":
        return {
            "here": rows.filter(entry__isnull=False),
            "other": rows.filter(entry__isnull=True).exclude(kind=PayoutLine.Kind.RETURNED),
        }


@admin.register(PayoutLine)
class PayoutLineAdmin(ReadOnlyAdmin[PayoutLine]):
    person = "entry__charge__trainer"
    texts = ("provider_id", "ref")
    search_help_text = in_policy_words(f"{PEOPLE}, or the provider's own reference")
    list_display = ("happened_at", "kind", "amount", "fee", "net", "what_for", "booked", "in_payout")
    list_filter = ("kind", LineFilter, PayoutFilter, BOOKED, HAPPENED)
    list_select_related = ("payout", "entry__charge__trainer")
    fields = (
        *("happened_at", "kind", "type", "words", "amount", "fee", "net", "what_for", "booked"),
        *("in_payout", "ref", "payment_ref", "provider_id"),
    )

    @admin.display(description="amount")
    def amount(self, line: PayoutLine) -> str:
        return money_words(line.amount_cents, line.currency)

    @admin.display(description="fee")
    def fee(self, line: PayoutLine) -> str:
        return money_words(line.fee_cents, line.currency)

    @admin.display(description="net")
    def net(self, line: PayoutLine) -> str:
        return money_words(line.net_cents, line.currency)

    @admin.display(description="charge")
    def what_for(self, line: PayoutLine) -> str | SafeString:
        """Return a link to the charge that the line is about, with the name of its trainer."""
        if line.entry is None:
            return line.words or "–"
        charge = line.entry.charge
        url = reverse("admin:payments_charge_change", args=[charge.pk])
        name = charge.trainer.name
        return format_html('<a href="{}">{}</a><span class="second">{}</span>', url, charge.description, name)

    @admin.display(description="our ledger")
    def booked(self, line: PayoutLine) -> str | SafeString:
        if line.entry is None:
            return "–" if line.kind in (PayoutLine.Kind.FEE, PayoutLine.Kind.RETURNED) else "not in it"
        url = reverse("admin:payments_ledgerentry_change", args=[line.entry_id])
        words = money_words(-line.entry.amount_cents, line.entry.currency)
        return format_html('<a href="{}">{}</a>', url, words)

    @admin.display(description="payout")
    def in_payout(self, line: PayoutLine) -> SafeString:
        url = reverse("admin:payments_payout_change", args=[line.payout_id])
        return format_html('<a href="{}">{}</a>', url, line.payout)


class DifferenceFilter(QueueFilter[Difference]):
    """A filter of the list of differences. Without a choice or a search it shows the open ones."""

    labels: ClassVar[dict[str, str]] = {
        "open": "Open",
        "gone": "Agree now",
        "explained": "Explained",
        "all": "All",
    }
    usual = "open"

    def parts(self, rows: "QuerySet[Difference]") -> "dict[str, QuerySet[Difference]]":
        return {state: rows.filter(state=state) for state in ("open", "gone", "explained")}


@admin.register(Difference)
class DifferenceAdmin(ReadOnlyAdmin[Difference]):
    list_display = ("found_at", "what", "says", "whose", "state")
    list_filter = (DifferenceFilter, "what")
    fields = ("what", "state", "says", "whose", "about", "found_at", "closed_at", "by", "reason")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Difference]":
        return _with_things(super().get_queryset(request))

    def heading(self, row: Difference) -> str:
        return f"{row.get_what_display()}: {row.get_state_display().lower()}"

    def get_urls(self) -> list[URLPattern]:
        return [self.action("explain", action_to_explain, MATCH), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: Difference) -> list[ActionLink]:
        owner = owner_of(row)
        if row.state != Difference.State.OPEN or not request.user.has_perm(MATCH):
            return []
        if owner is not None and owner.pk == request.user.pk:
            return []
        return [ActionLink("Explain it", self.address("explain", row.pk))]

    @admin.display(description="who says what")
    def says(self, difference: Difference) -> str:
        return says_words(difference)

    @admin.display(description="whose money")
    def whose(self, difference: Difference) -> str:
        owner = owner_of(difference)
        return owner.name if owner else "–"

    @admin.display(description="about")
    def about(self, difference: Difference) -> SafeString:
        """Return links to the payout, its line and the row of our ledger."""
        line, entry = difference.line, difference.entry or (difference.line and difference.line.entry)
        payout = difference.payout or (line and line.payout)
        things = (
            (payout, "admin:payments_payout_change", "Payout"),
            (line, "admin:payments_payoutline_change", "Line"),
            (entry, "admin:payments_ledgerentry_change", "Our ledger"),
        )
        return link_list(
            (reverse(name, args=[thing.pk]), f"{label}: {thing}") for thing, name, label in things if thing
        )


def _with_things(rows: "QuerySet[Difference]") -> "QuerySet[Difference]":
    about = ("payout", "line__payout", "line__entry__charge__trainer", "entry__charge__trainer")
    return rows.select_related(*about, "line__entry__trainer", "entry__trainer", "by")


def says_words(difference: Difference) -> str:
    """Return what the provider and our ledger say, such as "the provider says 50.00 USD, our ledger
    says nothing".
    """
    theirs, ours = NOTHING, NOTHING
    if difference.line:
        theirs = money_words(difference.line.amount_cents, difference.line.currency)
    entry = difference.entry or (difference.line.entry if difference.line else None)
    if entry:
        ours = money_words(-entry.amount_cents, entry.currency)
    payout = difference.payout
    if payout is None:
        return f"the provider says {theirs}, our ledger says {ours}"
    amount = money_words(payout.amount_cents, payout.currency)
    if difference.what == Difference.What.SUM:
        return f"the payout is {amount}, and its lines come to {money_words(lines_total(payout), payout.currency)}"
    if difference.what == Difference.What.BY_HAND:
        return f"{amount} was paid out by hand: the provider does not say for what"
    return f"{amount} did not reach the bank, and is in no later payout"


def action_to_explain(difference: Difference, by: Trainer) -> Action:
    """Return the action that closes a difference with a reason."""

    def do(answers: Answers) -> str:
        explain_difference(difference, reason=answers["reason"], by=by, at=clock.now())
        return "The difference is explained, and waits for nobody any more."

    says = says_words(difference)
    return Action(
        title=f"Explain: {difference.get_what_display().lower()}",
        button="Put it away with this reason",
        do=do,
        form=RefundReasonForm,
        lines=(
            f"{says[0].upper()}{says[1:]}.",
            "It goes by itself once both agree. Explain it only where they never will.",
            "No money moves, and nothing is booked.",
        ),
        next_url=lambda: reverse("admin:payments_difference_changelist"),
    )
