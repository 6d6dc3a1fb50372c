"""What a trainer reads about what providers reported of them, and about their own role at a provider."""

from collections.abc import Iterator

from core.my_data import Entry, Section
from core.policy_words import opened_with_a_capital, portal_unit
from core.templatetags.words import at, ceus, day
from providers.models import Completion, ProviderPerson
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield every row that a provider reported of a person, also those that were not taken, and
    every role that the person has or had at a provider; a section without rows is left out.
    """
    rows = Completion.objects.filter(credential__trainer=person).select_related("batch__provider", "course")
    newest = rows.order_by("-batch__sent_at", "-pk")
    if found := [_completion(one, person.time_zone) for one in newest]:
        yield Section(32, "Reported by providers", found)
    roles = ProviderPerson.objects.filter(person=person).select_related("provider")
    if held := [_role(one, person.time_zone) for one in roles]:
        yield Section(33, "Your roles at providers", held)


def _completion(one: Completion, zone: str) -> Entry:
    """Return a reported completion as its trainer reads it. The reported name is left out when it is
    not theirs: it may be another person's.
    """
    is_theirs = one.outcome != Completion.Outcome.NAME_DIFFERS
    rows = (
        ("Provider", one.batch.provider.name),
        ("Reported", at(one.batch.sent_at, zone)),
        ("Your number, as reported", one.number),
        ("Your name, as reported", one.name if is_theirs else ""),
        ("Completed", day(one.completed_on) if one.completed_on else ""),
        (opened_with_a_capital(portal_unit().plural), ceus(one.hundredths) if one.hundredths else ""),
        ("Our answer to the provider", one.get_outcome_display()),
        ("In words", one.words),
        ("State", one.get_state_display()),
        ("Since", at(one.state_at, zone) if one.state_at else ""),
        ("Why", one.reason),
    )
    return Entry(one.course.title if one.course else one.course_code, rows)


def _role(role: ProviderPerson, zone: str) -> Entry:
    rows = (
        ("State", role.get_state_display()),
        ("Invited", at(role.invited_at, zone)),
        ("Ended", at(role.ended_at, zone) if role.ended_at else ""),
    )
    return Entry(role.provider.name, rows)
