"""Home: the answer of the day, the credential as a card, what to do, and the dates with their prices."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.pages import StateCard
from ceus.cards import needed_from_courses
from ceus.models import Course
from core.deadlines import full_day, near_day, short_day_without_year
from core.templatetags.words import day
from renewals.pages.cards import state_of
from renewals.pages.credential_card import CredentialCard, credential_card
from renewals.pages.home_steps import MINUTES, READY, TaskRow, about_hours, task_rows
from renewals.pages.lower import asks_for_nothing, together_rule
from renewals.pages.over import is_expired
from renewals.pages.sentences import added_fee, ends_elsewhere, granted_sentences, net_lines
from renewals.pages.snapshot import Snapshot, State, snapshot_of
from renewals.pages.timeline import Timeline, price_timelines, window_place
from rules.days import through_words
from rules.fees import Window
from rules.policy.building_blocks import Rule
from trainers.models import Cycle
from trainers.services.cycles import foreseen_period

COURSES_SHOWN = 3
DOCUMENTS = "Last day to send your documents"
DOCUMENTS_NOTE = "After that day nothing can be added, and we cannot renew your certification without them."


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A last day in words. `place` says whether its window is past, now or coming; "" for a day
    that ends no window.
    """

    label: str
    when: SafeString
    note: str
    price: str = ""
    place: str = ""


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
    together: Rule | None = None  # by which a higher certification renews this one

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
        dates=() if asks_for_nothing(snapshot) else dates_of(snapshot),
        timelines=timelines_of(snapshot),
        has_certificate=snapshot.certification.through is not None,
        again=_again_sentence(snapshot),
        can_still_renew=snapshot.can_still_renew,
        granted=tuple(granted_sentences(snapshot)),
        fitting=fitting,
        gap=unit.format(fitting[0].hundredths) if fitting else "",
        together=together_rule(snapshot),
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
        or asks_for_nothing(snapshot)
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


def _again_sentence(snapshot: Snapshot) -> str:
    """Return a sentence that says from when and through when somebody whose certification is
    expired is certified again after renewing; "" for anybody else.
    """
    if not snapshot.can_still_renew or snapshot.in_hand or not is_expired(snapshot):
        return ""
    through = through_words(foreseen_period(snapshot.cycle, snapshot.standing).expires_on)
    return (
        f"You are certified again as soon as your renewal is approved, {through}. "
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


def dates_of(snapshot: Snapshot) -> tuple[KeyDate, ...]:
    """Return the last day for the audit's documents, then the last day of every window.

    A trainer who may not apply (Q24) gets only the first.
    """
    windows = snapshot.standing.windows if snapshot.credential.in_force else ()
    return (*_audit_date(snapshot), *(_window_date(snapshot, one) for one in windows))


def _window_date(snapshot: Snapshot, window: Window) -> KeyDate:
    cents = window.fees.total_cents
    return KeyDate(
        label=label_of(snapshot, window),
        when=_when(snapshot, window.last_on),
        note=_short_note(snapshot, window),
        price=snapshot.money(cents) if cents else "No fee",
        place=window_place(window, snapshot.today),
    )


def _short_note(snapshot: Snapshot, window: Window) -> str:
    """Return the reason for the price of a window, and what else ends on its last day, such as the
    days for courses.
    """
    if window.last_on < snapshot.today:
        return f"{_why_renew_now(snapshot, window)}. This day has passed."
    parts = [_why_renew_now(snapshot, window)]
    if window is snapshot.standing.windows[0] and window.first_on > snapshot.today:
        parts.append(f"You can renew from {near_day(window.first_on, snapshot.today)}")
    if window.last_on == snapshot.standing.dates.completion_deadline and not snapshot.is_complete:
        parts.append("Courses count through this day")
    if window is snapshot.standing.windows[-1]:
        parts.append("The last day to renew at all")
    said = f"{'. '.join(parts)}.{ends_elsewhere(snapshot, window.last_on)}"
    return f"{said} {window.moved}" if window.moved else said


def _why_renew_now(snapshot: Snapshot, window: Window) -> str:
    if window.last_on <= snapshot.cycle.expires_on:
        later = (
            one.fees for one in snapshot.standing.windows if one.fees.total_cents > window.fees.total_cents
        )
        spared = next(([line.label.lower() for line, _ in net_lines(fees)] for fees in later), [])
        return f"On time. No {spared[-1]}" if spared else "On time"
    if window.fees.total_cents == snapshot.standing.windows[0].fees.total_cents:
        return "It costs no more than on time"
    added = added_fee(snapshot, window.fees)
    return f"Adds a {added}" if added else "Late"


def _audit_date(snapshot: Snapshot) -> tuple[KeyDate, ...]:
    last_on = snapshot.documents_through
    if last_on is None:
        return ()
    note = f"{DOCUMENTS_NOTE}{ends_elsewhere(snapshot, last_on)}"
    return (KeyDate(DOCUMENTS, _when(snapshot, last_on), note),)


def _when(snapshot: Snapshot, last_on: date) -> SafeString:
    weekday = near_day(last_on, snapshot.today).removesuffix(full_day(last_on))
    # In a narrow column the weekday stands above, and the rest stays in one line.
    return format_html(
        '<time datetime="{}">{}<span>{}</span></time>', last_on.isoformat(), weekday, full_day(last_on)
    )


def note_of(snapshot: Snapshot, window: Window) -> str:
    """Return the sentence about a window. Where the trainer's own zone shows another time, it also
    says when the last day ends there (Q3).
    """
    return f"{window.text}{ends_elsewhere(snapshot, window.last_on)}"


def label_of(snapshot: Snapshot, window: Window) -> str:
    """Return the label of a window's last day, such as "Last day with the $30 late fee"."""
    if window is snapshot.standing.windows[-1]:
        return "Last day you can renew at all"
    if window.last_on <= snapshot.cycle.expires_on:
        return "Last day to renew on time"
    if not added_fee(snapshot, window.fees):
        return "Last day to renew late"
    return f"Last day with the {added_fee(snapshot, window.fees)}"


def timelines_of(snapshot: Snapshot) -> tuple[Timeline, ...]:
    """Return the drawings for today. None are shown when the trainer has nothing to choose: the
    price is agreed, or the last day to apply has passed.
    """
    if not snapshot.can_still_renew or snapshot.in_hand:
        return ()
    words = f"Today, {short_day_without_year(snapshot.today)}"
    return price_timelines(snapshot.standing.windows, snapshot.today, words, money=snapshot.money)
