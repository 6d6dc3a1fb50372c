"""The download file with a person's own data: asked for, built in the background, kept for some
days (Q33).
"""

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

FOLDER = "own-data"


def new_place() -> str:
    """Return the path for a new file. The row stores it before the file is written, so that no file
    is forgotten.
    """
    return f"{FOLDER}/{secrets.token_hex(16)}.zip"


class DataFileQuerySet(models.QuerySet["DataFile"]):
    def living(self) -> Self:
        return self.filter(expired_at__isnull=True)

    def to_build(self) -> Self:
        return self.living().filter(ready_at__isnull=True).order_by("asked_at", "pk")

    def old(self, before: datetime) -> Self:
        """Return the files that were asked for before the moment `before`, or are already marked as
        expired.
        """
        return self.filter(Q(asked_at__lt=before) | Q(expired_at__isnull=False))


class DataFile(models.Model):
    """One download file with a trainer's own data. The stored file is deleted first and this row
    after it, so that no file is left without a row.
    """

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="data_files")
    stored_as = models.CharField(max_length=60, unique=True, default=new_place)
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    expired_at = models.DateTimeField(null=True, help_text="Marked before the file goes.")

    objects = DataFileQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = "file of own data"
        verbose_name_plural = "files of own data"
        constraints = (
            models.UniqueConstraint(
                fields=["trainer"], condition=Q(expired_at__isnull=True), name="trainers_datafile_one_living"
            ),
        )

    def __str__(self) -> str:
        return f"{self.trainer_id}, {self.asked_at:%Y-%m-%d}"
