"""The operations of the API for employers. Each looks up, asks one service at most, and answers."""

from datetime import UTC, date, datetime
from typing import TypedDict, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from ninja import Query, Router

from api.frame import PROBLEMS, ScopedKey, key_of_request
from api.paging import PageIn, page_of_rows, pk_of_cursor
from core import clock
from employers.api.schemas import CheckOut, ChecksIn, ChecksOut, CheckState, MemberOut, MemberState, TeamOut
from employers.limits import count_checks
from employers.lookups import team_of
from employers.models import ApiKey, Employer
from employers.pages.team import Member, members_of
from renewals.pages.verification_list import LineAnswer, answers_of, line_of_pair
from renewals.status import GivenStatus
from rules.days import day_or_none
from trainers.models import Cycle

NOT_CHECKED = "Not checked"
LONGEST_ID = 24


class _Status(TypedDict):
    status: str | None
    status_through: date | None


router = Router(tags=["Employers"])


@router.get(
    "/team",
    auth=ScopedKey(ApiKey, "team"),
    response={200: TeamOut, **PROBLEMS},
    operation_id="list_team",
    summary="Read your team",
)
def list_team(request: HttpRequest, page: Query[PageIn]) -> TeamOut:
    """Return the certifications that people let you see, as of now, a page at a time."""
    employer, at = key_of_request(request, ApiKey).employer, clock.now()
    rows = team_of(employer).filter(credential__gt=pk_of_cursor(page.cursor)).order_by("credential_id")
    shown, next_cursor = page_of_rows(rows, page, pk=lambda cycle: cycle.credential_id)
    members = zip(shown, members_of(shown, at), strict=True)
    return TeamOut(
        team=[_member(employer, cycle, one) for cycle, one in members],
        as_of=_second(at),
        next_cursor=next_cursor,
    )


@router.post(
    "/certifications/check",
    auth=ScopedKey(ApiKey, "check"),
    response={200: ChecksOut, **PROBLEMS},
    operation_id="check_certifications",
    summary="Check certifications",
)
def check_certifications(request: HttpRequest, data: ChecksIn) -> ChecksOut:
    """Answer each row as the public check would, with or without consent: with the family name who it
    is and through which day, without it whether the certification is in force. Rows with a number
    count towards what your organisation checks in a day, on its page too; a list beyond that is
    refused, and nothing of it is counted.
    """
    employer, at = key_of_request(request, ApiKey).employer, clock.now()
    rows = enumerate(data.rows, start=1)
    lines = [line_of_pair(place, one.number.strip(), one.family_name.strip()) for place, one in rows]
    if asked := sum(not line.trouble for line in lines):
        count_checks(employer, asked, at=at)
    answers = answers_of(lines, at=at, default_policy=settings.PORTAL_POLICY)
    return ChecksOut(checked_at=_second(at), rows=[_checked(one) for one in answers])


def _member(employer: Employer, cycle: Cycle, one: Member) -> MemberOut:
    return MemberOut(
        id=_id_of(employer, cycle.credential_id),
        name=one.name,
        certification=one.title,
        state=cast(MemberState, _code(one.state)),
        through=one.through and day_or_none(one.through),
        for_life=one.is_for_life,
        not_since=one.not_since,
        **_status(one.given),
    )


def _id_of(employer: Employer, credential: int) -> str:
    """Return a name for a certification that says nothing of its number, and that two employers cannot
    compare.
    """
    return salted_hmac("employers.member", f"{employer.pk}:{credential}").hexdigest()[:LONGEST_ID]


def _checked(one: LineAnswer) -> CheckOut:
    answer = one.answer
    return CheckOut(
        line=one.line.place,
        number=one.line.number,
        state=cast(CheckState, _code(answer.state if answer else NOT_CHECKED)),
        words=one.words,
        name=answer.name or None if answer else None,
        certification=answer.title or None if answer else None,
        through=answer.through and day_or_none(answer.through) if answer else None,
        for_life=bool(answer and answer.is_for_life),
        not_since=answer.not_since if answer else None,
        **_status(answer.given if answer else None, days=bool(answer and answer.name)),
    )


def _status(given: GivenStatus | None, *, days: bool = True) -> _Status:
    """Return the status that somebody has in place of certified; its last day only where `days` are told."""
    if given is None:
        return {"status": None, "status_through": None}
    through = day_or_none(given.through) if given.through and days else None
    return {"status": given.path.status, "status_through": through}


def _code(words: str) -> str:
    """Return the word of a state for programs: "In force" is "in_force"."""
    return words.lower().replace(" ", "_")


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
