"""An employer with a person, and trainers who let it see their certification."""

from datetime import UTC, datetime

from api.services import make_key
from badges.services import ensure_key
from ceus.models import Topic
from core.history import record_history
from employers.links import token_for_consent
from employers.models import ApiKey, Consent, Employer, EmployerPerson, Listing
from employers.services.accounts import add_employer
from employers.services.consenting import end_consent, give_consent
from employers.services.listing import list_trainer, withdraw_listing
from employers.services.people import accept_employer_invitation, invite_employer_person
from employers.services.showing import start_widget
from tests.cast import colleague
from trainers.models import Trainer

AT = datetime(2026, 6, 1, 19, 0, tzinfo=UTC)


def lakeside(name: str = "Lakeside Gym") -> Employer:
    """Return an open employer of this name."""
    found = Employer.objects.filter(name=name).first()
    return found or add_employer(name=name, by=colleague("registrar"), at=AT)


def gina(employer: Employer | None = None, name: str = "Gina Gym") -> Trainer:
    """Return a person with an active role at the employer."""
    email = f"{name.split()[0].lower()}@lakeside.example.org"
    if found := Trainer.objects.filter(email=email).first():
        return found
    at = employer or lakeside()
    role = invite_employer_person(at, email=email, name=name, by=colleague("registrar"), at=AT)
    accept_employer_invitation(role, at=AT)
    person = Trainer.objects.get(email=email)
    person.emailaddress_set.update(verified=True)
    return person


def role_of_gina() -> EmployerPerson:
    return EmployerPerson.objects.get(person=gina())


def consent(trainer: Trainer, employer: Employer | None = None, *, at: datetime = AT) -> Consent:
    """Let the employer see this trainer's certification."""
    employer = employer or lakeside()
    return give_consent(employer, link=employer.links_made, by=trainer, at=at)


def leave_a_key() -> ApiKey:
    """Leave a key of a program of Lakeside, made by Gina."""
    return make_key(lakeside(), kind=ApiKey, name="Planner", scopes=["team"], by=gina(), at=AT)[0]


def signing(at: datetime) -> None:
    """Make the key that signs badges and what other sites show."""
    ensure_key(at=at)


def listed(trainer: Trainer, city: str = "Mesa, Arizona", topic: str = "Strength") -> Listing:
    """Put this trainer into the directory."""
    found, _ = Topic.objects.get_or_create(slug=topic.lower(), defaults={"name": topic})
    return list_trainer(trainer, city=city, topics=[found], by=trainer, at=AT)


def link_of(employer: Employer) -> str:
    return f"/share/{token_for_consent(employer)}/"


def leave_consents(trainer: Trainer, *, by: Trainer) -> None:
    """Leave a consent of this trainer that stands, one that ended, and an earlier role of theirs."""
    consent(trainer)
    end_consent(consent(trainer, lakeside("Other Gym")), by=trainer, at=AT)
    offer = {"invited_by": by, "invited_at": AT, "link_ends_at": AT, "state": "ended", "ended_at": AT}
    role = EmployerPerson.objects.create(person=trainer, employer=lakeside(), **offer)
    record_history(role, "ended", trainer=trainer, by=by, at=AT, change=("invited", "ended"))
    listed(trainer)
    withdraw_listing(trainer, by=trainer, at=AT)
    listed(trainer)
    start_widget(trainer.credentials.get(), by=trainer, at=AT)
