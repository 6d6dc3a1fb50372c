"""Sentences about webhooks and the journal."""

from staff.sentences.wording import word_history

word_history(
    "webhooks.endpoint",
    {
        "made": "{who} added {it}.",
        "changed": "{who} changed {it}: {changes}.",
        "paused": "{who} paused {it}.",
        "resumed": "{who} resumed {it}.",
        "switched off": "{who} switched {it} off.",
        "ended": "{who} ended {it}.",
        "secret replaced": "{who} replaced the secret of {it}.",
        "secret shown": "{who} read the secret of {it}.",
        "tested": "{who} sent a test to {it}.",
    },
    kind="Webhook",
    noun="the endpoint",
)
word_history(
    "webhooks.delivery",
    {"sent again": "{who} sent {it} again."},
    kind="Webhook",
    noun="this message",
)
word_history(
    "journal.journalkey",
    {
        "made": "{who} made {it}.",
        "replaced": "{who} replaced {it} by a new one.",
        "revoked": "{who} revoked {it}.",
    },
    kind="Journal",
    noun="a key of the journal",
)
