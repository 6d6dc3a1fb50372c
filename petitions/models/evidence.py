"""The files of a petition."""

from typing import Self

from django.db import models
from django.db.models import Q

from documents.models import Document
from petitions.models.petition import Petition


class PetitionDocumentQuerySet(models.QuerySet["PetitionDocument"]):
    def current(self) -> Self:
        """Return the files that were not replaced."""
        return self.filter(replaced_at__isnull=True)


class PetitionDocument(models.Model):
    """One file of a petition's evidence. A file that was replaced stays, with `replaced_at`."""

    class Part(models.TextChoices):
        CERTIFICATE = "certificate", "Certificate of completion"
        AGENDA = "agenda", "Agenda"
        INSTRUCTOR = "instructor", "Instructor's credentials"
        ANSWER = "answer", "Sent with an answer"

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, related_name="evidence_for_petitions")
    part = models.CharField(max_length=12, choices=Part)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = PetitionDocumentQuerySet.as_manager()

    class Meta:
        ordering = ("part", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["petition", "part"],
                condition=Q(replaced_at__isnull=True) & ~Q(part="answer"),
                name="petitions_document_current",
            ),
        )

    def __str__(self) -> str:
        return self.get_part_display()
