"""The files of a petition."""

from django.db import models
from django.db.models import Q

from documents.models import Document, Evidence, EvidenceQuerySet
from petitions.models.petition import Petition


class PetitionDocument(Evidence):
    """One file of a petition's evidence."""

    class Part(models.TextChoices):
        CERTIFICATE = "certificate", "Certificate of completion"
        AGENDA = "agenda", "Agenda"
        INSTRUCTOR = "instructor", "Instructor's credentials"
        ANSWER = "answer", "Sent with an answer"

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, related_name="evidence_for_petitions")
    part = models.CharField(max_length=12, choices=Part)

    objects = EvidenceQuerySet["PetitionDocument"].as_manager()

    class Meta(Evidence.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["petition", "part"],
                condition=Q(replaced_at__isnull=True) & ~Q(part="answer"),
                name="petitions_document_current",
            ),
        )
