"""Rosters and their rows, and what the database refuses about them."""

from datetime import date
from types import SimpleNamespace

from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT
from trainers.models import Roster, RosterLine

COUNTS = ("new", "changed", "unchanged", "bad")
NUMBERS = ("size", "line_count", "attempts", "attempts_done", "lines_of", "rows_read")


def add_rosters(stage: SimpleNamespace) -> None:
    sent = {"name": "autumn.csv", "size": 9, "line_count": 2, "policy_code": "nasm-cpt"}
    sent |= {"sent_by": stage.lead, "sent_at": AT}
    found = {**dict.fromkeys(COUNTS, 0), "mark": "b" * 64, "checked_at": AT}
    stage.checked_roster = Roster.objects.create(state="checked", sha256="a" * 64, **sent, **found)
    stage.roster = Roster.objects.create(
        state="applied",
        sha256="c" * 64,
        confirmed_by=stage.lead,
        confirmed_at=AT,
        ended_at=AT,
        lines_of=1,
        **sent,
        **found,
    )
    stage.roster_line = RosterLine.objects.create(
        roster=stage.roster, attempt=1, line=2, outcome="new", words="x"
    )


def roster_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [
        change("trainers_roster_steps", s.roster, state="checked", ended_at=None),
        *change_each(
            "trainers_roster_fixed",
            s.checked_roster,
            name="other.csv",
            sha256="d" * 64,
            size=10,
            policy_code="another",
            exported_on=date(2027, 3, 1),
            sent_by=s.jordan,
            sent_at=s.later,
        ),
        *change_each(
            "trainers_roster_done",
            s.roster,
            **dict.fromkeys(("new", "changed", "unchanged"), 1),
            mark="e" * 64,
            confirmed_by=s.jordan,
            confirmed_at=s.later,
        ),
        remove("trainers_roster_kept", s.checked_roster),
        copy("trainers_roster_one_open", s.checked_roster, "sha256"),
        copy("trainers_roster_one_end", s.roster, ended_at=None),
        copy("trainers_roster_counted", s.checked_roster, sha256="d" * 64, bad=None),
        copy("trainers_roster_counted", s.checked_roster, sha256="d" * 64, mark=""),
        copy("trainers_roster_confirmed", s.roster, confirmed_by=None),
        copy("trainers_roster_confirmed", s.roster, bad=1),
        copy("trainers_roster_name_length", s.roster, name="x" * 121),
        copy("trainers_roster_note_length", s.roster, note="x" * 501),
        *(copy(f"trainers_roster_{name}_check", s.roster, **{name: -1}) for name in (*NUMBERS, *COUNTS[:3])),
        copy("trainers_roster_bad_check", s.checked_roster, sha256="d" * 64, bad=-1),
        copy("trainers_rosterline_attempt_check", s.roster_line, attempt=-1),
        copy("trainers_rosterline_line_check", s.roster_line, line=-1),
    ]
