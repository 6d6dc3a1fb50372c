"""What the model of a case must declare, so that the kernel can handle petitions, audits and
renewals alike.
"""

from datetime import date, datetime
from typing import Any, Protocol

from trainers.models import Trainer


class Case(Protocol):
    """What a step of a case needs: the path to the credential, and the relations to read with the
    row.
    """

    @property
    def pk(self) -> Any: ...  # Django's own type of a primary key

    @property
    def CREDENTIAL(self) -> str: ...

    @property
    def READ_WITH(self) -> tuple[str, ...]: ...


class ReviewedCase(Protocol):
    """What a check of reviewers needs: the case's name in sentences, and the permission to
    decide.
    """

    @property
    def CASE_NAME(self) -> str: ...

    @property
    def DECIDE(self) -> str: ...


class DecidedCase(Case, ReviewedCase, Protocol):
    """What a decision about a case needs. Each app has its own model of decision, so the manager
    has no common type.
    """

    @property
    def LEAD(self) -> str: ...

    @property
    def reference(self) -> str: ...

    @property
    def trainer(self) -> Trainer: ...

    @property
    def decisions(self) -> Any: ...


class SecondLookCase(DecidedCase, Protocol):
    """A case that its trainer may ask somebody else to review again."""

    @property
    def another_look_at(self) -> datetime | None: ...


class EndedCase(Protocol):
    """A case that has ended, whose trainer was mailed about it."""

    @property
    def pk(self) -> Any: ...

    @property
    def received_on(self) -> date | None: ...

    @property
    def ended_at(self) -> datetime | None: ...
