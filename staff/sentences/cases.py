"""Sentences about renewals, petitions, audits and the decisions about them."""

from staff.sentences.wording import DECISIONS, word_history

SECOND_LOOK = "{who} asked that somebody else looks at {it} again."

word_history(
    "renewals.application",
    {
        "started": "{who} began {it}.",
        "submitted": "{who} sent {it}{total}.",
        "paid": "{It} is paid and in review.",
        "nothing to pay": "{It} costs nothing and is in review.",
        "corrected": "{who} corrected {it} and sent it again.",
        "more time to correct": "{who} gave more time to correct {it}: {changes}.",
        "approved": "{who} approved {it}.",
        "renewed with": "{It} was approved together with a higher certification.",
        "returned": "{who} returned {it} to be corrected.",
        "denied": "{who} did not approve {it}.",
        "withdrawn": "{who} withdrew {it}.",
        "lapsed": "{It} was not paid in time and has ended.",
        "another look": SECOND_LOOK,
        "denial confirmed": "The decision about {it} stays after another look.",
        "reopened": "{who} opened {it} again.",
        "reversed": "After another look, {it} is in review again.",
    },
    kind="Renewal",
    noun="this renewal",
    decided=frozenset(("approved", "returned", "denied", "denial confirmed", "reopened", "reversed")),
)
word_history(
    "petitions.petition",
    {
        "started": "{who} began {it}.",
        "imported": "{who} filled in {it} from a signed file, and its signature fits.",
        "file added": "{who} added a file to {it}.",
        "file replaced": "{who} replaced a file of {it}.",
        "file removed": "{who} removed a file of {it}.",
        "agreed": "{who} sent {it} and agreed to its fee.",
        "paid": "{It} is paid. Our time to answer runs.",
        "nothing to pay": "{It} costs nothing. Our time to answer runs.",
        "asked": "{who} asked a question about {it}.",
        "answered": "{who} answered our question about {it}.",
        "more time to answer": "There is more time to answer our question about {it}: {changes}.",
        "closed": "{It} was closed without an answer.",
        "another look": SECOND_LOOK,
        "approved": "{who} approved {it}{ceus}.",
        "denied": "{who} declined {it}.",
        "withdrawn": "{who} withdrew {it}.",
        "stopped": "{It} stopped, because its fee went back.",
        "goes on": "{It} goes on, because its fee is back.",
    },
    kind="Petition",
    noun="this petition",
    decided=frozenset(("asked", "closed", "approved", "denied", "stopped", "goes on")),
)
word_history(
    "audits.audit",
    {
        "opened": "{It} was opened: we ask for documents.",
        "proposed": "{who} proposed {it} for a cause.",
        "agreed": "{who} agreed to {it}.",
        "dropped": "{who} dropped {it}.",
        "ended": "{It} ended without a result.",
        "time began": "The time to send documents for {it} began. It ends on {due}.",
        "document added": "{who} added a document to {it}.",
        "cannot be had": "{who} cannot get a document of {it}.",
        "sent": "{who} sent the documents of {it}.",
        "sent again": "{who} sent the documents of {it} again.",
        "taken as sent": "All documents for {it} were on file, so they were taken as sent.",
        "returned": "{who} asked for other documents in {it}.",
        "document accepted": "{who} accepted a document of {it}.",
        "document to be replaced": "{who} wants another document in {it}.",
        "document refused": "{who} refused a document of {it}.",
        "passed to a lead": "{who} passed {it} to a lead: a document may be altered.",
        "record rejected": "{who} struck a course from the record after {it}.",
        "asked for more time": "{who} asked for more time for {it}.",
        "more time": "{who} gave more time for {it}: {changes}.",
        "no more time": "{who} gave no more time for {it}.",
        "another look": SECOND_LOOK,
        "passed": "{who} passed {it}.",
        "failed": "{who} did not pass {it}.",
        "expired": "{It} ended without the documents.",
        "reopened": "{who} opened {it} again.",
    },
    kind="Audit",
    noun="this audit",
    decided=frozenset(
        (
            *("proposed", "agreed", "dropped", "ended", "returned", "document accepted", "document refused"),
            *("document to be replaced", "passed to a lead", "record rejected", "more time", "no more time"),
            *("passed", "failed", "expired", "reopened"),
        )
    ),
)
for _decision in ("renewals.decision", "petitions.decision", "audits.decision", "providers.decision"):
    word_history(
        _decision,
        {
            "decided": "{who} decided about {it}{verdict}. It waits some minutes, so that it can be taken back.",
            "released": "The decision about {it} took effect{verdict}.",
            "taken back": "{who} took back the decision about {it}{verdict}.",
            "could not take effect": "The decision about {it} could not take effect{verdict}.",
        },
        kind="Decision",
        noun="this case",
        group=DECISIONS,
    )
word_history(
    "audits.drawperiod",
    {
        "announced": "{who} announced {it}.",
        "opened": "{who} opened {it}.",
        "closed": "{It} closed, and its secret is public.",
    },
    kind="Draw",
    noun="this draw",
    group=DECISIONS,
)
word_history(
    "hardship.relief",
    {
        "asked": "{who} asked for {relief}.",
        "proposed": "{who} proposed {relief}.",
        "granted": "{who} granted {relief}.",
        "declined": "{who} declined more time or a waiver.",
        "withdrawn": "{who} withdrew the request for more time or a waiver.",
        "taken back": "{who} took a waiver back.",
    },
    kind="Hardship",
    noun="the request",
    decided=frozenset(("granted", "declined", "taken back")),
)
