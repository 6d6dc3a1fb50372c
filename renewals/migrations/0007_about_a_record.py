import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A return may point at the course or card that it is about."""

    dependencies = [("ceus", "0005_words_with_a_slip"), ("renewals", "0006_neutral_words")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="record",
            field=models.ForeignKey(
                blank=True,
                help_text="What a return is about: its trainer corrects it on the renewal's own page.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ceus.ceurecord",
            ),
        ),
    ]
