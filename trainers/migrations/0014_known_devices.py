from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trainers", "0013_messages_seen"),
    ]

    operations = [
        migrations.AddField(
            model_name="trainer",
            name="device_generation",
            field=models.IntegerField(
                db_default=0,
                default=0,
                editable=False,
                help_text="How often all sessions were ended: devices that signed in earlier are not known any more.",
            ),
        ),
    ]
