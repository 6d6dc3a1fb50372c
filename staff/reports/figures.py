"""The figures of a span of days, each with the same figure of the span before and the URL of its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from audits.models import Audit
from core.templatetags.words import signed_money
from payments.models import LedgerEntry
from petitions.models import Decision as PetitionDecision
from renewals.models import Application
from renewals.models import Decision as RenewalDecision
from staff.reports.filters import CONCLUDED, rows_url
from staff.reports.promise import late_decisions
from staff.reports.span import Span
from staff.trainers.cycles import ended_cycles
from trainers.models import Cycle

RELEASED = "released"


@dataclass(frozen=True)
class Figure:
    """One figure in words, the URL of its rows, and a line on what it consists of."""

    label: str
    value: str
    url: str
    line: str
    late: int = 0
    late_url: str = ""


def figures_of(span: Span) -> list[Figure]:
    """Return the figures of the span, in the order in which they are shown."""
    return [*_renewals(span), _petitions(span), *_audits(span), _money(span), _ended(span)]


def share_words(part: int, whole: int) -> str:
    """Return a share in words, such as "89 %"; a dash when `whole` is 0."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def _renewals(span: Span) -> Iterator[Figure]:
    now, before = _approved_in(span), _approved_in(span.before)
    url = rows_url("renewals_application", state__exact="approved", ended_at=span)
    more = now["approved"] - before["approved"]
    change = f"{abs(more):,} {'more' if more > 0 else 'fewer'}" if more else "as many as before"
    yield Figure("Renewed", f"{now['approved']:,}", url, change)
    share = share_words(now["on_time"], now["approved"])
    was = share_words(before["on_time"], before["approved"])
    line = f"{now['on_time']:,} of {now['approved']:,}; was {was}"
    yield Figure("On time", share, f"{url}&received=on_time", line)
    returned = RenewalDecision.objects.filter(state=RELEASED, **span.moments_of("ended_at"))
    decided = returned.aggregate(all=Count("pk"), returned=Count("pk", filter=Q(verdict="return")))
    url = rows_url("renewals_decision", state__exact=RELEASED, ended_at=span, verdict__exact="return")
    line = f"{share_words(decided['returned'], decided['all'])} of {decided['all']:,} decisions"
    yield Figure("Returned for correction", f"{decided['returned']:,}", url, line)


def _approved_in(span: Span) -> dict[str, int]:
    approved = Application.objects.filter(state=Application.State.APPROVED, **span.moments_of("ended_at"))
    on_time = Q(received_on__lte=F("cycle__expires_on"))
    return approved.aggregate(approved=Count("pk"), on_time=Count("pk", filter=on_time))


def _petitions(span: Span) -> Figure:
    decisions = PetitionDecision.objects.conclusions().filter(**span.moments_of("ended_at"))
    found = decisions.aggregate(all=Count("pk"), approved=Count("pk", filter=Q(verdict="approve")))
    url = rows_url("petitions_decision", state__exact=RELEASED, ended_at=span, says=CONCLUDED)
    late = late_decisions(decisions).count()
    return Figure(
        "Petitions decided",
        f"{found['all']:,}",
        url,
        f"{found['approved']:,} approved",
        late,
        f"{url}&promise=late",
    )


def _audits(span: Span) -> Iterator[Figure]:
    drawn = Audit.objects.filter(kind=Audit.Kind.RANDOM, **span.moments_of("made_at")).count()
    yield Figure(
        "Audits drawn",
        f"{drawn:,}",
        rows_url("audits_audit", shows="all", made_at=span, kind__exact="random"),
        "at random",
    )
    count = {state: Count("pk", filter=Q(state=state)) for state in ("passed", "failed", "expired")}
    found = Audit.objects.filter(**span.moments_of("ended_at")).aggregate(all=Count("pk"), **count)
    line = (
        f"{found['passed']:,} passed, {found['failed']:,} not passed, {found['expired']:,} without documents"
    )
    yield Figure(
        "Audits closed", f"{found['all']:,}", rows_url("audits_audit", shows="ended", ended_at=span), line
    )


def _money(span: Span) -> Figure:
    moved = LedgerEntry.objects.filter(kind__in=LedgerEntry.MONEY, **span.moments_of("at"))
    paid = Sum("amount_cents", filter=Q(kind="payment"), default=0)
    found = moved.aggregate(taken=paid, back=Sum("amount_cents", filter=~Q(kind="payment"), default=0))
    url = rows_url("payments_ledgerentry", at=span, kind__exact="payment")
    line = f"{signed_money(found['back'])} went back" if found["back"] else "nothing went back"
    return Figure("Taken", signed_money(-found["taken"]), url, line)


def _ended(span: Span) -> Figure:
    due = Cycle.objects.filter(**span.days_of("last_day_to_apply"))
    ended, all_of_them = ended_cycles(due).count(), due.count()
    url = rows_url("trainers_cycle", last_day_to_apply=span, outcome="ended")
    return Figure(
        "Ended",
        f"{ended:,}",
        url,
        f"{share_words(ended, all_of_them)} of {all_of_them:,} that could last renew then",
    )
