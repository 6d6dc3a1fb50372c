"""Home of somebody with several certifications: each one's answer of the day, the most urgent first."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.pages import StateCard
from core import clock
from core.links import path_of
from renewals.pages.cards import state_of
from renewals.pages.credential_card import CredentialCard, credential_card
from renewals.pages.lower import asks_for_nothing
from renewals.pages.snapshot import Snapshot, State, snapshot_of
from trainers.certifications import links_within
from trainers.lookups import cycles_of_several
from trainers.models import Trainer

# What comes first on the page.
TO_DO, WAITS_FOR_US, NOT_ACTIVE, ENDED = range(4)


@dataclass(frozen=True, slots=True)
class CertificationRow:
    """One certification on the page. `url` leads to its own Home, and `state.url` to what to do."""

    card: CredentialCard
    state: StateCard
    url: str
    value: int
    most: int
    counted: str
    required: str
    unit: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What Home shows of several certifications. `mail_comes_back` is the address to which mail
    cannot be delivered, or "".
    """

    greeting: str
    heading: str
    rows: tuple[CertificationRow, ...]
    mail_comes_back: str


def overview_of(trainer: Trainer, *, now: datetime) -> Overview:
    """Return what Home shows of all the trainer's certifications at `now`, each as on the day in its
    policy's zone.
    """
    snapshots = [
        snapshot_of(one, today=clock.date_of(now, one.policy.time_zone)) for one in cycles_of_several(trainer)
    ]
    return Overview(
        greeting=f"Hello, {trainer.get_short_name()}",
        heading=f"Your {len(snapshots)} certifications",
        rows=tuple(_row(one) for one in sorted(snapshots, key=urgency_of)),
        mail_comes_back=trainer.email if trainer.mail_trouble_at else "",
    )


def urgency_of(snapshot: Snapshot) -> tuple[int, date, str]:
    """Return what the certifications are sorted by: those with something to do by the day by which
    it must be done, then those that wait for us, are not active, or have ended.
    """
    number = snapshot.credential.number
    if not snapshot.credential.in_force:
        return NOT_ACTIVE, snapshot.cycle.expires_on, number
    through = _last_day_to_act(snapshot)
    if through:
        return TO_DO, through, number
    waits = snapshot.in_hand or asks_for_nothing(snapshot)
    return (WAITS_FOR_US if waits else ENDED), snapshot.cycle.expires_on, number


def _last_day_to_act(snapshot: Snapshot) -> date | None:
    """Return the day through which the trainer can do what comes next without paying more; None
    when there is nothing to do.
    """
    application = snapshot.in_hand
    if snapshot.documents_through:
        return snapshot.documents_through
    if application and application.state == State.SUBMITTED:
        return application.pay_through
    if application and application.state == State.RETURNED:
        return application.last_day_to_correct
    if application or not snapshot.can_still_renew or asks_for_nothing(snapshot):
        return None
    window = snapshot.window or snapshot.next_window
    return window.last_on if window else snapshot.standing.dates.last_day_to_apply


def _row(snapshot: Snapshot) -> CertificationRow:
    total, unit = snapshot.standing.total, snapshot.policy.unit
    is_asked = snapshot.can_still_renew and not asks_for_nothing(snapshot)  # else a bar would ask for courses
    with links_within(snapshot.credential):
        return CertificationRow(
            card=credential_card(snapshot.credential, snapshot.certification, has_code=False),
            state=state_of(snapshot),
            url=path_of("renewals:home"),
            value=min(total.counted, total.required),
            most=total.required if is_asked else 0,
            counted=unit.format(total.counted),
            required=unit.words(total.required),
            unit=unit.words(total.required).partition(" ")[2],
        )
