"""What a trainer reads about where their certification is shown: to employers, in the directory, on other
sites; and about their own role at an employer.
"""

from collections.abc import Iterator

from core.my_data import Entry, Section
from core.templatetags.words import at
from employers.models import Consent, EmployerPerson, Listing, Widget
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield every consent of a person, also those that have ended, every entry in the directory, every
    widget, and every role that the person has or had at an employer; a section without rows is left out.
    """
    consents = Consent.objects.filter(trainer=person).select_related("employer")
    if given := [_consent(one, person.time_zone) for one in consents]:
        yield Section(34, "Employers that see your certification", given)
    if made := [_listing(one, person.time_zone) for one in Listing.objects.filter(trainer=person)]:
        yield Section(36, "Your entries in the directory", made)
    widgets = Widget.objects.filter(credential__trainer=person).select_related("credential")
    if shown := [_widget(one, person.time_zone) for one in widgets]:
        yield Section(37, "Your certification on other sites", shown)
    roles = EmployerPerson.objects.filter(person=person).select_related("employer")
    if held := [_role(one, person.time_zone) for one in roles]:
        yield Section(35, "Your roles at employers", held)


def _consent(one: Consent, zone: str) -> Entry:
    rows = (
        ("State", one.get_state_display()),
        ("Given", at(one.given_at, zone)),
        ("Ended", at(one.ended_at, zone) if one.ended_at else ""),
    )
    return Entry(one.employer.name, rows)


def _listing(one: Listing, zone: str) -> Entry:
    rows = (
        ("State", one.get_state_display()),
        ("City", one.city),
        ("Topics", ", ".join(topic.name for topic in one.topics.all())),
        ("Since", at(one.listed_at, zone)),
        ("Ended", at(one.ended_at, zone) if one.ended_at else ""),
    )
    return Entry("The public directory", rows)


def _widget(one: Widget, zone: str) -> Entry:
    rows = (
        ("State", one.get_state_display()),
        ("Code in its address", one.code),
        ("Turned on first", at(one.made_at, zone)),
        ("Not shown since", at(one.ended_at, zone) if one.ended_at else ""),
    )
    return Entry(one.credential.policy.title, rows)


def _role(role: EmployerPerson, zone: str) -> Entry:
    rows = (
        ("State", role.get_state_display()),
        ("Invited", at(role.invited_at, zone)),
        ("Ended", at(role.ended_at, zone) if role.ended_at else ""),
    )
    return Entry(role.employer.name, rows)
