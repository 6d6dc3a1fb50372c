"""What programs of employers send and get."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

MOST_CHECKS = 1000
MemberState = Literal["in_force", "ends_soon", "not_in_force"]
CheckState = Literal["in_force", "not_in_force", "no_match", "not_checked"]


class MemberOut(Schema):
    """A certification of the team. `id` is the same whenever you ask, and another one for every
    employer. `through` is the last certified day, null `for_life`; `not_since` is the first day without
    certification. Somebody with another `status` of the policy, such as `inactive`, through
    `status_through`, is not in force; both are null for everybody else.
    """

    id: str
    name: str
    certification: str
    state: MemberState
    through: date | None
    for_life: bool
    not_since: date | None
    status: str | None
    status_through: date | None


class TeamOut(Schema):
    """A page of the team. `next_cursor` leads to the next one; null on the last."""

    team: list[MemberOut]
    as_of: datetime
    next_cursor: str | None


class CheckIn(Schema):
    """A certification number, and the family name if you have it."""

    number: Annotated[str, Field(max_length=200)]
    family_name: Annotated[str, Field(max_length=200)] = ""


class ChecksIn(Schema):
    """Up to 1,000 certifications to check."""

    rows: Annotated[list[CheckIn], Field(min_length=1, max_length=MOST_CHECKS)]


class CheckOut(Schema):
    """The answer to one row: `line` counts the rows from 1. Name, certification and days are null
    unless the family name fits. `status` is a word of the policy for somebody who is not certified, such as
    `inactive`.
    """

    line: int
    number: str
    state: CheckState
    words: str
    name: str | None
    certification: str | None
    through: date | None
    for_life: bool
    not_since: date | None
    status: str | None
    status_through: date | None


class ChecksOut(Schema):
    """The answers, in the order of the rows."""

    checked_at: datetime
    rows: list[CheckOut]
