from django.db import migrations, models


class Migration(migrations.Migration):
    """The history is read newest first, and of one moment by key: many rows have the moment of one import."""

    dependencies = [("core", "0005_by_verb")]

    operations = [
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(fields=["-at", "-id"], name="core_history_latest"),
        ),
        # By itself: changing the field would make the table anew on SQLite, without its triggers.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX core_historyentry_at_b6e3a382",
                    "CREATE INDEX core_historyentry_at_b6e3a382 ON core_historyentry (at)",
                )
            ],
            state_operations=[
                migrations.AlterField(model_name="historyentry", name="at", field=models.DateTimeField())
            ],
        ),
    ]
