"""What the database guards of the desk: assignments, conflicts, snoozes, notes and mentions."""

from datetime import date
from types import SimpleNamespace

from cases.models import Assignment, Conflict, Mention, Note, Snooze
from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT

DUE = date(2027, 1, 18)


def add_desk(stage: SimpleNamespace) -> None:
    """Add one assigned case and one that was assigned before, a conflict, two snoozes, and a note
    that names a colleague.
    """
    about = {"subject": "tests.row:1", "trainer": stage.jordan, "by": stage.lead, "at": AT}
    stage.assigned = Assignment.objects.create(**about, assignee=stage.reviewer)
    stage.unassigned = Assignment.objects.create(**about, assignee=stage.reviewer, ended_at=AT)
    stage.conflict = Conflict.objects.create(colleague=stage.lead, trainer=stage.jordan, at=AT)
    days = {"until_on": date(2027, 1, 11), "due_on": DUE, "reason": "They call back."}
    stage.snooze = Snooze.objects.create(**about, **days)
    stage.woken = Snooze.objects.create(**about, **days, ended_at=AT, ended_how="woken")
    stage.note = Note.objects.create(**about, text="They called.")
    stage.mention = Mention.objects.create(note=stage.note, person=stage.reviewer)
    read = Note.objects.create(**about, text="They called again.")
    stage.read_mention = Mention.objects.create(note=read, person=stage.reviewer, read_at=AT)


def desk_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    fixed = {"subject": "tests.row:2", "trainer": s.stranger, "by": s.reviewer, "at": s.later}
    return [
        *change_each("cases_assignment_fixed", s.assigned, **fixed, assignee=s.lead),
        change("cases_assignment_ended", s.unassigned, ended_at=s.later),
        remove("cases_assignment_kept", s.assigned),
        copy("cases_assignment_stranger", s.unassigned, assignee=s.lead),
        copy("cases_assignment_one_standing", s.assigned, "subject"),
        copy("cases_assignment_not_own", s.unassigned, assignee=s.jordan),
        change("cases_conflict_no_update", s.conflict, colleague=s.reviewer),
        remove("cases_conflict_no_delete", s.conflict),
        copy("cases_conflict_once", s.conflict),
        *change_each(
            "cases_snooze_fixed", s.snooze, **fixed, until_on=DUE, due_on=date(2027, 1, 19), reason="-"
        ),
        change("cases_snooze_ended", s.woken, ended_at=s.later),
        change("cases_snooze_ended", s.woken, ended_how="moved"),
        remove("cases_snooze_kept", s.snooze),
        copy("cases_snooze_one_standing", s.snooze, "subject"),
        copy("cases_snooze_by_due_day", s.woken, until_on=date(2027, 1, 19)),
        copy("cases_snooze_one_end", s.woken, ended_at=None),
        copy("cases_snooze_reason_length", s.woken, reason="x" * 501),
        change("cases_note_no_update", s.note, text="Something else."),
        remove("cases_note_no_delete", s.note),
        copy("cases_note_text_length", s.note, text="x" * 2001),
        *change_each("cases_mention_fixed", s.mention, note=s.read_mention.note, person=s.lead),
        change("cases_mention_read", s.read_mention, read_at=None),
        remove("cases_mention_kept", s.mention),
        copy("cases_mention_once", s.mention),
    ]
