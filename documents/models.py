"""Uploaded evidence: one model. Its bytes are in private storage and are served by one view (I12)."""

from django.conf import settings
from django.db import models

from core.constraints import at_most


class Document(models.Model):
    """A file that was parsed and made harmless before the row was written. `sha256` is that of the
    stored bytes.
    """

    class MediaType(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG image"
        PNG = "image/png", "PNG image"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents")
    original_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=20, choices=MediaType)
    size = models.PositiveIntegerField(help_text="Bytes as stored.")
    sha256 = models.CharField(max_length=64, db_index=True)
    sent_sha256 = models.CharField(
        max_length=64, db_index=True, help_text="Of the bytes as they were sent, to find the same file twice."
    )
    stored_as = models.CharField(max_length=100, unique=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(help_text="When its upload began.")

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            at_most("original_name", 120),
            models.CheckConstraint(
                condition=models.Q(media_type__in=["application/pdf", "image/jpeg", "image/png"]),
                name="documents_document_type",
            ),
        )

    def __str__(self) -> str:
        return self.original_name
