"""What pages say of certifications that one application renews together."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from cases.pages import Row, StateCard
from core.templatetags.words import day
from renewals.joining import Candidate, fees_with
from renewals.models import Application
from renewals.pages.certified import certified_heading
from renewals.pages.snapshot import Snapshot, State, application_path
from renewals.services.moving import joined_with
from renewals.standing import rests_on_petitions
from renewals.status import GivenStatus
from rules.days import through_words
from rules.fees import Fees
from trainers.certifications import links_within
from trainers.services.cycles import foreseen_period

COMPLETE = "It has all that it needs."
UNDECIDED = "It needs a course that you asked us to count. Both are decided once we have decided about that."


@dataclass(frozen=True, slots=True)
class OtherCertification:
    """A further certification on the page of a renewal: whether it can be renewed with it, and at which
    price. `number` is the value that is posted.
    """

    number: str
    title: str
    line: str
    price: str
    may_join: bool
    is_chosen: bool


def other_certifications(
    snapshot: Snapshot, candidates: Iterable[Candidate], chosen: Collection[str]
) -> tuple[OtherCertification, ...]:
    """Return the further certifications, each with its status and its price, or why it cannot join."""
    return tuple(_other(snapshot, one, one.number in chosen) for one in candidates)


def _other(snapshot: Snapshot, one: Candidate, is_chosen: bool) -> OtherCertification:
    cycle = one.cycle
    price = "" if one.why_not else _added(snapshot, one)
    path, ends_on = cycle.status_path, cycle.expires_on
    certified = f"{GivenStatus(path, ends_on).line if path else f'Certified {through_words(ends_on)}'}."
    return OtherCertification(
        one.number,
        f"{cycle.policy.title}, {cycle.credential.display_number}",
        f"{certified} {one.why_not or (UNDECIDED if rests_on_petitions(one.standing) else COMPLETE)}",
        price,
        may_join=not one.why_not,
        is_chosen=is_chosen,
    )


def _added(snapshot: Snapshot, one: Candidate) -> str:
    """Return what it costs more when `one` is renewed as well, such as "$50 more"."""
    alone, both = fees_for(snapshot, ()), fees_for(snapshot, (one,))
    cents = (both.total_cents if both else 0) - (alone.total_cents if alone else 0)
    return f"{snapshot.money(cents)} more" if cents else "No fee"


def fees_for(snapshot: Snapshot, chosen: Iterable[Candidate]) -> Fees | None:
    """Return what renewing costs today, together with the chosen certifications. No query."""
    cycles = [one.cycle for one in chosen]
    if not cycles:
        return snapshot.standing.fees
    return fees_with(snapshot.cycle, cycles, received_on=snapshot.today, facts=snapshot.facts)


def rows_of_joined(chosen: Iterable[Candidate]) -> Iterator[Row]:
    """Yield a row for each certification that is renewed with the page's own."""
    for one in chosen:
        period = foreseen_period(one.cycle, one.standing)
        words = (
            f"{one.cycle.policy.title}, number {one.cycle.credential.display_number}, "
            f"next cycle {day(period.starts_on)} {through_words(period.expires_on)}"
        )
        yield Row("Renewed with it", words)


@dataclass(frozen=True, slots=True)
class JoinedLine:
    """A renewal that goes with the one of the page, or the one with which it goes."""

    label: str
    words: str
    path: str


def lines_of_joined(application: Application) -> list[JoinedLine]:
    """Return the renewals that are paid and decided with this one, the lower certifications that it
    renewed, and the one with which it goes itself.
    """
    leader = application.renewed_with
    lines = [_line("Renewed with", leader)] if leader else []
    others = {one.pk: one for one in joined_with(application)}
    for one in application.joined.filter(covered=True).select_related("cycle__credential"):
        others[one.pk] = one
    return [*lines, *(_line("Renewed with it", one) for one in others.values())]


def _line(label: str, other: Application) -> JoinedLine:
    cycle = other.cycle
    with links_within(cycle.credential):
        path = application_path("application", other.reference)
    return JoinedLine(label, f"{cycle.policy.title}, {cycle.credential.display_number}", path)


def leader_page(application: Application) -> str:
    """Return the path of the renewal that decides about this one, while it is paid, reviewed, or has
    ended without an approval; "" for one that stands alone, is to be corrected, or is approved.
    """
    leader = application.renewed_with
    if leader is None or application.state in (State.RETURNED, State.APPROVED):
        return ""
    return _line("", leader).path


def joined_card(snapshot: Snapshot) -> StateCard | None:
    """Return the card on Home of a certification whose renewal goes with another one's, while nothing is
    asked for it alone.
    """
    application = snapshot.in_hand
    leader = application.renewed_with if application and application.renewed_with_id else None
    if leader is None:
        return None
    line = _line("", leader)
    heading, found = certified_heading(snapshot), snapshot.certification
    if not (found.through or found.given):
        heading = "Your certification is renewed with another one"
    said = {
        State.SUBMITTED: "It is sent, and waits for its payment.",
        State.IN_REVIEW: "We are checking it. There is nothing to do for this one.",
        State.RETURNED: "One thing needs correcting there.",
    }
    words = f"Renewed together with {line.words}, in renewal {leader.reference}. {said[State(leader.state)]}"
    return StateCard("info", "Renews together", heading, words, "See that renewal", line.path)
