"""The index of names that staff search: updated with every save, and by a sweep for rows written in
SQL.
"""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models import F

from core.loading import load_rows
from core.models import Merge
from rules.names import search_words
from trainers.models import SearchWord, Trainer
from trainers.models.words import LONGEST

BATCH = 1_000


def index_name(trainer: Trainer) -> None:
    """Index the words of this person's name, unless the index has them already. Idempotent."""
    if trainer.searched_name != trainer.name:
        index_names([trainer.pk])
        trainer.searched_name = trainer.name


def index_names(keys: Iterable[int]) -> int:
    """Index the words of these people's names; return the number of people. Idempotent."""
    with transaction.atomic(), connection.cursor() as cursor:
        rows = Trainer.objects.select_for_update(no_key=True).filter(pk__in=list(keys)).order_by("pk")
        people = dict(rows.values_list("pk", "name"))
        theirs = list(people)
        SearchWord.objects.filter(trainer__in=theirs).delete()
        words = ((pk, word) for pk, names in _names_of(people).items() for word in _words_to_index(names))
        load_rows(cursor, SearchWord._meta.db_table, ("trainer_id", "word"), words)
        Trainer.objects.filter(pk__in=theirs).update(searched_name=F("name"))
    return len(people)


def _names_of(people: dict[int, str]) -> dict[int, list[str]]:
    """Return the names by which each person is found: their own, and those of accounts that were
    merged into theirs.
    """
    names = {pk: [name] for pk, name in people.items()}
    merged = Merge.objects.filter(staying__in=names).order_by("pk")
    for staying, name in merged.values_list("staying_id", "going__name"):
        names[staying].append(name)
    return names


def _words_to_index(names: list[str]) -> Iterable[str]:
    return dict.fromkeys(word[:LONGEST] for name in names for word in search_words(name))


def index_what_is_behind(*, most: int | None = None, batch: int = BATCH) -> Iterator[int]:
    """Index the names that were written without a save, at most `most`; yield how many after each
    batch.

    Each batch is committed, so that the next call continues where an interrupted one stopped.
    """
    done = 0
    while most is None or done < most:
        behind = Trainer.objects.exclude(searched_name=F("name")).order_by("pk").values_list("pk", flat=True)
        keys = list(behind[: batch if most is None else min(batch, most - done)])
        if not keys:
            return
        done += index_names(keys)
        yield done


def count_behind() -> int:
    """Return how many names are not in the index."""
    return Trainer.objects.exclude(searched_name=F("name")).count()
