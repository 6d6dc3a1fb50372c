"""Disputes, refunds made elsewhere, decisions about fees that went back, and fees of nothing (Q31)."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider_id", models.CharField(max_length=255, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("inquiry", "The bank asks"),
                            ("to_answer", "To be answered"),
                            ("answered", "The bank decides"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                            ("closed", "Closed, no money moved"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="The payer's, in the provider's word.", max_length=60
                    ),
                ),
                ("amount_cents", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("opened_on", models.DateField(help_text="Its date in the policy's zone.")),
                (
                    "answer_by",
                    models.DateTimeField(help_text="The provider takes no answer after it.", null=True),
                ),
                (
                    "answer_through",
                    models.DateField(help_text="The last day to answer, in the policy's zone.", null=True),
                ),
                (
                    "told_at",
                    models.DateTimeField(help_text="The moment of the newest event that it follows."),
                ),
                (
                    "status",
                    models.CharField(help_text="The provider's own word in that event.", max_length=40),
                ),
                ("withdrawn_at", models.DateTimeField(help_text="When the bank took the money.", null=True)),
                (
                    "reinstated_at",
                    models.DateTimeField(help_text="When the bank gave the money back.", null=True),
                ),
                ("lost_at", models.DateTimeField(null=True)),
                ("won_at", models.DateTimeField(null=True)),
                (
                    "closed_on",
                    models.DateField(help_text="The day of its end, in the policy's zone.", null=True),
                ),
            ],
            options={
                "ordering": ("-opened_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="FeeDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("keep", "Stands without the fee"),
                            ("end", "Does not stand without the fee"),
                        ],
                        max_length=4,
                    ),
                ),
                ("reason", models.TextField()),
                ("kept_cents", models.IntegerField(help_text="What was kept of the charge then.")),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "decision about a fee that went back",
                "verbose_name_plural": "decisions about fees that went back",
                "ordering": ("-pk",),
                "permissions": (
                    ("decide_open_fee", "Can decide about what is not decided, when its fee went back"),
                    ("decide_closed_fee", "Can decide about what was approved, when its fee went back"),
                ),
            },
        ),
        migrations.RemoveConstraint(
            model_name="charge",
            name="payments_charge_amount",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="payments_ledger_sign",
        ),
        migrations.RemoveConstraint(
            model_name="refund",
            name="payments_refund_by_whom_and_why",
        ),
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
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount_cents__gt", 0), ("kind__in", ["charge", "refund", "dispute", "unwaived"])
                    ),
                    models.Q(("amount_cents__lt", 0), ("kind__in", ["payment", "undone", "won", "waiver"])),
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
                        ("cause__in", ["twice", "not_due", "late", "provider"]),
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
        migrations.AddField(
            model_name="dispute",
            name="charge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="payments.charge"
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="payments.ledgerentry",
            ),
        ),
        migrations.AddField(
            model_name="feedecision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="feedecision",
            name="charge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fee_decisions",
                to="payments.charge",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("state__in", ("inquiry", "to_answer", "answered"))),
                fields=["answer_through", "id"],
                name="payments_dispute_going_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_cents__gt", 0)), name="payments_dispute_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on__isnull", True), ("state__in", ("inquiry", "to_answer", "answered"))
                    ),
                    models.Q(("closed_on__isnull", False), ("state__in", ("won", "lost", "closed"))),
                    _connector="OR",
                ),
                name="payments_dispute_one_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "lost"), _negated=True), ("lost_at__isnull", False), _connector="OR"
                ),
                name="payments_dispute_lost_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length(models.F("reason")), 60
                ),
                name="payments_dispute_reason_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length(models.F("status")), 40
                ),
                name="payments_dispute_status_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="payments_feedecision_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedecision",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length(models.F("reason")), 2000
                ),
                name="payments_feedecision_reason_length",
            ),
        ),
    ]
