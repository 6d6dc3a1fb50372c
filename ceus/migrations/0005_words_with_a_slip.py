from itertools import islice
from typing import Any

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

AT_ONCE = 1_000


def keys_of(word: str) -> set[str]:
    """The keys as they were when this migration was written."""
    heads = [word[:size] for size in (4, 5, 6) if len(word) >= size]
    keys = {head[:n] + head[n + 1 :] for head in heads for n in range(len(head))}
    return keys | ({word} if 3 <= len(word) < 6 else set())


def index_words(apps: Any, schema_editor: Any) -> None:
    known = schema_editor.connection.alias
    course, word_key = apps.get_model("ceus", "Course"), apps.get_model("ceus", "WordKey")
    texts = course.objects.using(known).order_by().values_list("search_text", flat=True)
    words = {word for text in texts.iterator(AT_ONCE) for word in text.split() if len(word) >= 3}
    keys = (word_key(key=key, word=word) for word in sorted(words) for key in sorted(keys_of(word)))
    while some := list(islice(keys, AT_ONCE)):
        word_key.objects.using(known).bulk_create(some, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("ceus", "0004_for_long_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="WordKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=6)),
                ("word", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["word"], name="ceus_wordkey_by_word")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "word"), name="ceus_wordkey_once"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length(models.F("key")), 6
                        ),
                        name="ceus_wordkey_key_length",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length(models.F("word")), 160
                        ),
                        name="ceus_wordkey_word_length",
                    ),
                ],
            },
        ),
        migrations.RunPython(index_words, migrations.RunPython.noop),
    ]
