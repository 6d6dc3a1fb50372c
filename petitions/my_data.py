"""What a trainer reads about their petitions; a pending decision is not disclosed."""

from collections.abc import Iterator

from core.my_data import Entry, Section
from core.policy_words import opened_with_a_capital, portal_unit
from core.templatetags.words import ceus, day
from petitions.models import Petition
from petitions.pages.petition import tag_of, timeline_of
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield each petition of a person with what they wrote, and its events."""
    rows = Petition.objects.owned_by(person).select_related("credential", "topic", "charge", "record")
    yield Section(40, "Petitions", [_petition(one) for one in rows])


def _petition(petition: Petition) -> Entry:
    units = opened_with_a_capital(portal_unit().plural)
    rows = (
        ("Course", petition.title),
        ("Provider", petition.provider_name),
        ("Link", petition.provider_link),
        ("Began", day(petition.began_on) if petition.began_on else ""),
        ("Completed", day(petition.completed_on) if petition.completed_on else ""),
        (f"{units} asked for", ceus(petition.asked_hundredths) if petition.asked_hundredths else ""),
        (f"{units} granted", ceus(petition.record.hundredths) if petition.record else ""),
        ("What you learned", petition.learned),
        ("The instructor", petition.instructor),
        ("What you agreed to", petition.attestation_text),
        ("Why you asked for another look", petition.another_look_why),
    )
    return Entry(f"{petition.reference}: {tag_of(petition)[1]}", rows, tuple(timeline_of(petition)))
