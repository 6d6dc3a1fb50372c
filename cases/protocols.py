"""What a model of case declares: petitions, audits and renewals, as the kernel of cases sees them."""

from datetime import date, datetime
from typing import Any, Protocol

from trainers.models import Trainer


class Case(Protocol):
    """What its steps need: the path to the credential, and the relations to read with the row."""

    @property
    def pk(self) -> Any: ...  # Django's own type of a primary key

    @property
    def CREDENTIAL(self) -> str: ...

    @property
    def READ_WITH(self) -> tuple[str, ...]: ...


class ReviewedCase(Protocol):
    """What its reviewers need: its name in sentences, and the permission to decide."""

    @property
    def CASE_NAME(self) -> str: ...

    @property
    def DECIDE(self) -> str: ...


class DecidedCase(Case, ReviewedCase, Protocol):
    """What its decisions need. Each app has its own model of them, so its manager has no common type."""

    @property
    def LEAD(self) -> str: ...

    @property
    def reference(self) -> str: ...

    @property
    def trainer(self) -> Trainer: ...

    @property
    def decisions(self) -> Any: ...


class SecondLookCase(DecidedCase, Protocol):
    """A case that its trainer may ask somebody else to look at again."""

    @property
    def another_look_at(self) -> datetime | None: ...


class EndedCase(Protocol):
    """A case whose end was told by a mail."""

    @property
    def pk(self) -> Any: ...

    @property
    def received_on(self) -> date | None: ...

    @property
    def ended_at(self) -> datetime | None: ...
