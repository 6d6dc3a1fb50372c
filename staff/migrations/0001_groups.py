"""The roles of staff: each group with exactly its permissions (docs/decisions/0007-roles-by-migration.md)."""

from typing import Any

from django.db import migrations

from staff.roles import ensure_groups


def make_groups(apps: Any, schema_editor: Any) -> None:
    """Make the groups, with permissions that no signal has made yet."""
    ensure_groups(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("trainers", "0010_rosters"),
        ("hardship", "0001_more_time_and_waivers"),
        ("renewals", "0003_reason_code"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
