from django.db import migrations


class Migration(migrations.Migration):
    """A person has one account at an issuer. The table is allauth's, so no model of ours can state it."""

    dependencies = [
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("trainers", "0017_way_of_a_cycle"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX trainers_one_identity ON socialaccount_socialaccount (user_id, provider)",
            "DROP INDEX trainers_one_identity",
        ),
    ]
