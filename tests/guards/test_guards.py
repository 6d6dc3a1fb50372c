"""Every guard of the database refuses what it is there for, by its name; and its lack is noticed."""

import pytest
from django.db import connection

from tests import factories
from tests.guards.badge_rows import badge_rows
from tests.guards.card_rows import card_rows
from tests.guards.changes import Illegal, refusal_of, refusal_without
from tests.guards.column_rows import column_rows
from tests.guards.constraint_rows import constraint_rows
from tests.guards.database import guards
from tests.guards.desk_rows import desk_rows
from tests.guards.employer_rows import employer_rows
from tests.guards.hardship_rows import hardship_rows
from tests.guards.journal_rows import journal_rows
from tests.guards.letter_rows import letter_rows
from tests.guards.payout_rows import payout_rows
from tests.guards.personal_rows import personal_rows
from tests.guards.provider_rows import provider_rows
from tests.guards.roster_rows import roster_rows
from tests.guards.stage import build_stage
from tests.guards.trigger_rows import trigger_rows
from tests.guards.two_people_rows import two_people_rows
from tests.guards.webhook_rows import webhook_rows

# A stronger guard refuses all that these do, so that only one of the two is ever named.
IMPLIED = {
    "journal_journalentry_number_check": "journal_entry_number",
    "ceus_correction_hundredths_before_check": "ceus_correction_true",
    "ceus_correction_hundredths_after_check": "ceus_correction_hundredths",
    "payments_dispute_amount_cents_check": "payments_dispute_amount",
    "payments_refund_amount_cents_check": "payments_refund_amount",
    "ceus_course_hundredths_check": "ceus_course_hundredths",
    "ceus_cataloguechange_hundredths_after_check": "ceus_cataloguechange_hundredths",
    "ceus_affectedrecord_hundredths_before_check": "ceus_affectedrecord_true",
    "providers_completion_hundredths_check": "providers_completion_hundredths",
    "providers_courserequest_hundredths_check": "providers_request_hundredths",
    "providers_decision_hundredths_check": "providers_decision_whole",
    "providers_batch_row_count_check": "providers_batch_counts",
    "renewals_badge_list_number_check": "renewals_badge_in_list",
    "trainers_cycle_start": "trainers_cycle_follows",  # but for two at once, of whom the trigger sees one
}


@pytest.fixture
def rows(db) -> list[Illegal]:
    stage = build_stage()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # no table is altered while something about its rows is put off
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    groups = (
        trigger_rows,
        constraint_rows,
        column_rows,
        letter_rows,
        personal_rows,
        two_people_rows,
        desk_rows,
        hardship_rows,
        roster_rows,
        payout_rows,
        card_rows,
        provider_rows,
        badge_rows,
        webhook_rows,
        journal_rows,
        employer_rows,
    )
    return [row for group in groups for row in group(stage)]


def test_every_trigger_and_constraint_has_an_illegal_change_listed_and_vice_versa(rows):
    assert {row.guard for row in rows} == set(guards())


def test_every_trigger_and_constraint_refuses_its_illegal_change_with_its_own_name(rows):
    listed = guards()
    wrong = {}
    for row in rows:
        said = refusal_of(row)
        expected = [row.guard, *filter(None, [IMPLIED.get(row.guard)])]
        if not any(listed[name].is_named_in(said) for name in expected):
            wrong[f"{row.guard}: {row.act} {row.values}"] = said or "not refused"
    assert not wrong


def test_dropping_a_trigger_or_constraint_makes_its_refusal_disappear(rows):
    listed = guards()
    unnoticed = {
        row.guard
        for row in rows
        if (drop := listed[row.guard].drop) and listed[row.guard].is_named_in(refusal_without(row, drop))
    }
    assert not unnoticed


@pytest.mark.postgres
def test_what_a_trigger_asks_of_a_small_table_is_read_by_its_index(db):
    """Its plan is kept for the connection, also while an import fills the table."""
    factories.CycleFactory()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE trainers_cycle")
        scans = "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'trainers_cycle'"
        cursor.execute(scans)
        before = cursor.fetchone()
        factories.CycleFactory()
        cursor.execute(scans)
        assert cursor.fetchone() == before
