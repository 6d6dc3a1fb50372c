"""Sentences about the certifying body and the people who work here."""

from staff.sentences.wording import word_history

word_history(
    "core.organisation",
    {"changed": "{who} changed what is said of {it}: {changes}."},
    kind="Organisation",
    noun="the organisation",
)
word_history(
    "trainers.invitation",
    {
        "invited": "{who} invited this person to work here{role}.",
        "invited_again": "{who} sent the invitation again.",
        "accepted": "{who} accepted the invitation{role}.",
        "withdrawn": "{who} withdrew the invitation.",
    },
    kind="Colleague",
    noun="the invitation",
)
word_history(
    "trainers.factorreset",
    {
        "reset_asked": "{who} asked to reset the second factor of this person. A second person must confirm it.",
        "reset_confirmed": "{who} confirmed the reset of the second factor.",
        "reset_dropped": "{who} dropped the reset of the second factor.",
    },
    kind="Colleague",
    noun="the reset",
    decided=frozenset(("reset_confirmed",)),
)
word_history(
    "trainers.trainer",
    {
        "role_changed": "{who} changed the role: {changes}.",
        "work_ended": "{who} ended the work of this person here.",
        "identity_linked": "{who} signed in with the organisation for the first time.",
        "identity_unlinked": "{who} removed the link to the account at the organisation.",
        "superuser_made": "{who} made this person a superuser.",
        "superuser_unmade": "{who} made this person a superuser no more.",
    },
    kind="Colleague",
    noun="the account",
    decided=frozenset(("role_changed", "work_ended", "superuser_made", "superuser_unmade")),
)
word_history(
    "badges.signingkey",
    {
        "made": "{who} made a key that signs badges.",
        "retired": "{who} replaced the key that signed badges. What it signed stays valid.",
        "distrusted": "{who} no longer trusts this key. Nothing that it signed is valid.",
    },
    kind="Badges",
    noun="the key that signs badges",
    decided=frozenset(("distrusted",)),
)
word_history(
    "renewals.badge",
    {"made": "{who} made the digital badge of this certification."},
    kind="Badges",
    noun="the badge",
)
