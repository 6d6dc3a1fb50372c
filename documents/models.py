"""Uploaded evidence, and which staff were shown it. Its bytes are in private storage, and only one
module serves them (I12), never as they were sent (Q30).
"""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models

from core.constraints import at_most

EvidenceRow = TypeVar("EvidenceRow", bound="Evidence")


class Document(models.Model):
    """A file that was parsed before its row was written: its bytes as sent, a harmless copy, and
    pictures of its pages (Q30). `sha256` is the hash of the copy at `stored_as`.
    """

    class MediaType(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG image"
        PNG = "image/png", "PNG image"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents")
    original_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=20, choices=MediaType)
    size = models.PositiveIntegerField(help_text="Bytes of the copy that is downloaded.")
    sha256 = models.CharField(max_length=64, db_index=True)
    sent_sha256 = models.CharField(
        max_length=64, db_index=True, help_text="Of the bytes as they were sent, to find the same file twice."
    )
    stored_as = models.CharField(max_length=100, unique=True)
    sent_size = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="Bytes as they were sent. 0: they were not kept, the file is from before that.",
    )
    sent_type = models.CharField(
        max_length=20, blank=True, default="", db_default="", help_text="What was sent, such as image/heic."
    )
    pages = models.JSONField(
        null=True, blank=True, help_text="The sha256 of each page's picture. Empty until they are drawn."
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(help_text="When its upload began.")
    erased_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when its files are not kept any more (Q33). They go after that.",
    )
    files_removed = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            at_most("original_name", 120),
            models.CheckConstraint(
                condition=models.Q(media_type__in=["application/pdf", "image/jpeg", "image/png"]),
                name="documents_document_type",
            ),
            models.CheckConstraint(
                condition=models.Q(files_removed=False) | models.Q(erased_at__isnull=False),
                name="documents_document_marked_first",
            ),
        )
        indexes = (
            models.Index(
                fields=["erased_at"],
                condition=models.Q(erased_at__isnull=False, files_removed=False),
                name="documents_document_to_remove",
            ),
        )

    def __str__(self) -> str:
        return self.original_name

    @property
    def page_numbers(self) -> range:
        """Return the numbers of the pages that have a picture, from 1; none when its files are not kept."""
        return range(1, 1 if self.erased_at else len(self.pages or ()) + 1)


class Viewing(models.Model):
    """The first time that one page of a document was shown to a member of staff other than its
    owner.
    """

    WHOLE = 0  # this number means the downloaded copy, which shows every page

    document = models.ForeignKey(Document, models.PROTECT, related_name="viewings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField(help_text="From 1. 0: the whole copy was downloaded.")
    first_at = models.DateTimeField(help_text="When it was shown to them for the first time.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("by", "document", "page"), name="documents_viewing_once"),
        )

    def __str__(self) -> str:
        return f"{self.document_id}, page {self.page}: {self.by_id}"


class UploadHour(models.Model):
    """How much one account has uploaded in one hour, refused files included."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    hour = models.DateTimeField(help_text="The full hour that it counts.")
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of all of them.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("owner", "hour"), name="documents_uploadhour_one_row_an_hour"),
        )

    def __str__(self) -> str:
        return f"{self.owner_id}, {self.hour:%Y-%m-%d %H}h: {self.files}"


class EvidenceQuerySet(models.QuerySet[EvidenceRow]):
    def current(self) -> Self:
        """Return the files that were not replaced."""
        return self.filter(replaced_at__isnull=True)


class Evidence(models.Model):
    """The common fields of the files that belong to a row, such as a record or a petition. A file
    that was replaced is kept, with `replaced_at`.

    A subclass adds a foreign key to its row, one to the document, and `part`: which file it is.
    """

    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("part", "pk")

    def __str__(self) -> str:
        return str(self.get_part_display())  # type: ignore[attr-defined]  # each subclass has its parts
