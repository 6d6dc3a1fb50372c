"""What a trainer reads about a relief: its state, and what it changes for them."""

from dataclasses import dataclass

from core.templatetags.words import day
from hardship.models import Relief
from hardship.notices import DEEDS, fee_words
from hardship.standing import REASONS

State, What = Relief.State, Relief.What
TAGS = {
    State.ASKED: ("We look at it", "info"),
    State.PROPOSED: ("We look at it", "info"),
    State.GRANTED: ("Granted", "ok"),
    State.DECLINED: ("Not granted", "warn"),
    State.WITHDRAWN: ("Withdrawn", "none"),
    State.TAKEN_BACK: ("Taken back", "warn"),
}


@dataclass(frozen=True, slots=True)
class ReliefView:
    """A relief as its trainer's page shows it. `effect` is a sentence about what it changes now."""

    relief: Relief
    title: str
    tag: str
    tag_kind: str
    effect: str
    can_withdraw: bool

    @property
    def is_decided(self) -> bool:
        """Return whether the page shows what staff wrote: it is hidden while the relief is only proposed."""
        return self.relief.state in (State.GRANTED, State.DECLINED, State.TAKEN_BACK)


def relief_view(relief: Relief) -> ReliefView:
    """Return the relief in words, for its trainer."""
    tag, kind = TAGS[State(relief.state)]
    waits = relief.state in Relief.OPEN and relief.asked_at is not None
    return ReliefView(relief, title_of(relief), tag, kind, effect_of(relief), waits)


def title_of(relief: Relief) -> str:
    """Return what a relief is about, such as "More time to apply"."""
    if relief.is_waiver:
        return "A waived fee" if relief.state == State.GRANTED else "A fee to waive"
    what = relief.get_what_display()
    about = f" ({relief.case_ref})" if relief.case_ref else ""
    return f"More time {what[0].lower()}{what[1:]}{about}"


def effect_of(relief: Relief) -> str:
    """Return a sentence on what the relief changes in its present state."""
    if relief.state == State.GRANTED:
        return granted_sentence(relief)
    if relief.state in Relief.OPEN:
        return "Until we have decided, everything stays as it was. We will write to you."
    stays = "Your fee stays as it was." if relief.is_waiver else "Your last day stays as it was."
    return "The fee is part of the price again." if relief.state == State.TAKEN_BACK else stays


def granted_sentence(relief: Relief) -> str:
    """Return a sentence on what was granted and why, as Home shows it."""
    because = f" because of {reason}" if (reason := REASONS[relief.kind]) else ""
    if relief.is_waiver:
        return f"We waived {fee_words(relief)}{because}."
    return (
        f"We gave you more time{because}: you can {DEEDS[What(relief.what)]} through {day(relief.last_day)}."
    )
