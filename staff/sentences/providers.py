"""Sentences about the people of providers and their reports."""

from staff.sentences.wording import word_history

word_history(
    "providers.providerperson",
    {
        "invited": "{who} invited this person to report for a provider.",
        "invited again": "{who} sent the invitation again.",
        "accepted": "{who} accepted the invitation.",
        "ended": "{who} ended the role at the provider.",
    },
    kind="Provider",
    noun="the role at a provider",
    decided=frozenset(("ended",)),
)
word_history(
    "providers.batch",
    {"reported": "{who} reported who completed courses.", "withdrawn": "{who} withdrew the report."},
    kind="Provider",
    noun="the report",
)
word_history(
    "providers.apikey",
    {
        "made": "{who} made {it}.",
        "replaced": "{who} replaced {it} by a new one.",
        "revoked": "{who} revoked {it}.",
    },
    kind="Provider",
    noun="an API key",
)
word_history(
    "providers.courserequest",
    {
        "requested": "{who} asked for this course.",
        "paid": "The fee was paid, so the request was received.",
        "withdrawn": "{who} withdrew the request.",
        "approved": "{who} approved the request.",
        "denied": "{who} denied the request.",
    },
    kind="Provider",
    noun="the request",
    decided=frozenset(("approved", "denied")),
)
word_history(
    "providers.completion",
    {
        "withdrawn": "{who} took back what the provider had reported.",
        "given to staff": "{who} took back what a renewal claims, so staff decide.",
        "kept": "{who} kept what the renewal says.",
        "taken off": "{who} took off what the provider had reported.",
    },
    kind="Provider",
    noun="this completion",
    decided=frozenset(("kept", "taken off")),
)
word_history(
    "ceus.ceurecord",
    {
        "reported": "The provider reported {it}.",
        "report withdrawn": "The provider took its report of {it} back.",
    },
    kind="Course",
    noun="this course",
)
word_history(
    "providers.issuerkey",
    {
        "added": "{who} added {it}: what it signs is believed.",
        "ended": "{who} ended {it}: what it signs is believed no more.",
    },
    kind="Provider",
    noun="a signing key of somebody else",
)
