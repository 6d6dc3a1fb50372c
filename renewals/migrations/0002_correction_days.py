"""One budget of correction days for each application (Q25)."""

from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.db.models import Q

# Until this release every return gave 30 days, in the sample policy and in every body's that ran it.
DAYS_OF_RELEASE_1 = timedelta(days=30)


def set_returned_on(apps: Any, schema_editor: Any) -> None:
    """Give each returned application the day on which its days began."""
    for row in apps.get_model("renewals", "Application").objects.filter(state="returned"):
        row.returned_on = row.correct_through - DAYS_OF_RELEASE_1
        row.save(update_fields=["returned_on"])


class Migration(migrations.Migration):
    dependencies = [("renewals", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="correction_days_spent",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Days that earlier returns used up; the last one is counted when it ends (Q25).",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="returned_on",
            field=models.DateField(help_text="The day on which it was last returned.", null=True),
        ),
        migrations.AlterField(
            model_name="application",
            name="correct_through",
            field=models.DateField(help_text="The last day to correct it (Q16, Q25).", null=True),
        ),
        migrations.RunPython(set_returned_on, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_on__isnull=False, correct_through__isnull=False),
                name="renewals_application_last_day_to_correct",
            ),
        ),
    ]
