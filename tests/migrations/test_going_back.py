"""Going back to the release before needs no other database: docs/deploy.md, "Upgrade"."""

from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

from tools.environment import ROOT
from tools.landed import landed_in

OURS = {path.split("/")[0] for path in landed_in(ROOT)}
# From before this rule: from behind them Release 1 is reached by restoring a backup alone.
BEFORE_THE_RULE = {
    "payments.0003_waivers": {"charge.waived_cents", "checkoutsession.amount_cents"},
    "renewals.0002_correction_days": {"application.correction_days_spent"},
    "trainers.0004_weekly_report": {"trainer.wants_weekly_report"},
}
TAKES_AWAY = (migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel)


def in_the_way_of(app: str, operations: list) -> set[str]:
    """What the release before would stumble over: a column that it does not fill in, or one that is gone."""
    made = {op.name.lower() for op in operations if isinstance(op, migrations.CreateModel)}
    found = {f"{type(op).__name__} in {app}" for op in operations if isinstance(op, TAKES_AWAY)}
    for op in operations:
        if isinstance(op, migrations.AddField) and op.model_name.lower() not in made:
            field = op.field
            if not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED):
                found.add(f"{op.model_name.lower()}.{op.name}")
    return found


def disk_migrations() -> list[tuple[str, migrations.Migration]]:
    """Return those of ours that may meet rows: of the first of an app each table is new."""
    loaded = sorted(MigrationLoader(None).disk_migrations.items())
    return [(f"{app}.{name}", made) for (app, name), made in loaded if app in OURS and "0001" not in name]


def test_the_previous_release_can_still_write_to_a_migrated_database():
    found = {name: in_the_way_of(made.app_label, made.operations) for name, made in disk_migrations()}
    assert {name: words for name, words in found.items() if words} == BEFORE_THE_RULE
