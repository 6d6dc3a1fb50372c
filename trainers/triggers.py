"""Triggers of trainers: the cycles of a credential follow each other, without a gap unless the policy
counts one from the day of receipt or of approval, and their dates never change.
"""

from core.models import Erasure
from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed
from rules.days import FOR_LIFE_THROUGH
from trainers.models import Credential, EmailChange, FactorReset, Invitation, Roster

_CYCLES = "trainers_cycle c WHERE c.credential_id = NEW.credential_id"
# Each begins and ends later than those before it, and none follows one that never ends.
_ORDERED = (
    "NEW.starts_on > MAX(c.starts_on) AND NEW.expires_on > MAX(c.expires_on)"
    f" AND NEW.expires_on <= '{FOR_LIFE_THROUGH}'"
)
_FIRST = f"NOT EXISTS (SELECT 1 FROM {_CYCLES})"  # noqa: S608 - our own words


def _follows(next_day: str) -> str:
    """Return the SQL condition that a cycle that is not the first follows those before it."""
    adjoins = f"(NEW.counted_from <> 'E' OR NEW.starts_on = {next_day})"
    return f"(SELECT {_ORDERED} AND {adjoins} FROM {_CYCLES})"  # noqa: S608 - our own words


# A superuser who can sign in; on PostgreSQL the others are locked while they are counted, so that two at once
# do not remove each other's rights.
_ABLE = "{0}.is_superuser AND {0}.is_active AND {0}.is_staff"
_OTHERS = f"SELECT 1 FROM trainers_trainer t WHERE t.id <> OLD.id AND {_ABLE.format('t')}"  # noqa: S608 - our own words
_UNMADE = f"({_ABLE.format('OLD')}) AND NOT ({_ABLE.format('NEW')})"

TRIGGERS = [
    step_trigger(Credential),
    step_trigger(Invitation),
    step_trigger(FactorReset),
    columns_fixed(
        "trainers_factorreset_fixed",
        "trainers_factorreset",
        ["person_id", "asked_by_id", "asked_at"],
        "who asked for whose reset never changes",
    ),
    never_removed("trainers_factorreset_kept", "trainers_factorreset", "a reset is never removed"),
    Trigger(
        "trainers_trainer_last_superuser",
        "trainers_trainer",
        "UPDATE",
        "the last superuser cannot be unmade",
        when=f"{_UNMADE} AND NOT EXISTS ({_OTHERS})",
        when_postgresql=f"{_UNMADE} AND NOT EXISTS (SELECT 1 FROM ({_OTHERS} FOR UPDATE) others)",  # noqa: S608 - our own words
    ),
    Trigger(
        "trainers_cycle_follows",
        "trainers_cycle",
        "INSERT",
        "a cycle begins the day after the one before it ended, or as its policy counts it",
        when=f"""NOT ({_FIRST} OR {_follows("date(MAX(c.expires_on), '+1 day')")})""",
        when_postgresql=f"NOT ({_FIRST} OR {_follows('MAX(c.expires_on) + 1')})",
    ),
    columns_fixed(
        "trainers_cycle_fixed",
        "trainers_cycle",
        ["credential_id", "starts_on", "expires_on", "counted_from", "renewed_by", "draw_id"],
        "the dates, the draw id and the way by which a cycle was renewed never change",
    ),
    never_removed("trainers_cycle_kept", "trainers_cycle", "a cycle is never removed"),
    # Of the table in core: its steps are made by what core's own triggers are part of.
    step_trigger(Erasure),
    columns_fixed(
        "core_erasure_fixed",
        "core_erasure",
        ["trainer_id", "numbers", "asked_at"],
        "what an erasure is about never changes",
    ),
    never_removed("core_erasure_kept", "core_erasure", "an erasure is never removed"),
    step_trigger(EmailChange),
    columns_fixed(
        "trainers_emailchange_fixed",
        "trainers_emailchange",
        ["trainer_id", "before", "after", "reason", "by_id", "asked_at"],
        "what address was asked for never changes",
    ),
    never_removed(
        "trainers_emailchange_kept", "trainers_emailchange", "a change of address is never removed"
    ),
    step_trigger(Roster),
    columns_fixed(
        "trainers_roster_fixed",
        "trainers_roster",
        ["name", "sha256", "size", "policy_code", "exported_on", "sent_by_id", "sent_at"],
        "which file was sent by whom never changes",
    ),
    columns_fixed(
        "trainers_roster_done",
        "trainers_roster",
        ["new", "changed", "unchanged", "mark", "confirmed_by_id", "confirmed_at"],
        "what was applied by whom never changes",
        once="OLD.state = 'applied'",
    ),
    never_removed("trainers_roster_kept", "trainers_roster", "a roster is never removed"),
    columns_fixed(
        "trainers_erased_stays",
        "trainers_trainer",
        ["name", "email", "password", "is_active", "is_staff", "is_superuser"],
        "an erased account stays nobody's",
        once="EXISTS (SELECT 1 FROM core_erasure x WHERE x.trainer_id = OLD.id AND x.state = 'erased')",
    ),
    columns_fixed(
        "trainers_merged_stays",
        "trainers_trainer",
        ["email", "password", "is_active", "is_staff", "is_superuser"],
        "an account that is part of another one stays closed",
        once="EXISTS (SELECT 1 FROM core_merge m WHERE m.going_id = OLD.id)",
    ),
]
