"""An audit whose time has begun has a last day. The check compared it with nothing when it was missing, and a
comparison with nothing refuses nothing. No service has ever written such a row.
"""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("audits", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="audit", name="audits_audit_clock"),
        migrations.AddConstraint(
            model_name="audit",
            constraint=models.CheckConstraint(
                condition=Q(notified_on__isnull=True, due_on__isnull=True)
                | Q(notified_on__isnull=False, due_on__isnull=False, due_on__gte=F("notified_on")),
                name="audits_audit_clock",
            ),
        ),
    ]
