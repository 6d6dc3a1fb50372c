"""A migration on SQLite makes tables anew; triggers of other tables that name them do not stand in its way (F3)."""

import pytest
from django.db import connection
from django.db.migrations import RemoveConstraint
from django.db.migrations.loader import MigrationLoader

from core import triggers
from core.models import Erasure
from payments.models import Charge
from trainers.models import Credential, Cycle, Trainer


@pytest.mark.parametrize("model", [Charge, Credential, Cycle, Erasure, Trainer])
def test_a_table_that_other_tables_triggers_refer_to_can_be_rebuilt_by_a_migration(real_database, model):
    triggers.make_way(plan=["a migration"])
    app, name = model._meta.app_label, model._meta.model_name
    before = MigrationLoader(connection).project_state()
    after, operation = before.clone(), RemoveConstraint(name, model._meta.constraints[0].name)
    operation.state_forwards(app, after)
    with connection.schema_editor() as editor:
        operation.database_forwards(app, editor, before, after)
    triggers.ensure_installed()
    assert triggers.missing_triggers() == []


def test_running_migrate_with_nothing_to_apply_removes_no_trigger(real_database):
    triggers.make_way(plan=[])
    assert triggers.missing_triggers() == []
