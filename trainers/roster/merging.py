"""Write a roster whose rows have outcomes: accounts, credentials, cycles and their history, all in
the caller's transaction.
"""

from datetime import date, datetime
from typing import NamedTuple, Protocol

from django.db import connection
from django.db.backends.utils import CursorWrapper

from core.faults import faultpoint
from core.history import subject_of, subject_prefix
from core.models import HistoryEntry
from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.models import Credential, Cycle, Trainer
from trainers.roster.facts import merge_facts
from trainers.roster.staging import run_statements
from trainers.services.account_notices import queue_name_mail

LOCK = "LOCK TABLE trainers_trainer, trainers_credential, trainers_cycle, trainers_credentialfact, account_emailaddress IN SHARE ROW EXCLUSIVE MODE"
# A row makes an account unless the person has one, or an earlier row with the same address makes it.
_ACCOUNT = """r.outcome = 'new' AND r.trainer_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM roster_row f WHERE f.email = r.email AND f.line < r.line)"""
ACCOUNTS = f"""INSERT INTO trainers_trainer
    (password, is_superuser, email, name, time_zone, is_active, is_staff, joined_at, wants_reminders, mail_trouble, feed_nonce)
    SELECT password, FALSE, email, name, time_zone, TRUE, FALSE, %s, TRUE, '', ''
    FROM roster_judged r WHERE {_ACCOUNT} ORDER BY line"""  # noqa: S608 - our own words
ADDRESSES = f"""INSERT INTO account_emailaddress (user_id, email, verified, "primary")
    SELECT t.id, r.email, FALSE, TRUE FROM roster_judged r JOIN trainers_trainer t ON t.email = r.email
    WHERE {_ACCOUNT} ORDER BY r.line"""  # noqa: S608 - our own words
CREDENTIALS = """INSERT INTO trainers_credential (trainer_id, number, policy_code, awarded_on, state)
    SELECT t.id, r.number, %s, r.awarded_on, 'in_force' FROM roster_judged r JOIN trainers_trainer t ON t.email = r.email
    WHERE r.outcome = 'new' ORDER BY r.line"""
CYCLES = """INSERT INTO trainers_cycle
    (credential_id, starts_on, expires_on, opens_on, completion_deadline, last_day_to_apply, remind_on, draw_id, policy_code,
        policy_from, renewed_by)
    SELECT c.id, r.starts_on, r.expires_on, r.opens_on, r.completion_deadline, r.last_day_to_apply, r.remind_on, r.draw_id,
        c.policy_code, {policy_from}, r.renewed_by
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
    WHERE {made_by} ORDER BY r.line"""
_NEW = "r.outcome = 'new'"
MADE = (
    ("t", Trainer, "joined", "", _ACCOUNT),
    ("c", Credential, "granted", "in_force", _NEW),
    ("k", Cycle, "cycle_opened", "", _NEW),
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
    policy_from, days = _version_of_a_cycle(load_policy(policy_code))
    cursor.execute(CYCLES.format(policy_from=policy_from), days)
    for alias, model, verb, state, made_by in MADE:
        sql = HISTORY.format(made=alias, made_by=made_by, object=_json_object())
        values = [subject_prefix(model), verb, state, by.pk if by else None, at, reason]
        cursor.execute(sql, values)
    merge_facts(cursor, load_policy(policy_code), by=by, at=at, reason=reason)
    _record_changes(cursor, by=by, at=at, reason=reason)
    run_statements(cursor, CHANGES)
    faultpoint("roster.merged")


def _version_of_a_cycle(policy: Policy) -> tuple[str, list[date]]:
    """Return SQL for the first day of the policy version that says what the cycle `r` needs, with its
    parameters.
    """
    first, *later = (version.in_force_from for version in policy.versions)
    if not later:
        return "%s", [first]
    whens = " ".join("WHEN r.starts_on >= %s THEN %s" for _ in later)
    return f"CASE {whens} ELSE %s END", [*(day for one in reversed(later) for day in (one, one)), first]


def _json_object() -> str:
    return "jsonb_build_object" if connection.vendor == "postgresql" else "json_object"


def _record_changes(cursor: CursorWrapper, *, by: Trainer | None, at: datetime, reason: str) -> None:
    last = 0
    while changed := _changed_after(cursor, last):
        entries = HistoryEntry.objects.bulk_create(
            HistoryEntry(
                subject=subject_of(Trainer(pk=row.trainer_id)),
                trainer_id=row.trainer_id,
                verb="changed_by_roster",
                by=by,
                at=at,
                reason=reason,
                detail={"line": row.line, **changes_of(row)},
            )
            for row in changed
        )
        for entry in entries:
            if "name" in entry.detail:
                queue_name_mail(Trainer(pk=entry.trainer_id), entry)
        last = changed[-1].line


class ChangedValues(Protocol):
    """A row of the roster with the person's stored values, each named `was_…`."""

    @property
    def name(self) -> str: ...

    @property
    def was_name(self) -> str: ...

    @property
    def email(self) -> str: ...

    @property
    def was_email(self) -> str: ...

    @property
    def time_zone(self) -> str: ...

    @property
    def was_time_zone(self) -> str: ...


class _ChangedRow(NamedTuple):
    line: int
    trainer_id: int
    name: str
    was_name: str
    email: str
    was_email: str
    time_zone: str
    was_time_zone: str


def _changed_after(cursor: CursorWrapper, line: int) -> list[_ChangedRow]:
    cursor.execute(
        """SELECT line, trainer_id, name, was_name, email, was_email, time_zone, was_time_zone FROM
        roster_judged
            WHERE outcome = 'changed' AND (name <> was_name OR email <> was_email OR time_zone <> was_time_zone)
                AND line > %s ORDER BY line LIMIT %s""",
        [line, BATCH],
    )
    return [_ChangedRow(*row) for row in cursor.fetchall()]


def changes_of(row: ChangedValues) -> dict[str, list[str]]:
    """Return, for each column that the roster changes, the stored value and the roster's value."""
    values = {
        "name": [row.was_name, row.name],
        "email": [row.was_email, row.email],
        "time_zone": [row.was_time_zone, row.time_zone],
    }
    return {column: both for column, both in values.items() if both[0] != both[1]}
