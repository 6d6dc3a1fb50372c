"""The index of the words by which staff find a person: one row for each folded word, searched by
its beginning.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

LONGEST = 40


def longest_first(words: list[str]) -> list[str]:
    """Return the words cut to the index's length, the longest first: it is in the fewest rows, so
    the query begins with it.
    """
    return sorted((word[:LONGEST] for word in words), key=len, reverse=True)


def has_words(words: list[str], *, of: str = "trainer") -> list[Exists]:
    """Return one condition for each word: the person to whom the path `of` leads has an indexed
    word that begins with it.
    """
    return [Exists(SearchWord.objects.filter(trainer=OuterRef(of), word__begins=word)) for word in words]


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    def beginning(self, words: list[str]) -> Self:
        """Return a row for each person who has, for every one of `words`, an indexed word that
        begins with it.
        """
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
