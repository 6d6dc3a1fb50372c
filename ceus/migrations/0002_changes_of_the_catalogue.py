"""Records say themselves whether their course was approved; changes of the list are kept (Q32)."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def keep_what_counts_today(apps: Any, schema_editor: Any) -> None:
    """Mark the records whose course or provider was not approved on the day: they did not count, and do not
    begin to.

    A granted record counts by our decision, whatever the list says.
    """
    records = apps.get_model("ceus", "CeuRecord").objects
    outside = Q()
    for way in ("course", "course__provider"):
        outside |= Q(**{f"{way}__approved_from__gt": F("completed_on")})
        outside |= Q(**{f"{way}__approved_through__lt": F("completed_on")})
    found = records.filter(outside, course__isnull=False, granted=False)
    records.filter(pk__in=found.values("pk")).update(approved=False)


class Migration(migrations.Migration):
    dependencies = [
        ("ceus", "0001_initial"),
        ("documents", "0002_keep_what_was_sent"),
        ("trainers", "0002_check_code"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AffectedRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hundredths_before", models.PositiveIntegerField(verbose_name="CEUs in hundredths, before")),
                ("hundredths_after", models.PositiveIntegerField(verbose_name="CEUs in hundredths, after")),
                ("approved_before", models.BooleanField()),
                ("approved_after", models.BooleanField()),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="CatalogueChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_before", models.DateField(null=True, verbose_name="approved from, before")),
                ("from_after", models.DateField(null=True, verbose_name="approved from, after")),
                ("through_before", models.DateField(null=True, verbose_name="approved through, before")),
                ("through_after", models.DateField(null=True, verbose_name="approved through, after")),
                (
                    "ceus_from",
                    models.DateField(
                        help_text="The first day with the new CEUs.", null=True, verbose_name="CEUs from"
                    ),
                ),
                (
                    "hundredths_before",
                    models.PositiveIntegerField(null=True, verbose_name="CEUs in hundredths, before"),
                ),
                (
                    "hundredths_after",
                    models.PositiveIntegerField(null=True, verbose_name="CEUs in hundredths, after"),
                ),
                (
                    "records",
                    models.CharField(
                        choices=[
                            ("none", "No record is concerned"),
                            ("kept", "Records stay as they are"),
                            ("changed", "Records follow the list"),
                        ],
                        default="none",
                        max_length=7,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-pk",),
                "permissions": (
                    (
                        "lead_cataloguechange",
                        "Can change records that count, and raise CEUs of days that have passed",
                    ),
                ),
            },
        ),
        migrations.AddField(
            model_name="ceurecord",
            name="approved",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="The course was approved on that day, as the list said when it was logged (Q10, Q32).",
            ),
        ),
        migrations.AddIndex(
            model_name="ceurecord",
            index=models.Index(fields=["course", "completed_on"], name="ceus_record_of_course"),
        ),
        migrations.AddField(
            model_name="affectedrecord",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="catalogue_changes",
                to="ceus.ceurecord",
            ),
        ),
        migrations.AddField(
            model_name="cataloguechange",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="cataloguechange",
            name="course",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="ceus.course",
            ),
        ),
        migrations.AddField(
            model_name="cataloguechange",
            name="provider",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="ceus.provider",
            ),
        ),
        migrations.AddField(
            model_name="affectedrecord",
            name="change",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="affected",
                to="ceus.cataloguechange",
            ),
        ),
        migrations.AddConstraint(
            model_name="cataloguechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("course__isnull", True), ("provider__isnull", False)),
                    models.Q(("course__isnull", False), ("provider__isnull", True)),
                    _connector="OR",
                ),
                name="ceus_cataloguechange_one_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="cataloguechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ceus_from__isnull", True),
                        ("hundredths_after__isnull", True),
                        ("hundredths_before__isnull", True),
                    ),
                    models.Q(
                        ("ceus_from__isnull", False),
                        ("course__isnull", False),
                        ("hundredths_after__isnull", False),
                        ("hundredths_before__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ceus_cataloguechange_ceus_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="cataloguechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hundredths_after__isnull", True),
                    models.Q(("hundredths_after__gt", 0), ("hundredths_after__lte", 10000)),
                    _connector="OR",
                ),
                name="ceus_cataloguechange_hundredths",
            ),
        ),
        migrations.AddConstraint(
            model_name="cataloguechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("records", "none"),
                    models.Q(("records__in", ["kept", "changed"]), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ceus_cataloguechange_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="cataloguechange",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length(models.F("reason")), 2000
                ),
                name="ceus_cataloguechange_reason_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="affectedrecord",
            constraint=models.UniqueConstraint(fields=("change", "record"), name="ceus_affectedrecord_once"),
        ),
        migrations.AddIndex(
            model_name="affectedrecord",
            index=models.Index(fields=["record", "id"], name="ceus_affectedrecord_newest"),
        ),
        migrations.RunPython(keep_what_counts_today, migrations.RunPython.noop),
    ]
