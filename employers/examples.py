"""Examples of the mails to employers' people, and to trainers in the directory."""

from functools import partial

from core.policy_words import in_policy_words
from employers.links import LINKS
from employers.models import Consent, Employer, EmployerPerson
from employers.notice_codes import CONSENT_ENDED, ENDING, ENTRY, INVITED
from employers.notices import consent_ended_context, ending_context, entry_context
from outbox.examples import show_example
from trainers.examples import example_cycle, phoenix_noon
from trainers.models import Trainer
from trainers.role_notices import role_invitation_context


def _role() -> EmployerPerson:
    inviter = Trainer(pk=2, email="rae@example.org", name="Rae Registrar")
    ends_at = phoenix_noon(2026, 12, 1)
    return EmployerPerson(
        pk=0, employer=Employer(name="Lakeside Gym"), invited_by=inviter, link_ends_at=ends_at
    )


def _ended() -> dict[str, object]:
    return consent_ended_context(_role(), Consent(trainer=example_cycle().credential.trainer))


show_example(
    INVITED, "to-see", lambda: role_invitation_context(LINKS, _role()),
    trigger="A registrar invites somebody to see an employer's team", sent="At once, while its link works",
)  # fmt: skip
show_example(
    ENDING, "ending", lambda: ending_context(_role(), example_cycle()),
    trigger="A certification of a team ends within the policy's days",
    sent=in_policy_words("In the morning, once for each cycle, while the {holder} consents"),
)  # fmt: skip
show_example(
    CONSENT_ENDED,
    "ended",
    _ended,
    trigger=in_policy_words("{a_holder} ends the consent, or erases their data"),
    sent="At once",
)
for state, what, reason in (
    (
        "taken-off",
        "removed",
        in_policy_words("Your city is an address of a website. The directory shows where {holders} work."),
    ),
    ("city-emptied", "city", "Your city is an address of a website. Write where you work."),
    ("allowed-again", "left", "Thank you for telling us where you work."),
):
    show_example(
        ENTRY, state, partial(entry_context, what, reason),
        trigger="A registrar or a lead takes an entry off the directory, empties its city, or allows a new one",
        sent="At once",
    )  # fmt: skip
