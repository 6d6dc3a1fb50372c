"""Sentences about accounts, certifications, cycles, names, own data, courses, files and mails."""

from staff.sentences.wording import MAIL, word_history

word_history(
    "trainers.trainer",
    {
        "joined": "{It} was made.",
        "renamed": "{who} changed the name on the certificate: {changes}.",
        "email_changed": "{who} changed the email address: {changes}.",
        "password_set": "{who} set a password.",
        "time_zone_changed": "{who} changed the time zone: {changes}.",
        "reminders_on": "{who} switched optional reminders on.",
        "reminders_off": "{who} switched optional reminders off.",
        "keys_on": "{who} switched the keys of the staff side on.",
        "keys_off": "{who} switched the keys of the staff side off.",
        "weekly_report_on": "{who} asked for the weekly report by mail.",
        "weekly_report_off": "{who} stopped the weekly report by mail.",
        "exported": "{who} took a list as a table.",
        "feed_made": "{who} made a private address for the calendar.",
        "feed_replaced": "{who} gave the calendar another private address.",
        "feed_removed": "{who} removed the private address of the calendar.",
        "deactivated": "{who} closed {it}: nobody can sign in to it.",
        "reactivated": "{who} opened {it} again.",
        "roles_changed": "{who} changed what this person may do here: {changes}.",
        "merged": "{who} merged another account of this person into this one: {changes}. What moved: {moved}.",
        "looked at": "{who} looked at the pages as this person sees them.",
        "changed_by_roster": "{who} read a roster that changed {changes}.",
    },
    kind="Account",
    noun="the account",
    decided=frozenset(("deactivated", "reactivated", "merged", "roles_changed")),
)
word_history(
    "trainers.trainer",
    {"mail_refused": "Mail to {address} came back.", "mail_accepted": "The address takes mail again."},
    kind="Mail",
    noun="the account",
    group=MAIL,
)
word_history(
    "outbox.notice", {"sent_again": "{who} sent {it} again."}, kind="Mail", noun="this mail", group=MAIL
)
word_history(
    "trainers.credential",
    {
        "granted": "{It} was granted.",
        "suspended": "{who} suspended {it} from {on}.",
        "reinstated": "{who} reinstated {it} from {on}.",
        "revoked": "{who} revoked {it} from {on}.",
        "facts_set": "{who} stated what the rules ask: {changes}.",
        "policy_planned": "{who} chose other rules for {it} from its next cycle on: {changes}.",
        "policy_switched": "{It} follows other rules from this cycle on: {changes}.",
        "ended": "{It} ended with the data of its owner.",
    },
    kind="Certification",
    noun="the certification",
    decided=frozenset(("suspended", "reinstated", "revoked", "policy_planned")),
)
word_history(
    "cases.proposal",
    {
        "proposed": "{who} proposed {it}{verdict}.",
        "agreed": "{who} confirmed {it}{verdict}.",
        "done": "{It} was carried out.",
        "dropped": "{who} took back {it}{verdict}.",
    },
    kind="Two people",
    noun="what takes two people",
    decided=frozenset(("proposed", "agreed", "dropped")),
)
word_history(
    "cases.policydraft",
    {
        "drafted": "{who} drafted {it}.",
        "approved": "{who} approved {it}: the figures count from its first day on.",
        "withdrawn": "{who} withdrew {it}.",
    },
    kind="Rules",
    noun="other figures of the rules",
    decided=frozenset(("approved", "withdrawn")),
)
word_history(
    "trainers.emailchange",
    {
        "asked": "{who} asked a new address to prove itself.",
        "proved": "The new address was proved.",
        "dropped": "{who} took the new address back.",
    },
    kind="Account",
    noun="the new address",
)
word_history(
    "trainers.cycle",
    {
        "cycle_opened": "{It} was opened.",
        "way_chosen": "{who} chose how to renew {it}: {changes}.",
        "records claimed": "{count} were claimed for the renewal of {it}.",
        "records released": "{count} are claimed for {it} no more.",
    },
    kind="Cycle",
    noun="the cycle",
)
word_history(
    "trainers.datafile",
    {"asked": "{who} asked for a file with all their data."},
    kind="Own data",
    noun="the file with their data",
)
word_history(
    "core.erasure",
    {
        "asked": "{who} asked that all personal data be erased.",
        "confirmed": "{who} confirmed that all personal data be erased.",
        "erased": "All personal data was erased.",
        "dropped": "{who} dropped the request: nothing is erased.",
    },
    kind="Own data",
    noun="this request",
    decided=frozenset(("asked", "confirmed", "dropped")),
)
word_history(
    "names.namerequest",
    {
        "requested": "{who} asked for another name: {changes}.",
        "withdrawn": "{who} withdrew the request for another name.",
        "approved": "{who} approved the other name.",
        "refused": "{who} did not approve the other name.",
    },
    kind="Name",
    noun="this request",
    decided=frozenset(("approved", "refused")),
)
word_history(
    "ceus.ceurecord",
    {
        "logged": "{who} logged {it}.",
        "shared": "{It} was logged for another certification and counts for this renewal, too.",
        "granted": "{It} counts, because a petition was approved.",
        "accepted": "The proof of {it} is on file, so it counts.",
        "file added": "{who} added a file to {it}.",
        "file replaced": "{who} replaced a file of {it}.",
        "changed": "{who} changed {it}: {changes}.",
        "removed": "{who} removed {it}.",
        "rejected": "{who} decided that {it} does not count.",
        "corrected": "{who} corrected {it}: {changes}.",
        "correction taken back": "{who} took a correction of {it} back: {changes}.",
        "counted_anew": "The catalogue changed, so {it} was counted anew: {changes}.",
    },
    kind="Course",
    noun="this course",
    decided=frozenset(("rejected", "corrected", "correction taken back")),
)
word_history(
    "ceus.heldcard",
    {
        "kept": "{who} added {it}.",
        "removed": "{who} removed {it}.",
        "refused": "{who} decided that {it} does not count.",
    },
    kind="Card",
    noun="a card that the rules ask for",
    decided=frozenset(("refused",)),
)
word_history(
    "trainers.roster",
    {
        "sent": "{who} sent {it}.",
        "checked": "{It} was checked.",
        "checked again": "{who} had {it} checked again.",
        "confirmed": "{who} confirmed that {it} be applied.",
        "found changed": "{It} was not applied: what is stored had changed since its check.",
        "applied": "{It} was applied.",
        "failed": "{It} could not be read.",
        "dropped": "{who} dropped {it}.",
    },
    kind="Roster",
    noun="this roster",
)
word_history(
    "outbox.letter",
    {
        "written": "{who} wrote {it}.",
        "changed": "{who} changed {it}.",
        "proposed": "{who} asked for approval of {it}.",
        "taken_back": "{who} took {it} back.",
        "approved": "{who} approved {it}.",
        "stopped": "{who} stopped {it}.",
        "resumed": "{who} resumed {it}.",
        "dropped": "{who} dropped {it}.",
        "sent": "{It} has gone to everybody on its list.",
    },
    kind="Letter",
    noun="this letter",
    group=MAIL,
)
for _kind, _subject, _noun in (
    ("Provider", "ceus.provider", "this provider"),
    ("Course", "ceus.course", "this course"),
    ("Topic", "ceus.topic", "this topic"),
):
    word_history(
        _subject,
        {
            "added": "{who} added {it}: {changes}.",
            "changed": "{who} changed {it}: {changes}.",
            "listed": "{who} approved {it} for the catalogue.",
        },
        kind=_kind,
        noun=_noun,
    )
word_history(
    "documents.document",
    {"stored": "{who} sent {it}.", "viewed": "{who} opened {it}."},
    kind="File",
    noun="this file",
)
