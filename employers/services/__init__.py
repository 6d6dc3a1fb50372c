"""The changes that people of employers, trainers, staff and programs make, one function for each."""

from employers.services.accounts import add_employer, close_employer, rename_employer, replace_consent_link
from employers.services.consenting import end_consent, give_consent
from employers.services.directory import empty_listed_city, reinstate_listing, take_off_listing
from employers.services.people import (
    accept_employer_invitation,
    end_employer_role,
    invite_employer_person,
    send_employer_invitation_again,
)
from employers.services.telling import queue_ending_notices

__all__ = [
    "accept_employer_invitation",
    "add_employer",
    "close_employer",
    "empty_listed_city",
    "end_consent",
    "end_employer_role",
    "give_consent",
    "invite_employer_person",
    "queue_ending_notices",
    "reinstate_listing",
    "rename_employer",
    "replace_consent_link",
    "send_employer_invitation_again",
    "take_off_listing",
]
