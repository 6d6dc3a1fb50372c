"""An approval says how many CEUs it grants. The check compared them with a number, and a comparison with nothing
refuses nothing. No service has ever written such a row.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="decision", name="petitions_decision_whole"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=Q(
                    verdict="approve", hundredths__isnull=False, hundredths__gt=0, hundredths__lte=10_000
                )
                | (Q(verdict="deny", hundredths__isnull=True) & ~Q(reason_code="") & ~Q(words="")),
                name="petitions_decision_whole",
            ),
        ),
    ]
