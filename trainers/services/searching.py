"""The index of names that staff search: updated with every save, and by a sweep for rows written in
SQL.
"""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction
from django.db.models import F

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
    with transaction.atomic():
        people = list(Trainer.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk"))
        SearchWord.objects.filter(trainer__in=people).delete()
        names = _names_of(people)
        SearchWord.objects.bulk_create(
            (
                SearchWord(trainer=one, word=word)
                for one in people
                for word in dict.fromkeys(
                    word[:LONGEST] for name in names[one.pk] for word in search_words(name)
                )
            ),
            batch_size=BATCH,
        )
        Trainer.objects.filter(pk__in=[one.pk for one in people]).update(searched_name=F("name"))
    return len(people)


def _names_of(people: list[Trainer]) -> dict[int, list[str]]:
    """Return by which names each person is found: their own, and those of accounts that became part of theirs."""
    names = {one.pk: [one.name] for one in people}
    merged = Merge.objects.filter(staying__in=people).order_by("pk")
    for staying, name in merged.values_list("staying_id", "going__name"):
        names[staying].append(name)
    return names


def index_what_is_behind(*, most: int) -> int:
    """Index at most `most` names that were written without a save; return how many."""
    done = 0
    while done < most:
        behind = Trainer.objects.exclude(searched_name=F("name")).order_by("pk")
        keys = list(islice(behind.values_list("pk", flat=True)[:BATCH], most - done))
        if not keys:
            break
        done += index_names(keys)
    return done
