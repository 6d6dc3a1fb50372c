"""Sentences about employers, their people and the trainers whom they see."""

from staff.sentences.wording import word_history

word_history(
    "employers.employer",
    {
        "added": "{who} added this employer.",
        "renamed": "{who} renamed this employer.",
        "link replaced": "{who} replaced the link for the team.",
        "closed": "{who} closed this employer.",
    },
    kind="Employer",
    noun="the employer",
    decided=frozenset(("closed",)),
)
word_history(
    "employers.employerperson",
    {
        "invited": "{who} invited this person to see an employer's team.",
        "invited again": "{who} sent the invitation again.",
        "accepted": "{who} accepted the invitation.",
        "ended": "{who} ended the role at the employer.",
    },
    kind="Employer",
    noun="the role at an employer",
    decided=frozenset(("ended",)),
)
word_history(
    "employers.consent",
    {
        "given": "{who} let an employer see the certification.",
        "ended": "{who} ended the consent.",
    },
    kind="Employer",
    noun="the consent",
)
word_history(
    "employers.apikey",
    {
        "made": "{who} made {it}.",
        "replaced": "{who} replaced {it} by a new one.",
        "revoked": "{who} revoked {it}.",
    },
    kind="Employer",
    noun="an API key of an employer",
)
word_history(
    "employers.widget",
    {
        "shown": "{who} let other sites show the certification.",
        "hidden": "{who} let other sites show it no more.",
    },
    kind="Employer",
    noun="the certification on other sites",
)
word_history(
    "employers.listing",
    {
        "listed": "{who} appeared in the directory.",
        "changed": "{who} changed the entry in the directory.",
        "left": "{who} left the directory.",
        "taken off": "{who} took the entry off the directory.",
        "city emptied": "{who} emptied the city of the entry.",
        "allowed again": "{who} allowed an entry in the directory again.",
    },
    kind="Employer",
    noun="the entry in the directory",
)
