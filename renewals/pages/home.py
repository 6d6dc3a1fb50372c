"""Home: the answer of the day, the credential as a card, what to do, and the dates with their prices."""

from dataclasses import dataclass
from datetime import date

from cases.pages import StateCard
from ceus.cards import needed_from_courses
from ceus.models import Course
from core.templatetags.words import day
from renewals.pages.cards import state_of
from renewals.pages.credential_card import CredentialCard, credential_card
from renewals.pages.home_dates import KeyDate, dates_of, timelines_of
from renewals.pages.home_tasks import MINUTES, READY, TaskRow, about_hours, task_rows
from renewals.pages.sentences import granted_sentences
from renewals.pages.snapshot import Snapshot, State, snapshot_of
from renewals.pages.timeline import Timeline
from rules.wording import EXPIRED
from trainers.models import Cycle

COURSES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class HomeView:
    """What Home shows. `value` and `most` are the value and maximum of the progress bar, in the
    unit's smallest part. Empty texts are not shown.

    `banner` says why the last renewal ended, `mail_comes_back` that mail to the trainer bounces,
    `granted` what was granted in hardship, `again` what follows when an expired certification is
    renewed, `takes` how long the task behind the button takes. `fitting` are courses that give
    exactly what is missing.
    """

    greeting: str
    card: CredentialCard
    state: StateCard
    takes: str
    banner: str
    mail_comes_back: str
    value: int
    most: int
    counted: str
    required: str
    still_needed: str
    tasks: tuple[TaskRow, ...]
    dates: tuple[KeyDate, ...]
    timelines: tuple[Timeline, ...]
    has_certificate: bool
    again: str
    can_still_renew: bool
    granted: tuple[str, ...] = ()
    fitting: tuple[Course, ...] = ()
    gap: str = ""

    @property
    def listed(self) -> tuple[TaskRow, ...]:
        """Return the tasks to list: all except the one that the page's button opens."""
        return tuple(task for task in self.tasks if task.tag != READY)

    @property
    def is_all_done(self) -> bool:
        return bool(self.listed) and all(task.is_done for task in self.listed)


def home_of(cycle: Cycle, *, today: date) -> HomeView:
    """Return what Home shows on `today`, a date in the policy's zone."""
    snapshot = snapshot_of(cycle, today=today)
    return home_view(snapshot, fitting=_fitting_courses(snapshot))


def home_view(snapshot: Snapshot, *, fitting: tuple[Course, ...] = ()) -> HomeView:
    """Return what Home shows of a snapshot. No query."""
    total, unit = snapshot.standing.total, snapshot.policy.unit
    state = state_of(snapshot)
    return HomeView(
        greeting=f"Hello, {snapshot.credential.trainer.get_short_name()}",
        card=credential_card(snapshot.credential, snapshot.certification),
        state=state,
        takes=MINUTES if state.button.startswith("Renew") else "",
        banner=_banner(snapshot),
        mail_comes_back=_mail_comes_back(snapshot),
        value=min(total.counted, total.required),
        most=total.required,
        counted=unit.format(total.counted),
        required=unit.words(total.required),
        still_needed=_still_needed(snapshot),
        tasks=task_rows(snapshot),
        dates=dates_of(snapshot),
        timelines=timelines_of(snapshot),
        has_certificate=snapshot.certification.through is not None,
        again=_again(snapshot),
        can_still_renew=snapshot.can_still_renew,
        granted=tuple(granted_sentences(snapshot)),
        fitting=fitting,
        gap=unit.format(fitting[0].hundredths) if fitting else "",
    )


def _still_needed(snapshot: Snapshot) -> str:
    """Return how much is missing, such as "0.4 more (about 4 hours)"; "" when nothing is."""
    missing, unit = snapshot.standing.total.missing, snapshot.policy.unit
    return f"{unit.format(missing)} more{about_hours(snapshot, missing)}" if missing else ""


def _fitting_courses(snapshot: Snapshot) -> tuple[Course, ...]:
    """Return a few approved courses that give exactly the CEUs that are missing. One query; none
    when nothing is missing.
    """
    if (
        snapshot.in_hand
        or not snapshot.can_still_renew
        or snapshot.is_complete
        or snapshot.rests_on_petitions
    ):
        return ()
    gap = needed_from_courses(snapshot.cycle, snapshot.standing)
    if not gap:
        return ()
    found = Course.objects.approved_on(snapshot.today).filter(hundredths=gap)
    return tuple(found.select_related("provider")[:COURSES_SHOWN])


def _again(snapshot: Snapshot) -> str:
    """Return a sentence that says from when and through when somebody whose certification is
    expired is certified again after renewing; "" for anybody else.
    """
    if not snapshot.can_still_renew or snapshot.in_hand or snapshot.standing.status != EXPIRED:
        return ""
    through = day(snapshot.standing.dates.next_cycle.expires_on)
    return (
        f"You are certified again as soon as your renewal is approved, through {through}. "
        "Your card and its code come back the same moment."
    )


def _banner(snapshot: Snapshot) -> str:
    """Return a sentence that says why the last renewal of this cycle ended without a decision; ""
    when another is begun.
    """
    application = snapshot.application
    if application is None or application.state != State.LAPSED or application.pay_through is None:
        return ""
    paid_by = day(application.pay_through)
    ended = f"Your renewal {application.reference} was not paid through {paid_by} and has ended. "
    return f"{ended}You can start again{snapshot.for_price}."


def _mail_comes_back(snapshot: Snapshot) -> str:
    """Return a sentence that says that mail to the trainer's address cannot be delivered; "" when
    it can, or when the address was corrected since.
    """
    trainer = snapshot.credential.trainer
    return f"Our last mail to {trainer.email} came back." if trainer.mail_trouble_at else ""
