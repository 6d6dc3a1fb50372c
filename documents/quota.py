"""Limit how much an account may upload in an hour. Counted in the database: the cache may be
unavailable, or not shared by all processes.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from documents.errors import BadFile
from documents.models import UploadHour
from documents.uploads import MAX_BYTES
from trainers.models import Trainer

LARGE_FILES = 12  # so many files of the largest size may come within an hour
KEPT_FOR = timedelta(days=1)


def count_upload(owner: Trainer, size: int, *, at: datetime) -> None:
    """Count a file of `size` bytes towards the hour of `at`. Raises BadFile when the hour's limit
    is exceeded.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    row, _ = UploadHour.objects.get_or_create(owner=owner, hour=hour)
    counted = UploadHour.objects.filter(
        pk=row.pk, files__lt=settings.UPLOADS_PER_HOUR, size__lte=LARGE_FILES * MAX_BYTES - size
    ).update(files=F("files") + 1, size=F("size") + size)
    if not counted:
        raise BadFile("too_often")
