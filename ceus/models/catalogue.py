"""The catalogue: approved providers and courses (S8, S9), with the days of their approval (Q10)."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.constraints import at_most
from core.policy_words import usual_category
from rules.described import code_in_words
from rules.listing import Days
from rules.names import fold_title


def approved_on(day: date) -> Q:
    """Return the query condition that a row is approved on `day`: both ends are inclusive, and a
    missing end is no limit (Q10).
    """
    return Q(approved_from__lte=day) & (Q(approved_through__isnull=True) | Q(approved_through__gte=day))


class Approval(models.Model):
    """The days of approval, shared by providers and courses."""

    approved_from = models.DateField()
    approved_through = models.DateField(
        null=True, blank=True, help_text="The last approved day; empty while it goes on."
    )

    class Meta:
        abstract = True

    @property
    def approved_days(self) -> Days:
        return Days(self.approved_from, self.approved_through)

    def is_approved_on(self, day: date) -> bool:
        return day in self.approved_days


class ProviderQuerySet(models.QuerySet["Provider"]):
    def named(self, name: str) -> Self:
        """Return the providers with this name, ignoring case, spaces and Unicode composition.

        Compared in Python: the databases fold letters beyond ASCII differently.
        """
        wanted = fold_title(name)
        return self.filter(
            pk__in=[pk for pk, found in self.values_list("pk", "name") if fold_title(found) == wanted]
        )

    def by_names(self, names: Iterable[str]) -> "dict[str, Provider]":
        """Return, by the folded name, the provider that `named` finds first for each of these names. One
        query; none without a name.
        """
        wanted = {fold_title(name) for name in names}
        found: dict[str, Provider] = {}
        for one in self if wanted else ():
            if (key := fold_title(one.name)) in wanted:
                found.setdefault(key, one)
        return found

    def approved_on(self, day: date) -> Self:
        return self.filter(approved_on(day))

    def with_course_counts(self, day: date) -> Self:
        """Annotate `course_count`, the number of courses approved on `day`.

        A subquery, so that only the providers of one page are counted.
        """
        courses = Course.objects.approved_on(day).filter(provider=models.OuterRef("pk")).order_by()
        counted = courses.values("provider").annotate(count=models.Count("pk")).values("count")
        return self.annotate(course_count=Coalesce(models.Subquery(counted), 0))


class Provider(Approval):
    """A body whose courses can be approved."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    about = models.TextField(max_length=2000, blank=True)
    link = models.URLField(max_length=300, blank=True)
    code = models.CharField(
        "name in the rules",
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="Where the rules say something about one provider, such as the body itself, who that is.",
    )

    objects = ProviderQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_through__isnull=True) | Q(approved_through__gte=F("approved_from")),
                name="ceus_provider_order",
            ),
            at_most("name", 120),
            at_most("about", 2000),
        )

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A subject of courses, beyond the entry level of the profession (S14)."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ("name",)
        constraints = (at_most("name", 60),)

    def __str__(self) -> str:
        return self.name


class CourseQuerySet(models.QuerySet["Course"]):
    def titled(self, title: str) -> Self:
        """Return the courses with this title, compared in Python as names of providers are."""
        wanted = fold_title(title)
        return self.filter(
            pk__in=[pk for pk, found in self.values_list("pk", "title") if fold_title(found) == wanted]
        )

    def approved_on(self, day: date) -> Self:
        return self.filter(approved_on(day))

    def approved_since(self, day: date) -> Self:
        """Return the courses whose approval has not ended before `day`."""
        return self.exclude(approved_through__lt=day)


# What the catalogue's page asks and shows of the courses that it walks through in their order. On
# PostgreSQL, whose index has these columns, it opens no other row.
WALKED = (*("approved_from", "approved_through", "format", "hundredths", "provider", "search_text", "slug"),)


class Course(Approval):
    """A course of the catalogue, which counts without a petition while it is approved."""

    class Format(models.TextChoices):
        """The formats of a catalogue whose policies name none."""

        ONLINE = "online", "Online"
        IN_PERSON = "in_person", "In person"
        LIVE_ONLINE = "live_online", "Live online"
        HOME_STUDY = "home_study", "Home study"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="courses")
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    category = models.CharField(
        max_length=40, default=usual_category, help_text="A category code of the policy."
    )
    hundredths = models.PositiveIntegerField("amount, in the unit's smallest part")
    topics = models.ManyToManyField(Topic, related_name="courses", blank=True)
    format = models.CharField(max_length=40, help_text="A format of the policies, or a usual one.")
    about = models.TextField(max_length=2000, blank=True)
    link = models.URLField(max_length=300, blank=True)
    search_text = models.TextField(
        editable=False, default="", help_text="Title, provider and topics in lower case."
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_through__isnull=True) | Q(approved_through__gte=F("approved_from")),
                name="ceus_course_order",
            ),
            models.CheckConstraint(
                condition=Q(hundredths__gt=0, hundredths__lte=10_000), name="ceus_course_hundredths"
            ),
            models.UniqueConstraint(fields=["provider", "title", "approved_from"], name="ceus_course_once"),
            at_most("title", 160),
            at_most("about", 2000),
        )
        indexes = (
            models.Index(fields=["title", "id"], include=WALKED, name="ceus_course_in_order"),
            models.Index(fields=["-hundredths", "title", "id"], name="ceus_course_by_ceus"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def format_in_words(self) -> str:
        """Return the format as people read it."""
        return format_in_words(self.format)


@lru_cache(maxsize=256)
def format_in_words(code: str) -> str:
    """Return a format of a course in words: that of a policy by its code."""
    return str(dict(Course.Format.choices).get(code) or code_in_words(code))


class WordKey(models.Model):
    """A word of the catalogue under a key made of some of its letters, which a mistyped word has
    too (ceus/spelling.py).

    A word stays when the last course with it is gone: a search that finds no course by it tries the
    next word.
    """

    key = models.CharField(max_length=6)
    word = models.CharField(max_length=160)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "word"], name="ceus_wordkey_once"),
            at_most("key", 6),
            at_most("word", 160),
        )
        indexes = (models.Index(fields=["word"], name="ceus_wordkey_by_word"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.word}"
