"""The columns that a roster may have for its policy: by which way a cycle was renewed, and the facts that the
policy declares itself. How a fact is compared with what is stored, written, and told.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

from core.history import subject_of
from core.models import HistoryEntry
from rules.given_status import path_codes
from rules.policy.model import Policy
from trainers.models import Credential, Trainer

PREFIX = "facts."  # of the columns, as in a question to the rules
RENEWED_BY = "renewed_by"
SPAN = 2000  # lines of the file that are taken together
# A fact that is not known yet is added, also to a credential that we hold; one that is stored stays. A file that
# is older than a renewal made here adds nothing.
NOT_HELD = """NOT EXISTS (
        SELECT 1 FROM trainers_credentialfact s WHERE s.credential_id = {credential} AND s.code = f.code)"""
ADDED = f"""FROM roster_fact f JOIN roster_judged r ON r.line = f.line JOIN trainers_credential c ON c.number = r.number
    WHERE r.outcome IN ('new', 'changed') AND COALESCE(r.keeps_name, '') <> 'older'
        AND {NOT_HELD.format(credential="c.id")}"""
# Made when the rows are judged: once they are written, nothing says any more what was held before.
CHANGES = """CREATE TEMPORARY TABLE roster_fact_change AS
    SELECT f.line, f.code, f.value, s.value AS held FROM roster_fact f JOIN roster_judged r ON r.line = f.line
    LEFT JOIN trainers_credentialfact s ON s.credential_id = r.credential_id AND s.code = f.code
    WHERE r.credential_id IS NOT NULL AND COALESCE(r.keeps_name, '') <> 'older' AND COALESCE(s.value, '') <> f.value"""


class FactChange(NamedTuple):
    """A fact in a row about a credential that we hold which differs from what is stored; `held` is
    None where nothing is.
    """

    line: int
    code: str
    value: str
    held: str | None


class _Added(NamedTuple):
    line: int
    credential_id: int
    trainer_id: int
    code: str
    value: str


def columns_of_policy(policy: Policy) -> tuple[str, ...]:
    """Return the columns that a roster may have besides those of every roster."""
    way = (RENEWED_BY,) if path_codes(policy) else ()
    return (*way, *(f"{PREFIX}{one.code}" for one in policy.own_facts))


def fact_changes(cursor: CursorWrapper, first: int, last: int) -> dict[int, list[FactChange]]:
    """Return the facts that differ from what is stored, by their line, of the lines after `first`
    through `last`.
    """
    cursor.execute(
        "SELECT line, code, value, held FROM roster_fact_change WHERE line > %s AND line <= %s ORDER BY line, code",
        [first, last],
    )
    found = [FactChange(*row) for row in cursor.fetchall()]
    return {line: list(rows) for line, rows in groupby(found, key=lambda one: one.line)}


def merge_facts(
    cursor: CursorWrapper, policy: Policy, *, by: Trainer | None, at: datetime, reason: str
) -> None:
    """Write each fact that is not known yet, with its history. Only after the credentials are written."""
    labels = {one.code: one.label for one in policy.own_facts}
    for rows in _added(cursor):
        HistoryEntry.objects.bulk_create(
            HistoryEntry(
                subject=subject_of(Credential(pk=credential)),
                trainer_id=trainer,
                verb="facts_set",
                by=by,
                at=at,
                reason=reason,
                detail={labels[one.code]: ["", one.value.replace("_", " ")] for one in added},
            )
            for (credential, trainer), added in groupby(rows, key=lambda one: one[1:3])
        )
    by_id = by.pk if by else None
    cursor.execute(
        f"INSERT INTO trainers_credentialfact (credential_id, code, value, by_id, at) SELECT c.id, f.code, f.value, %s, %s {ADDED}",
        [by_id, at],
    )


def _added(cursor: CursorWrapper) -> Iterator[list[_Added]]:
    """Yield what will be added, in whole lines, before it is written."""
    cursor.execute("SELECT COALESCE(MAX(line), 0) FROM roster_fact")
    for start in range(0, int(cursor.fetchone()[0]) + 1, SPAN):
        cursor.execute(
            f"SELECT f.line, c.id, c.trainer_id, f.code, f.value {ADDED} AND f.line > %s AND f.line <= %s "
            "ORDER BY f.line, f.code",
            [start, start + SPAN],
        )
        yield [_Added(*row) for row in cursor.fetchall()]
