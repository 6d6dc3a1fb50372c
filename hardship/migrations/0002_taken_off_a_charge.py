"""A waiver of a charge: proposed once for each of its fees, and granted with its amount (Q35)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hardship", "0001_more_time_and_waivers"),
        ("payments", "0003_waivers"),
        ("trainers", "0009_new_address"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="relief",
            name="hardship_relief_proposed_once",
        ),
        migrations.AlterField(
            model_name="relief",
            name="charge",
            field=models.ForeignKey(
                blank=True,
                help_text="The charge that it is taken off; empty: it is taken off the price when they apply.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payments.charge",
            ),
        ),
        migrations.AddConstraint(
            model_name="relief",
            constraint=models.UniqueConstraint(
                condition=models.Q(("charge__isnull", True), ("state", "proposed")),
                fields=("cycle", "what", "case_ref", "fee_code"),
                name="hardship_relief_proposed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="relief",
            constraint=models.UniqueConstraint(
                condition=models.Q(("charge__isnull", False), ("state", "proposed")),
                fields=("charge", "fee_code"),
                name="hardship_relief_proposed_of_charge",
            ),
        ),
        migrations.AddConstraint(
            model_name="relief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "granted"), _negated=True),
                    ("charge__isnull", True),
                    models.Q(("amount_cents__gt", 0), ("amount_cents__isnull", False)),
                    _connector="OR",
                ),
                name="hardship_relief_taken_off",
            ),
        ),
    ]
