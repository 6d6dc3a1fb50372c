from typing import Any

from django.db import migrations


def name_ways(apps: Any, schema_editor: Any) -> None:
    """Say of each cycle by which way it was renewed, as the approval of the renewal before kept it: a way may give
    the cycle a status of its own. A certification that a higher one renewed went no way.
    """
    alias = schema_editor.connection.alias
    cycles = apps.get_model("trainers", "Cycle").objects.using(alias)
    approved = (
        apps.get_model("renewals", "Application").objects.using(alias).filter(state="approved", covered=False)
    )
    columns = ("cycle__credential_id", "cycle__starts_on", "assessment__path")
    for credential, starts_on, way in list(
        approved.filter(assessment__path__isnull=False).values_list(*columns)
    ):
        later = cycles.filter(credential=credential, starts_on__gt=starts_on).order_by("starts_on")
        opened = later.values_list("pk", flat=True).first()
        cycles.filter(pk=opened, renewed_by="").update(renewed_by=way)


class Migration(migrations.Migration):
    dependencies = [("renewals", "0012_renewed_with_another"), ("trainers", "0020_renewed_by")]

    operations = [migrations.RunPython(name_ways, migrations.RunPython.noop)]
