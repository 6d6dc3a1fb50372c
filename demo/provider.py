"""A provider's side in the demo: one person, invited and accepted, with a report, two requests and a key."""

from datetime import timedelta

from api.services import make_key
from ceus.models import Course
from core.policy_words import portal_unit
from demo.staff import let_in
from demo.stage import Stage
from providers.models import ApiKey, ProviderPerson
from providers.rows import ReadRow, read_row
from providers.services.people import accept_provider_invitation, invite_provider_person
from providers.services.reporting import report_completions
from providers.services.requesting import AskedCourse, request_course, request_longer_approval
from trainers.models import Credential, Trainer

LOGIN, NAME = "penny", "Penny Provider"
EMAIL = f"{LOGIN}@example.org"
SHOWS = "Provider: reports who completed its courses, and asks for new ones"
INVITED, REPORTED, ASKED = -60, -9, -3  # days from the demo's day
AN_HOUR = timedelta(hours=1)
OUTLINE = (
    "Two hours: what changes with age, how to choose a first load, and a plan for twelve weeks. "
    "Taught by a physiotherapist; twenty questions at the end, of which fifteen must be right."
)


def open_providers_side(stage: Stage) -> None:
    """Let one person in at the provider that has a course whose approval ends."""
    ending = Course.objects.filter(approved_through__gt=stage.today)
    course = ending.select_related("provider").earliest("pk")
    penny = _let_in(stage, course)
    _report(stage, course, penny)
    at = stage.moment(ASKED)
    about = "Nothing has changed but the guidelines that it cites: they are the newest now."
    request_longer_approval(course, about=about, by=penny, at=at)
    asked = AskedCourse("A First Plan at Seventy", Course.Format.LIVE_ONLINE, course.hundredths, OUTLINE)
    request_course(course.provider, asked=asked, by=penny, at=at + AN_HOUR)
    scopes = ["courses", "report"]
    make_key(course.provider, kind=ApiKey, name="Our booking system", scopes=scopes, by=penny, at=at)
    stage.say(f"Provider: {course.provider.name}, one report, two requests, one key")


def _let_in(stage: Stage, course: Course) -> Trainer:
    at = stage.moment(INVITED)
    role = invite_provider_person(course.provider, email=EMAIL, name=NAME, by=stage.staff["registrar"], at=at)
    role = accept_provider_invitation(ProviderPerson.objects.get(pk=role.pk), at=at + AN_HOUR)
    let_in(stage, LOGIN, role.person)
    return role.person


def _report(stage: Stage, course: Course, penny: Trainer) -> None:
    """Report three people: two who are found, and one whose number has a wrong digit."""
    in_force = Credential.objects.filter(state=Credential.State.IN_FORCE, number__startswith="2")
    people = [(one.number, one.trainer.name) for one in in_force.select_related("trainer").order_by("pk")[:2]]
    rows = [*people, ("99999999", "Nora Nobody")]
    report_completions(
        course.provider,
        rows=[_row(stage, line, *told, course) for line, told in enumerate(rows, start=2)],
        source="file",
        file_name="attendance.csv",
        idempotency_key="demo",
        by=penny,
        at=stage.moment(REPORTED),
        latest_day=stage.day(REPORTED),
    )


def _row(stage: Stage, line: int, number: str, name: str, course: Course) -> ReadRow:
    day = stage.day(REPORTED - 1).isoformat()
    told = {"number": number, "name": name, "course": course.slug, "completed_on": day, "ceus": ""}
    return read_row(line, **told, unit=portal_unit())
