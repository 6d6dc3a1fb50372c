"""What the provider pays out, line by line, and what does not match our ledger."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_for_long_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Payout",
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
                            ("on_way", "On its way"),
                            ("paid", "At the bank"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "amount_cents",
                    models.BigIntegerField(help_text="Negative where the provider took money from the bank."),
                ),
                ("currency", models.CharField(max_length=3)),
                ("live", models.BooleanField(help_text="Real money.")),
                (
                    "automatic",
                    models.BooleanField(help_text="Made by the provider's schedule, and not by hand."),
                ),
                ("made_at", models.DateTimeField()),
                ("arrives_on", models.DateField(help_text="The day on which the bank has it.")),
                (
                    "trouble",
                    models.CharField(
                        blank=True, help_text="Why it failed, in the provider's words.", max_length=300
                    ),
                ),
                (
                    "listed",
                    models.BooleanField(
                        default=False, help_text="The provider can say which lines are in it."
                    ),
                ),
                ("read_at", models.DateTimeField(help_text="When all of its lines were read.", null=True)),
            ],
            options={
                "ordering": ("-arrives_on", "-pk"),
                "indexes": [
                    models.Index(fields=["arrives_on", "id"], name="payments_payout_arrives"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["made_at", "id"],
                        name="payments_payout_unread",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("read_at__isnull", True), ("listed", True), _connector="OR"),
                        name="payments_payout_read_what_is_listed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("listed", False), ("automatic", True), _connector="OR"),
                        name="payments_payout_listed_if_automatic",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length(models.F("trouble")), 300
                        ),
                        name="payments_payout_trouble_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayoutLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider_id", models.CharField(max_length=255, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payment", "Payment"),
                            ("refund", "Refund"),
                            ("undone", "Refund that failed"),
                            ("dispute", "Taken back by the bank"),
                            ("won", "Given back by the bank"),
                            ("fee", "Fee of the provider"),
                            ("returned", "Payout that came back"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("type", models.CharField(help_text="The provider's word for it.", max_length=60)),
                (
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="The provider's name for what moved, as our ledger has it.",
                        max_length=255,
                    ),
                ),
                (
                    "payment_ref",
                    models.CharField(
                        blank=True,
                        help_text="The provider's name for the payment that it is about.",
                        max_length=255,
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="The provider's words, where it is about no payer.",
                        max_length=200,
                    ),
                ),
                ("amount_cents", models.BigIntegerField(help_text="Positive: it came in.")),
                (
                    "fee_cents",
                    models.BigIntegerField(
                        help_text="What the provider kept for itself; part of no other line."
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("happened_at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="payments.ledgerentry",
                    ),
                ),
                (
                    "payout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.payout",
                    ),
                ),
            ],
            options={
                "ordering": ("payout", "happened_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("not_here", "Not in our ledger"),
                            ("amount", "Another amount"),
                            ("not_there", "In no payout"),
                            ("sum", "Not the sum of its lines"),
                            ("by_hand", "Made by hand, without lines"),
                            ("came_back", "Never reached the bank"),
                        ],
                        max_length=10,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("gone", "Agrees now"), ("explained", "Explained")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        help_text="The row of our ledger that is in no payout.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="payments.ledgerentry",
                    ),
                ),
                (
                    "payout",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="payments.payout",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="payments.payoutline",
                    ),
                ),
            ],
            options={
                "ordering": ("-found_at", "-pk"),
            },
        ),
        migrations.AddIndex(
            model_name="payoutline",
            index=models.Index(
                condition=models.Q(
                    ("entry__isnull", True), ("kind__in", ("payment", "refund", "undone", "dispute", "won"))
                ),
                fields=["id"],
                name="payments_payoutline_unlinked",
            ),
        ),
        migrations.AddIndex(
            model_name="payoutline",
            index=models.Index(
                condition=models.Q(("entry__isnull", True)),
                fields=["happened_at"],
                name="payments_payoutline_others",
            ),
        ),
        migrations.AddIndex(
            model_name="payoutline",
            index=models.Index(
                condition=models.Q(("kind", "returned")), fields=["ref"], name="payments_payoutline_returned"
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutline",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length(models.F("words")), 200
                ),
                name="payments_payoutline_words_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutline",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length(models.F("type")), 60
                ),
                name="payments_payoutline_type_length",
            ),
        ),
        migrations.AddIndex(
            model_name="difference",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["found_at", "id"],
                name="payments_difference_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entry__isnull", True),
                        ("line__isnull", False),
                        ("payout__isnull", True),
                        ("what__in", ("not_here", "amount")),
                    ),
                    models.Q(
                        ("entry__isnull", False),
                        ("line__isnull", True),
                        ("payout__isnull", True),
                        ("what", "not_there"),
                    ),
                    models.Q(
                        ("entry__isnull", True),
                        ("line__isnull", True),
                        ("payout__isnull", False),
                        ("what__in", ("sum", "by_hand", "came_back")),
                    ),
                    _connector="OR",
                ),
                name="payments_difference_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("by__isnull", True), ("closed_at__isnull", True), ("reason", ""), ("state", "open")
                    ),
                    models.Q(
                        ("by__isnull", True), ("closed_at__isnull", False), ("reason", ""), ("state", "gone")
                    ),
                    models.Q(
                        ("by__isnull", False),
                        ("closed_at__isnull", False),
                        ("state", "explained"),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payments_difference_closed_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("line__isnull", False)),
                fields=("line", "what"),
                name="payments_difference_of_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry__isnull", False)),
                fields=("entry",),
                name="payments_difference_of_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("payout__isnull", False)),
                fields=("payout", "what"),
                name="payments_difference_of_payout",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length(models.F("reason")), 300
                ),
                name="payments_difference_reason_length",
            ),
        ),
    ]
