"""An employer's side in the demo: one person, and a team of trainers in different states. Some of them are in the
public directory.
"""

from collections.abc import Iterable
from datetime import timedelta

from ceus.models import Topic
from demo.staff import let_in
from demo.stage import Stage
from employers.models import Employer, EmployerPerson
from employers.services.accounts import add_employer
from employers.services.consenting import end_consent, give_consent
from employers.services.listing import list_trainer
from employers.services.people import accept_employer_invitation, invite_employer_person
from employers.services.telling import queue_ending_notices
from trainers.models import Credential, Trainer

LOGIN, NAME = "gina", "Gina Gym"
EMAIL = f"{LOGIN}@example.org"
SHOWS = "Employer: sees which {holders} of its team are certified"
GYM = "Lakeside Gym"
INVITED, CONSENTED, ENDED = -50, -40, -20  # days from the demo's day
TEAM = 12  # trainers who consent; one of them ends it
AN_HOUR = timedelta(hours=1)
CITIES = ("Phoenix, Arizona", "Mesa, Arizona", "", "Tempe, Arizona", "Phoenix, Arizona", "Tucson, Arizona")


def open_employers_side(stage: Stage) -> None:
    """Let one person in at a gym, and trainers of the demo show it their certification."""
    by = stage.staff["registrar"]
    employer = add_employer(name=GYM, by=by, at=stage.moment(INVITED))
    _let_in(stage, employer, by)
    known = Credential.objects.known().filter(trainer__is_active=True, trainer__is_staff=False)
    people = Trainer.objects.filter(credentials__in=known).distinct().order_by("pk")[:TEAM]
    given = [
        give_consent(employer, link=employer.links_made, by=one, at=stage.moment(CONSENTED, AN_HOUR))
        for one in people
    ]
    if len(given) > 1:
        end_consent(given[-1], by=given[-1].trainer, at=stage.moment(ENDED))
    queue_ending_notices(at=stage.now)
    _list_some(stage, people)
    stage.say(f"Employer: {employer.name}, a team of {max(len(given) - 1, 1)}")


def _list_some(stage: Stage, people: Iterable[Trainer]) -> None:
    topics = list(Topic.objects.order_by("pk"))
    for place, (one, city) in enumerate(zip(people, CITIES, strict=False)):
        chosen = topics[place : place + 3 - place % 3]
        list_trainer(one, city=city, topics=chosen, by=one, at=stage.moment(CONSENTED, AN_HOUR))


def _let_in(stage: Stage, employer: Employer, by: Trainer) -> None:
    at = stage.moment(INVITED)
    role = invite_employer_person(employer, email=EMAIL, name=NAME, by=by, at=at)
    role = accept_employer_invitation(EmployerPerson.objects.get(pk=role.pk), at=at + AN_HOUR)
    let_in(stage, LOGIN, role.person)
