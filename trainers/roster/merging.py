"""Write a roster whose rows have outcomes: accounts, credentials, cycles and their history, all in
the caller's transaction.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from core.faults import faultpoint
from core.history import subject_of, subject_prefix
from core.models import HistoryEntry
from rules.policy.load import load_policy
from trainers.models import Credential, Cycle, Trainer
from trainers.roster.staging import run_statements
from trainers.services.account_notices import queue_name_mail
from trainers.services.cycles import record_versions

LOCK = "LOCK TABLE trainers_trainer, trainers_credential, trainers_cycle, account_emailaddress IN SHARE ROW EXCLUSIVE MODE"
ACCOUNTS = """INSERT INTO trainers_trainer
    (password, is_superuser, email, name, time_zone, is_active, is_staff, joined_at, wants_reminders, mail_trouble, feed_nonce)
    SELECT password, FALSE, email, name, time_zone, TRUE, FALSE, %s, TRUE, '', ''
    FROM roster_judged WHERE outcome = 'new' ORDER BY line"""
ADDRESSES = """INSERT INTO account_emailaddress (user_id, email, verified, "primary")
    SELECT t.id, r.email, FALSE, TRUE FROM roster_judged r JOIN trainers_trainer t ON t.email = r.email
    WHERE r.outcome = 'new' ORDER BY r.line"""
CREDENTIALS = """INSERT INTO trainers_credential (trainer_id, number, policy_code, awarded_on, state)
    SELECT t.id, r.number, %s, r.awarded_on, 'in_force' FROM roster_judged r JOIN trainers_trainer t ON t.email = r.email
    WHERE r.outcome = 'new' ORDER BY r.line"""
CYCLES = """INSERT INTO trainers_cycle
    (credential_id, starts_on, expires_on, opens_on, completion_deadline, last_day_to_apply, remind_on, draw_id, policy_code)
    SELECT c.id, r.starts_on, r.expires_on, r.opens_on, r.completion_deadline, r.last_day_to_apply, r.remind_on, r.draw_id,
        c.policy_code
    FROM roster_judged r JOIN trainers_credential c ON c.number = r.number WHERE r.outcome = 'new' ORDER BY r.line"""
CHANGES = (
    """UPDATE trainers_trainer SET name = r.name, email = r.email, time_zone = r.time_zone,
        mail_trouble_at = CASE WHEN r.email = r.was_email THEN mail_trouble_at END,
        mail_trouble = CASE WHEN r.email = r.was_email THEN mail_trouble ELSE '' END FROM roster_judged r
        WHERE r.outcome = 'changed' AND r.trainer_id = trainers_trainer.id""",
    """UPDATE account_emailaddress SET email = r.email, verified = FALSE FROM roster_judged r
        WHERE r.outcome = 'changed' AND r.email <> r.was_email
            AND account_emailaddress.user_id = r.trainer_id AND account_emailaddress.email = r.was_email""",
)
# One row of history for each thing that was made, as the services write it.
HISTORY = """INSERT INTO core_historyentry
    (subject, trainer_id, verb, from_state, to_state, by_id, at, reason, detail)
    SELECT %s || CAST({made}.id AS text), c.trainer_id, %s, '', %s, %s, %s, %s, {object}('line', r.line)
    FROM roster_judged r JOIN trainers_credential c ON c.number = r.number
        JOIN trainers_trainer t ON t.id = c.trainer_id JOIN trainers_cycle k ON k.credential_id = c.id
    WHERE r.outcome = 'new' ORDER BY r.line"""
MADE = (
    ("t", Trainer, "joined", ""),
    ("c", Credential, "granted", "in_force"),
    ("k", Cycle, "cycle_opened", ""),
)
BATCH = 2000


def lock_tables() -> None:
    """Lock the tables against other writers until the transaction ends. On SQLite every transaction
    does so.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCK)


def merge_roster(
    cursor: CursorWrapper, *, policy_code: str, by: Trainer | None, at: datetime, reason: str
) -> None:
    """Write every new and changed row. Only inside the transaction in which the outcomes were
    found, after `lock_tables`.
    """
    cursor.execute(ACCOUNTS, [at])
    faultpoint("roster.half_merged")
    cursor.execute(ADDRESSES)
    cursor.execute(CREDENTIALS, [policy_code])
    cursor.execute(CYCLES)
    record_versions(load_policy(policy_code))
    for alias, model, verb, state in MADE:
        sql = HISTORY.format(made=alias, object=_json_object())
        values = [subject_prefix(model), verb, state, by.pk if by else None, at, reason]
        cursor.execute(sql, values)
    _record_changes(cursor, by=by, at=at, reason=reason)
    run_statements(cursor, CHANGES)
    faultpoint("roster.merged")


def _json_object() -> str:
    return "jsonb_build_object" if connection.vendor == "postgresql" else "json_object"


def _record_changes(cursor: CursorWrapper, *, by: Trainer | None, at: datetime, reason: str) -> None:
    last = 0
    while changed := _changed_after(cursor, last):
        entries = HistoryEntry.objects.bulk_create(
            HistoryEntry(
                subject=subject_of(Trainer(pk=row["trainer_id"])),
                trainer_id=row["trainer_id"],
                verb="changed_by_roster",
                by=by,
                at=at,
                reason=reason,
                detail={"line": row["line"], **changes_of(row)},
            )
            for row in changed
        )
        for entry in entries:
            if "name" in entry.detail:
                queue_name_mail(Trainer(pk=entry.trainer_id), entry)
        last = changed[-1]["line"]


def _changed_after(cursor: CursorWrapper, line: int) -> list[dict[str, Any]]:
    cursor.execute(
        """SELECT line, trainer_id, name, was_name, email, was_email, time_zone, was_time_zone FROM
        roster_judged
            WHERE outcome = 'changed' AND line > %s ORDER BY line LIMIT %s""",
        [line, BATCH],
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def changes_of(row: dict[str, Any]) -> dict[str, list[str]]:
    """Return, for each column that the roster changes, the stored value and the roster's value."""
    columns = ("name", "email", "time_zone")
    return {
        column: [row[f"was_{column}"], row[column]]
        for column in columns
        if row[column] != row[f"was_{column}"]
    }
