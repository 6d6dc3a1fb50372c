"""Triggers of employers: rows take only the steps of their TRANSITIONS, whose consent it is never
changes, and a closed employer gets neither people nor consents nor keys.
"""

from api.triggers import key_triggers
from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed
from employers.models import ApiKey, Consent, Employer, EmployerPerson, Listing, Widget

_EMPLOYER, _PERSON, _CONSENT = "employers_employer", "employers_employerperson", "employers_consent"
_CLOSED = "EXISTS (SELECT 1 FROM employers_employer e WHERE e.id = NEW.employer_id AND e.state = 'closed')"
_WIDGET, _LISTING = "employers_widget", "employers_listing"
_ERASED = "EXISTS (SELECT 1 FROM trainers_credential c WHERE c.id = NEW.credential_id AND c.state = 'erased')"
_ONE_SIDE = "somebody who reports for a provider sees no team of an employer"


def _open_elsewhere(table: str) -> str:
    return (
        "NEW.state <> 'ended' AND EXISTS (SELECT 1 FROM "  # noqa: S608 - our own words
        f"{table} r WHERE r.person_id = NEW.person_id AND r.state <> 'ended')"
    )


TRIGGERS = [
    step_trigger(Employer),
    never_removed("employers_employer_kept", _EMPLOYER, "an employer is never removed"),
    step_trigger(EmployerPerson),
    columns_fixed(
        "employers_person_fixed",
        _PERSON,
        ["person_id", "employer_id"],
        "whose role it is, and where, never changes",
    ),
    never_removed("employers_person_kept", _PERSON, "a role at an employer is never removed"),
    Trigger(
        "employers_person_open_employer",
        _PERSON,
        "INSERT",
        "a closed employer has no people",
        when=f"NEW.state <> 'ended' AND {_CLOSED}",
    ),
    Trigger(
        "employers_person_one_side",
        _PERSON,
        "INSERT",
        _ONE_SIDE,
        when=_open_elsewhere("providers_providerperson"),
    ),
    Trigger(
        "providers_person_one_side",
        "providers_providerperson",
        "INSERT",
        _ONE_SIDE,
        when=_open_elsewhere(_PERSON),
    ),
    step_trigger(Consent),
    columns_fixed(
        "employers_consent_fixed",
        _CONSENT,
        ["trainer_id", "employer_id", "given_at"],
        "who consented to what, and when, never changes",
    ),
    never_removed("employers_consent_kept", _CONSENT, "a consent is never removed"),
    Trigger(
        "employers_consent_open_employer",
        _CONSENT,
        "INSERT",
        "nobody consents to a closed employer",
        when=f"NEW.state = 'standing' AND {_CLOSED}",
    ),
    *key_triggers(ApiKey),
    Trigger(
        "employers_apikey_open_employer",
        ApiKey._meta.db_table,
        "INSERT",
        "a closed employer gets no key",
        when=_CLOSED,
    ),
    step_trigger(Widget),
    columns_fixed(
        "employers_widget_fixed",
        _WIDGET,
        ["credential_id", "code", "made_at"],
        "what a widget shows never changes",
    ),
    never_removed("employers_widget_kept", _WIDGET, "a widget is never removed"),
    *(
        Trigger(
            f"employers_widget_of_nobody_{name}",
            _WIDGET,
            event,
            "nothing is shown of somebody whose data is erased",
            when=f"NEW.state = 'shown' AND {_ERASED}",
        )
        for name, event in (("made", "INSERT"), ("changed", "UPDATE OF state"))
    ),
    step_trigger(Listing),
    columns_fixed(
        "employers_listing_fixed",
        _LISTING,
        ["trainer_id", "listed_at"],
        "whose entry it is, and from when, never changes",
    ),
    never_removed("employers_listing_kept", _LISTING, "an entry in the directory is never removed"),
]
