from django.db import migrations, models


class Migration(migrations.Migration):
    """The queue is read by moment of receipt, and of one moment by key, without sorting those that came at once."""

    dependencies = [("renewals", "0004_for_long_lists")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["state", "received_at", "id"], name="renewals_application_turn"),
        ),
        migrations.RemoveIndex(model_name="application", name="renewals_application_queue"),
    ]
