from typing import Any

from django.db import migrations, models

from rules.names import fold_title

LONGEST = 200
FOLDED = {"folded_title": "title", "folded_provider": "provider_name"}


def fold_names(apps: Any, schema_editor: Any) -> None:
    """Fold the titles and providers of every petition, one by one: folding is Python's, as no database does it."""
    petitions = apps.get_model("petitions", "Petition").objects.using(schema_editor.connection.alias)
    for pk, *texts in petitions.order_by("pk").values_list("pk", *FOLDED.values()).iterator(2000):
        folded = dict(zip(FOLDED, (fold_title(text)[:LONGEST] for text in texts), strict=True))
        petitions.filter(pk=pk).update(**folded)


def _folded() -> models.CharField:  # type: ignore[type-arg]  # not subscriptable at run time
    return models.CharField(
        db_default="", default="", editable=False, help_text="As it is compared.", max_length=LONGEST
    )


def _by(field: str, name: str) -> migrations.AddIndex:
    return migrations.AddIndex("petition", models.Index(fields=[field, "-id"], name=name))


class Migration(migrations.Migration):
    dependencies = [("petitions", "0003_stopped_by_its_fee")]

    operations = [
        *(migrations.AddField("petition", field, _folded()) for field in FOLDED),
        _by("folded_title", "petitions_petition_titled"),
        _by("folded_provider", "petitions_petition_by"),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
