"""Keys by which a provider's programs use the API."""

from typing import ClassVar

from django.db import models

from api.models import KeyQuerySet, ProgramKey
from ceus.models import Provider


class ApiKeyQuerySet(KeyQuerySet["ApiKey"]):
    pass


class ApiKey(ProgramKey):
    """One key of a provider."""

    class Scope(models.TextChoices):
        REPORT = "report", "Report completions"
        CHECK = "check", "Check numbers"
        COURSES = "courses", "Read courses"
        XAPI = "xapi", "Send statements of a learning system"

    ORGANISATION = "provider"
    MARK = "rk"
    USUAL: ClassVar[list[str]] = ["report", "check", "courses"]

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="api_keys")

    objects = ApiKeyQuerySet.as_manager()

    class Meta(ProgramKey.Meta):
        pass
