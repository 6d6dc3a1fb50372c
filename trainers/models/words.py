"""The words by which staff find a person: folded, one row each, with an index for how they begin."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

LONGEST = 40


def longest_first(words: list[str]) -> list[str]:
    """Return the words as the index has them: the longest has the fewest rows, and each of those
    asks for the others.
    """
    return sorted((word[:LONGEST] for word in words), key=len, reverse=True)


def has_words(words: list[str], *, of: str = "trainer") -> list[Exists]:
    """Return a condition for each word: the person at `of` has one that begins with it."""
    return [Exists(SearchWord.objects.filter(trainer=OuterRef(of), word__begins=word)) for word in words]


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    def beginning(self, words: list[str]) -> Self:
        """Return a row for each person with, for every one of `words`, some word that begins with it."""
        first, *others = longest_first(words)
        return self.filter(*has_words(others), word__begins=first)


class SearchWord(models.Model):
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="search_words", db_index=False
    )
    word = models.CharField(max_length=LONGEST)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["word", "trainer"],
                opclasses=["varchar_pattern_ops", "int8_ops"],
                name="trainers_searchword_begins",
            ),
            models.Index(
                fields=["trainer", "word"],
                opclasses=["int8_ops", "varchar_pattern_ops"],
                name="trainers_searchword_of",
            ),
        )

    def __str__(self) -> str:
        return self.word
