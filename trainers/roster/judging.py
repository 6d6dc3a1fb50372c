"""The outcome of each row of a roster, found by comparing it with the other rows and with the
stored ones, in a few statements for all rows.
"""

from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from rules.days import FOR_LIFE, FOR_LIFE_THROUGH
from trainers.roster.facts import CHANGES
from trainers.roster.staging import run_statements

# Each row beside what is stored under the same number. An account that was ever entered, or is a colleague's, belongs
# to its owner: a roster takes over no account and changes nobody's time zone. What was set here since the file was
# made, by the history, stays (Q28), and so does everything when the file is older than a renewal made here. A file
# may still hold both rows of somebody whose two accounts became one: what was chosen then stays.
# A new number with the name and the address of an account is a further certification of that person.
# Only added to, never updated, which is what databases do fast.
JUDGE = """CREATE TEMPORARY TABLE roster_judged AS
    SELECT kept.*, CASE WHEN credential_id IS NULL THEN 'new'
        WHEN name <> was_name OR email <> was_email OR time_zone <> was_time_zone THEN 'changed'
        WHEN keeps_name <> 'older' AND EXISTS (SELECT 1 FROM roster_fact f WHERE f.line = kept.line AND NOT EXISTS (
            SELECT 1 FROM trainers_credentialfact s WHERE s.credential_id = kept.credential_id AND s.code = f.code))
            THEN 'changed'
        ELSE 'unchanged' END AS outcome
    FROM (
        SELECT line, number, bare, awarded_on, expires_on, starts_on, opens_on, completion_deadline,
            last_day_to_apply, remind_on, draw_id, password, renewed_by, trainer_id, credential_id, was_name, was_email, was_time_zone,
            was_awarded_on, was_policy, first_expires_on, last_expires_on, was_renewed_by,
            CASE WHEN keeps_name = '' THEN name ELSE was_name END AS name,
            CASE WHEN keeps_email = '' THEN email ELSE was_email END AS email,
            CASE WHEN keeps_time_zone = '' THEN time_zone ELSE was_time_zone END AS time_zone,
            keeps_name, keeps_email, keeps_time_zone,
            CASE WHEN name <> was_name THEN name ELSE '' END AS other_name,
            CASE WHEN email <> was_email THEN email ELSE '' END AS other_email,
            CASE WHEN time_zone <> was_time_zone THEN time_zone ELSE '' END AS other_time_zone
        FROM (
            SELECT matched.*,
                CASE WHEN older = 1 THEN 'older' WHEN merged = 1 THEN 'merged' WHEN renamed > 0 THEN 'set' ELSE '' END
                    AS keeps_name,
                CASE WHEN claimed = 1 THEN 'claimed' WHEN merged = 1 THEN 'merged' WHEN older = 1 THEN 'older' WHEN readdressed > 0 THEN 'set' ELSE '' END
                    AS keeps_email,
                CASE WHEN claimed = 1 THEN 'claimed' WHEN merged = 1 THEN 'merged' WHEN older = 1 THEN 'older' WHEN rezoned > 0 THEN 'set' ELSE '' END
                    AS keeps_time_zone
            FROM (
                SELECT r.*, c.id AS credential_id, t.id AS trainer_id, t.name AS was_name, t.email AS was_email,
                    t.time_zone AS was_time_zone, c.awarded_on AS was_awarded_on, c.policy_code AS was_policy,
                    k.first_expires_on, k.last_expires_on, y.renewed_by AS was_renewed_by, h.renamed, h.readdressed, h.rezoned,
                    CASE WHEN r.expires_on < k.last_expires_on THEN 1 ELSE 0 END AS older,
                    CASE WHEN EXISTS (SELECT 1 FROM core_merge m WHERE m.staying_id = t.id) THEN 1 ELSE 0 END AS merged,
                    CASE WHEN t.last_login IS NOT NULL OR t.is_staff OR t.is_superuser
                        OR SUBSTR(t.password, 1, 1) <> '!' THEN 1 ELSE 0 END AS claimed
                FROM roster_row r
                LEFT JOIN trainers_credential c ON c.number = r.number
                LEFT JOIN trainers_trainer t ON t.id = COALESCE(c.trainer_id, (
                    SELECT o.id FROM trainers_trainer o
                    WHERE o.email = r.email AND o.name = r.name AND o.is_active AND NOT o.is_staff
                ))
                LEFT JOIN (
                    SELECT credential_id, MIN(expires_on) AS first_expires_on, MAX(expires_on) AS last_expires_on
                    FROM trainers_cycle GROUP BY credential_id
                ) k ON k.credential_id = c.id
                LEFT JOIN trainers_cycle y ON y.credential_id = c.id AND y.expires_on = r.expires_on
                LEFT JOIN (
                    SELECT trainer_id, SUM(CASE WHEN verb = 'renamed' THEN 1 ELSE 0 END) AS renamed,
                        SUM(CASE WHEN verb = 'email_changed' THEN 1 ELSE 0 END) AS readdressed,
                        SUM(CASE WHEN verb = 'time_zone_changed' THEN 1 ELSE 0 END) AS rezoned
                    FROM core_historyentry
                    WHERE verb IN ('renamed', 'email_changed', 'time_zone_changed') AND at >= %s GROUP BY trainer_id
                ) h ON h.trainer_id = t.id
            ) matched
        ) weighed
    ) kept"""
WITHIN_THE_FILE = (
    """INSERT INTO roster_flaw SELECT r.line, 0, 'number', r.number,
        'This number stands in line ' || CAST(f.line AS text) || ' already.'
        FROM roster_row r JOIN (SELECT number, MIN(line) AS line FROM roster_row GROUP BY number HAVING COUNT(*) > 1) f
            ON f.number = r.number AND f.line <> r.line""",
    """INSERT INTO roster_flaw SELECT r.line, 0, 'number', r.number,
        'Line ' || CAST(f.line AS text) || ' has the same number with other zeros in front. A spreadsheet may have dropped some.'
        FROM roster_row r JOIN (
            SELECT bare, MIN(line) AS line FROM roster_row GROUP BY bare HAVING MIN(number) <> MAX(number)
        ) f ON f.bare = r.bare AND f.line <> r.line""",
    """INSERT INTO roster_flaw SELECT r.line, 2, 'email', r.email,
        'This address stands in line ' || CAST(f.line AS text) || ' already.'
        FROM roster_row r JOIN (
            SELECT email, MIN(line) AS line FROM roster_row GROUP BY email HAVING COUNT(*) > 1 AND MIN(name) <> MAX(name)
        ) f ON f.email = r.email AND f.line <> r.line""",
)


def _is_for_life(column: str) -> str:
    return f"CAST({column} AS text) = '{FOR_LIFE_THROUGH.isoformat()}'"


def _day_of(column: str) -> str:
    """Return the SQL for a last day as people write it in a roster: for one that never comes, in words."""
    return f"CASE WHEN {_is_for_life(column)} THEN '{FOR_LIFE}' ELSE CAST({column} AS text) END"


AGAINST_WHAT_WE_HOLD = (
    """INSERT INTO roster_flaw SELECT r.line, 0, 'number', r.number,
        'The owner of this number had their data erased. Take this line out.'
        FROM roster_judged r JOIN trainers_credential c ON c.id = r.credential_id WHERE c.state = 'erased'""",
    """INSERT INTO roster_flaw SELECT r.line, 0, 'number', r.number,
        'We hold ' || c.number || '. A spreadsheet may have dropped the zeros in front.'
        FROM trainers_credential c JOIN roster_judged r ON r.bare = LTRIM(c.number, '0')
        WHERE r.number <> c.number AND r.credential_id IS NULL""",
    """INSERT INTO roster_flaw SELECT r.line, 2, 'email', r.email, 'Another account has this address.'
        FROM roster_judged r JOIN (
            SELECT id AS trainer_id, email FROM trainers_trainer UNION SELECT user_id, email FROM account_emailaddress
            UNION SELECT staying_id, email FROM core_merge
        ) a ON a.email = r.email
        WHERE r.outcome <> 'unchanged' AND a.trainer_id <> COALESCE(r.trainer_id, 0)""",
    """INSERT INTO roster_flaw SELECT r.line, 2, 'email', r.email,
        'Another line gives this address to a person whom we hold under another one.'
        FROM roster_judged r WHERE r.outcome = 'new' AND r.trainer_id IS NULL AND EXISTS (
            SELECT 1 FROM roster_row f JOIN roster_judged e ON e.line = f.line
            WHERE f.email = r.email AND f.line <> r.line AND e.outcome <> 'new')""",
    """INSERT INTO roster_flaw SELECT line, 3, 'awarded_on', CAST(awarded_on AS text),
        'We hold ' || CAST(was_awarded_on AS text) || ' for this number. The day of an award never changes.'
        FROM roster_judged WHERE awarded_on <> was_awarded_on""",
    f"""INSERT INTO roster_flaw SELECT line, 4, 'expires_on', {_day_of("expires_on")},
        'We hold ' || {_day_of("last_expires_on")} || '. A later cycle is opened by a renewal, never by a roster.'
        FROM roster_judged WHERE awarded_on = was_awarded_on AND expires_on > last_expires_on""",  # noqa: S608 - columns and constants of ours
    f"""INSERT INTO roster_flaw SELECT line, 4, 'expires_on', {_day_of("expires_on")},
        CASE WHEN {_is_for_life("first_expires_on")} THEN 'The certification that we hold is {FOR_LIFE}. This cycle is older.'
        ELSE 'The first cycle that we hold ends on ' || CAST(first_expires_on AS text) || '. This one is older.' END
        FROM roster_judged WHERE awarded_on = was_awarded_on AND expires_on < first_expires_on""",  # noqa: S608 - columns and constants of ours
)
OTHER_POLICY = """INSERT INTO roster_flaw SELECT line, 0, 'number', number,
    'This number was given under the policy ' || was_policy || '.' FROM roster_judged WHERE was_policy <> %s"""
INDEX = "CREATE UNIQUE INDEX roster_judged_line ON roster_judged (line)"


def judge_rows(cursor: CursorWrapper, policy_code: str, *, made_at: datetime) -> None:
    """Write to each staged row its outcome, and what is wrong with it.

    A value that was set in the portal since `made_at`, the first moment of the day of the export,
    is not overwritten.
    """
    run_statements(cursor, WITHIN_THE_FILE)
    cursor.execute(JUDGE, [connection.ops.adapt_datetimefield_value(made_at)])
    run_statements(cursor, (INDEX, CHANGES, *AGAINST_WHAT_WE_HOLD))
    cursor.execute(OTHER_POLICY, [policy_code])
