"""Keys by which an employer's programs use the API."""

from typing import ClassVar

from django.db import models

from api.models import KeyQuerySet, ProgramKey
from employers.models.employer import Employer


class ApiKeyQuerySet(KeyQuerySet["ApiKey"]):
    pass


class ApiKey(ProgramKey):
    """One key of an employer."""

    class Scope(models.TextChoices):
        TEAM = "team", "Read the team"
        CHECK = "check", "Check certifications"

    ORGANISATION = "employer"
    MARK = "ek"
    USUAL: ClassVar[list[str]] = ["team"]

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="api_keys")

    objects = ApiKeyQuerySet.as_manager()

    class Meta(ProgramKey.Meta):
        verbose_name = "API key of an employer"
        verbose_name_plural = "API keys of employers"
