"""The base of the models of cases."""

from typing import ClassVar

from django.db import models


class CaseModel(models.Model):
    """A case as the desk reads it: its name in sentences, the permission to decide, and the path to
    the credential, empty for what a provider asks for.
    """

    CASE_NAME: ClassVar[str]
    DECIDE: ClassVar[str]
    CREDENTIAL: ClassVar[str]

    class Meta:
        abstract = True
