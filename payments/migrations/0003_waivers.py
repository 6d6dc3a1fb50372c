"""What was waived of a charge, what was paid of it, and what each payment page asks for (Q35)."""

from typing import Any

from django.conf import settings
from django.db import migrations, models


def keep_what_was_paid(apps: Any, schema_editor: Any) -> None:
    """Until now a settled charge was paid in full, and each page asked for all of its charge."""
    charges = apps.get_model("payments", "Charge").objects
    charges.filter(state="paid").update(paid_cents=models.F("amount_cents"))
    asked = charges.filter(pk=models.OuterRef("charge")).values("amount_cents")
    apps.get_model("payments", "CheckoutSession").objects.update(amount_cents=models.Subquery(asked))


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0002_money_that_comes_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="charge",
            name="payments_charge_paid_at",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="payments_ledger_sign",
        ),
        migrations.RemoveConstraint(
            model_name="refund",
            name="payments_refund_by_whom_and_why",
        ),
        migrations.AddField(
            model_name="charge",
            name="paid_cents",
            field=models.PositiveIntegerField(
                help_text="What the payer paid when it was settled; nothing where nothing was left to pay.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="charge",
            name="waived_cents",
            field=models.PositiveIntegerField(
                default=0, help_text="What of it was waived since it was raised (Q35); it never becomes less."
            ),
        ),
        migrations.AddField(
            model_name="checkoutsession",
            name="amount_cents",
            field=models.PositiveIntegerField(default=0, help_text="What the page asks for."),
            preserve_default=False,
        ),
        migrations.RunPython(keep_what_was_paid, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="ledgerentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("charge", "Charge"),
                    ("payment", "Payment"),
                    ("refund", "Refund"),
                    ("undone", "Refund that failed"),
                    ("dispute", "Taken back by the bank"),
                    ("won", "Given back by the bank"),
                    ("waiver", "Waiver"),
                    ("unwaived", "Waiver undone"),
                    ("relief", "Fee waived"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="refund",
            name="cause",
            field=models.CharField(
                choices=[
                    ("twice", "Paid twice"),
                    ("not_due", "Paid for what was not due any more"),
                    ("late", "Paid after the time to pay"),
                    ("our_error", "Our own error"),
                    ("wish", "The payer asked for it"),
                    ("unmatched", "Money that fits no charge"),
                    ("provider", "Given back at the payment service"),
                    ("waived", "A fee that was waived"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paid_at__isnull", False), ("paid_cents__isnull", False), ("state", "paid")),
                    models.Q(
                        models.Q(("state", "paid"), _negated=True),
                        ("paid_at__isnull", True),
                        ("paid_cents__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="payments_charge_paid_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(("waived_cents__lte", models.F("amount_cents"))),
                name="payments_charge_waived",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid_cents__isnull", True),
                    ("paid_cents__lte", models.F("amount_cents")),
                    _connector="OR",
                ),
                name="payments_charge_paid",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "open"), _negated=True),
                    ("amount_cents", 0),
                    ("waived_cents__lt", models.F("amount_cents")),
                    _connector="OR",
                ),
                name="payments_charge_open_is_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount_cents__gt", 0), ("kind__in", ["charge", "refund", "dispute", "unwaived"])
                    ),
                    models.Q(
                        ("amount_cents__lt", 0),
                        ("kind__in", ["payment", "undone", "won", "waiver", "relief"]),
                    ),
                    _connector="OR",
                ),
                name="payments_ledger_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("by__isnull", True),
                        ("cause__in", ["twice", "not_due", "late", "waived", "provider"]),
                        ("hand_reference", ""),
                    ),
                    models.Q(
                        ("by__isnull", False),
                        ("cause__in", ["our_error", "wish", "unmatched"]),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("by__isnull", False),
                        models.Q(("hand_reference", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payments_refund_by_whom_and_why",
            ),
        ),
    ]
