"""Employers, their people and consents, and what the database refuses about them."""

from types import SimpleNamespace

from employers.models import ApiKey, Consent, Employer, EmployerPerson, Listing, Widget
from tests.factories import CycleFactory, TrainerFactory
from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT


def add_employers(stage: SimpleNamespace) -> None:
    stage.employer = Employer.objects.create(name="Lakeside Gym", made_at=AT)
    stage.closed_employer = Employer.objects.create(name="Gone Gym", made_at=AT, state="closed", ended_at=AT)
    offer = {"invited_by": stage.lead, "invited_at": AT, "link_ends_at": AT}
    stage.viewer = EmployerPerson.objects.create(person=TrainerFactory(), employer=stage.employer, **offer)
    stage.ended_viewer = EmployerPerson.objects.create(
        person=TrainerFactory(), employer=stage.employer, **offer, state="ended", ended_at=AT
    )
    given = {"employer": stage.employer, "trainer": stage.jordan, "given_at": AT}
    stage.ended_consent = Consent.objects.create(**given, state="ended", ended_at=AT)
    stage.consent = Consent.objects.create(**given)
    made = {"employer": stage.employer, "name": "Planner", "sha256": "a" * 64, "scopes": ["team"]}
    made |= {"made_by": stage.viewer.person, "made_at": AT}
    stage.employer_key = ApiKey.objects.create(prefix="ek1", **made)
    ended = {"revoked_at": AT, "revoked_by": stage.viewer.person, "replaces": stage.employer_key}
    stage.revoked_employer_key = ApiKey.objects.create(prefix="ek2", **made, **ended)
    erased = CycleFactory(credential__number="ERASED1", credential__state="erased").credential
    stage.widget = Widget.objects.create(credential=stage.credential, code="a" * 32, made_at=AT)
    stage.hidden_widget = Widget.objects.create(
        credential=erased, code="b" * 32, made_at=AT, state="hidden", ended_at=AT
    )
    stage.listing = Listing.objects.create(trainer=stage.jordan, city="Mesa", city_key="mesa", listed_at=AT)
    stage.left_listing = Listing.objects.create(trainer=stage.jordan, listed_at=AT, state="left", ended_at=AT)
    stage.listing_topic = Listing.topics.through.objects.create(listing=stage.listing, topic=stage.topic)


def employer_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    other = {"name": "Other Gym"}
    return [
        change("employers_employer_steps", s.closed_employer, state="open", ended_at=None),
        remove("employers_employer_kept", s.closed_employer),
        copy("employers_employer_name_key", s.employer, "name"),
        copy("employers_employer_one_end", s.closed_employer, **other, ended_at=None),
        copy("employers_employer_named", s.employer, name=""),
        copy("employers_employer_links_made_check", s.employer, **other, links_made=-1),
        copy("employers_employer_name_length", s.employer, name="x" * 121),
        *_people(s),
        *_consents(s),
        *_keys(s),
        *_shown(s),
    ]


def _people(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("employers_employerperson_steps", s.ended_viewer, state="invited", ended_at=None),
        *change_each("employers_person_fixed", s.viewer, person=s.stranger, employer=s.closed_employer),
        remove("employers_person_kept", s.ended_viewer),
        copy("employers_person_one_open", s.viewer),
        copy("employers_person_one_end", s.ended_viewer, ended_at=None),
        copy("employers_person_open_employer", s.viewer, person=s.stranger, employer=s.closed_employer),
        copy("employers_person_one_side", s.viewer, person=s.role.person),
        copy("providers_person_one_side", s.role, person=s.viewer.person),
        copy("employers_employerperson_times_sent_check", s.ended_viewer, times_sent=-1),
    ]


def _consents(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("employers_consent_steps", s.ended_consent, state="standing", ended_at=None),
        *change_each(
            "employers_consent_fixed",
            s.ended_consent,
            trainer=s.stranger,
            employer=s.closed_employer,
            given_at=s.later,
        ),
        remove("employers_consent_kept", s.ended_consent),
        copy("employers_consent_one_standing", s.consent),
        copy("employers_consent_one_end", s.ended_consent, ended_at=None),
        copy("employers_consent_open_employer", s.consent, employer=s.closed_employer),
    ]


def _keys(s: SimpleNamespace) -> list[Illegal]:
    key, revoked = s.employer_key, s.revoked_employer_key
    return [
        *change_each(
            "employers_apikey_fixed",
            key,
            employer=s.closed_employer,
            prefix="nine",
            sha256="b" * 64,
            scopes=["check"],
            made_by=s.lead,
            made_at=s.later,
            replaces=revoked,
        ),
        change("employers_apikey_stays_revoked", revoked, revoked_at=None, revoked_by=None),
        remove("employers_apikey_kept", key),
        copy("employers_apikey_prefix_key", key, "prefix"),
        copy("employers_apikey_replaces_id_key", revoked),
        copy("employers_apikey_revoked", key, revoked_at=s.at),
        copy("employers_apikey_open_employer", key, prefix="ek3", employer=s.closed_employer),
        *(
            copy(f"employers_apikey_{field}_length", key, **{field: "x" * (most + 1)})
            for field, most in {"name": 60, "prefix": 12, "sha256": 64}.items()
        ),
    ]


def _shown(s: SimpleNamespace) -> list[Illegal]:
    free = {"credential": s.revoked}
    return [
        change("employers_widget_steps", s.widget, state="gone"),
        *change_each(
            "employers_widget_fixed", s.widget, credential=s.revoked, code="c" * 32, made_at=s.later
        ),
        remove("employers_widget_kept", s.widget),
        copy("employers_widget_of_nobody_made", s.hidden_widget, state="shown", ended_at=None),
        change("employers_widget_of_nobody_changed", s.hidden_widget, state="shown", ended_at=None),
        copy("employers_widget_credential_id_key", s.widget),
        copy("employers_widget_code_key", s.widget, "code", **free),
        copy("employers_widget_code_length", s.widget, **free, code="c" * 33),
        copy("employers_widget_one_end", s.widget, **free, ended_at=s.at),
        *_listed(s),
    ]


def _listed(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("employers_listing_steps", s.left_listing, state="listed", ended_at=None),
        change("employers_listing_steps", s.left_listing, state="removed"),
        *change_each("employers_listing_fixed", s.left_listing, trainer=s.stranger, listed_at=s.later),
        remove("employers_listing_kept", s.left_listing),
        copy("employers_listing_one_listed", s.listing),
        copy("employers_listing_one_end", s.left_listing, ended_at=None),
        copy("employers_listing_city_length", s.left_listing, city="x" * 81),
        copy("employers_listing_city_key_length", s.left_listing, city_key="x" * 241),
        copy("employers_listing_topics_listing_id_topic_id_55eaa6be_uniq", s.listing_topic),
    ]
