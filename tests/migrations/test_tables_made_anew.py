"""A migration on SQLite makes tables anew; triggers of other tables that name them do not stand in its way (F3)."""

import pytest
from django.db import connection

from core import triggers
from core.models import Erasure
from payments.models import Charge
from trainers.models import Credential, Cycle, Trainer


@pytest.mark.parametrize("model", [Charge, Credential, Cycle, Erasure, Trainer])
def test_a_table_that_triggers_of_others_name_is_made_anew(real_database, model):
    triggers.take_away_for_migrations(plan=["a migration"])
    constraint = model._meta.constraints[0]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    with connection.schema_editor() as editor:
        editor.add_constraint(model, constraint)
    triggers.ensure_installed()
    assert triggers.missing_triggers() == []


def test_a_run_without_a_migration_takes_no_trigger_away(real_database):
    triggers.take_away_for_migrations(plan=[])
    assert triggers.missing_triggers() == []
