"""The digital badge of a credential: its place in the status lists that say whether it is still valid."""

from django.db import models
from django.db.models import Q

from badges.signing import LIST_SIZE
from trainers.models import Credential


class Badge(models.Model):
    """One credential's badge. Its place never changes: files that were downloaded name it."""

    credential = models.OneToOneField(Credential, models.PROTECT, related_name="badge")
    list_number = models.PositiveIntegerField(help_text="Which pair of lists holds its bits, from 1.")
    position = models.PositiveIntegerField(help_text="Its bit in these lists.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["list_number", "position"], name="renewals_badge_place"),
            models.CheckConstraint(
                condition=Q(list_number__gte=1, position__lt=LIST_SIZE), name="renewals_badge_in_list"
            ),
        )

    def __str__(self) -> str:
        return f"{self.credential.display_number}: {self.list_number}/{self.position}"
