"""What the model of a case must declare, so that the kernel can handle petitions, audits and
renewals alike.
"""

from datetime import date, datetime
from typing import Any, Protocol, TypeGuard

from core.history import StoredRow
from trainers.models import Trainer


class Case(StoredRow, Protocol):
    """What a step of a case needs: the path to the credential, empty for what a provider asks for, and
    the relations to read with the row.
    """

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
    def state(self) -> str: ...

    @property
    def is_open(self) -> bool: ...

    @property
    def trainer(self) -> Trainer | None: ...

    @property
    def decisions(self) -> Any: ...


class DeskCase(DecidedCase, Protocol):
    """A case that `cases.desk.with_desk` has annotated."""

    @property
    def assignee_pk(self) -> int | None: ...

    @property
    def assignee_name(self) -> str | None: ...

    @property
    def snoozed_until(self) -> date | None: ...


class SecondLookCase(DecidedCase, Protocol):
    """A case that its trainer may ask somebody else to review again."""

    @property
    def another_look_at(self) -> datetime | None: ...


def may_have_second_look(case: DecidedCase) -> TypeGuard[SecondLookCase]:
    """Return whether the trainer of a case of this kind may ask for another look."""
    return hasattr(case, "another_look_at")


class EndedCase(StoredRow, Protocol):
    """A case that has ended, whose trainer was mailed about it."""

    @property
    def received_on(self) -> date | None: ...

    @property
    def ended_at(self) -> datetime | None: ...
