"""Help for staff: what each role does in a day, what needs two people, the keyboard shortcuts, the
words, and where things are.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.policy_words import in_policy_words, version_today
from core.templatetags.words import money
from outbox.models.letter import ONE_PERSON_SENDS
from rules.policy.load import load_policy
from rules.policy.model import PolicyVersion
from staff.actions import staff_user
from staff.keys import KEYS
from staff.roles import SENTENCES, SUPERUSER
from staff.tabs import lists_in, open_tabs

# What each role does on an ordinary day, in order. What a role may do is said in staff/roles.py.
DAYS = {
    "reviewer": (
        "Open Today: what is late stands first, then what is yours, then what nobody has taken.",
        "Open a case. Facts and checks stand beside the evidence; the mail of a clean approval is written already.",
        "Approve, decline or ask. You read the mail before it goes, and can undo it for {minutes} minutes.",
        "Someone you know? Press “I know this person”: the case goes to others.",
        "Cannot decide today? Snooze it with a reason, or write a note that names a colleague with @.",
    ),
    "lead": (
        "Do what a reviewer does, and look at what waits for a second person.",
        "Decide requests for more time, second looks, and what a reviewer proposed.",
        "Correct a record, suspend or reinstate a certification, write letters, send a roster.",
        "On Mondays read the report: what was renewed, decided and lost, and what expires next.",
        "Invite colleagues, change their roles, end their work, keep the organisation's own page.",
    ),
    "registrar": (
        "Decide requests for another name, with their proof.",
        "Correct accounts: an address that comes back, a name, a time zone.",
        "Keep the catalogue: providers and courses one by one or as a file. What touches people is shown first.",
        "Look at the outbox: what came back, what failed, what should be sent again.",
    ),
    "finance": (
        "Match payments that arrived without a name; the page says whose they most likely are.",
        "Give refunds with a reason, and confirm those of others above {refund}.",
        "Answer disputes before their last day.",
        "At the end of a month compare the ledger with the provider's payouts.",
    ),
    "read-only": (
        "Find a person, and read on one page where they stand and why.",
        "Read any list, or take it as a table.",
    ),
}
# What takes two people: who begins, who confirms.
TWO_PEOPLE = (
    ("Revoke a certification", "a lead proposes it with a reason", "another lead"),
    ("Reopen what was decided", "a lead proposes it with a reason", "another lead"),
    ("Audit a renewal that was not drawn", "a lead asks for it with a cause", "another lead"),
    ("Erase somebody’s data for them", "a lead asks for it", "another lead"),
    ("A refund above {refund}", "finance asks for it", "somebody else of finance"),
    ("Waive a fee above {refund}", "finance or a lead proposes it", "somebody else of either"),
    ("A later last day", "a reviewer proposes it", "a lead"),
    ("A letter to more than {letter} people", "a lead writes it", "another lead"),
    ("Reset a lost second factor", "a lead asks for it", "another lead or a superuser"),
    ("Another look at a decision", "one person decided", "somebody else looks again"),
)
WORDS = (
    (in_policy_words("{holder}"), "The person who is or was certified."),
    ("Credential, certificate", "What was granted, with a number; the paper that proves it."),
    ("Cycle", "One period of a credential. Each ends on its expiration date and is counted from the award."),
    ("Record", in_policy_words("A completed course or card that {a_holder} claims in a cycle, with its {units}.")),
    ("Renewal", in_policy_words("What {a_holder} sends, pays and attests for one cycle.")),
    ("Petition", "A request to count a course that is not on our list."),
    ("Draw, audit", "The random choice of renewals; the check of the documents of a chosen one."),
    ("Charge, ledger", "What is owed; every movement of money, each with its sign."),
    ("Pending", "Decided, and not yet in effect. It can be undone until then, and no mail has gone."),
    ("Status, state", "What the rules say today; the step at which a case is."),
    ("Suspended, revoked", "Not in force for now, can be reinstated; ended for good."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleHelp:
    """One role: what it may do, what it does in a day, and whether the reader has it."""

    name: str
    may: str
    day: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One tab, with its lists as (label, URL)."""

    label: str
    url: str
    lists: tuple[tuple[str, str], ...]


def help_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Show the help; what concerns the reader's own roles comes first."""
    policy = load_policy(settings.PORTAL_POLICY)
    figures = _figures(version_today(policy))
    page = {
        "title": "Help for staff",
        "roles": _roles(request, figures),
        "superuser": SUPERUSER,
        "rules": [tuple(part.format(**figures) for part in rule) for rule in TWO_PEOPLE],
        "keys": KEYS,
        "words": WORDS,
        "places": _places(request),
        "minutes": figures["minutes"],
    }
    return TemplateResponse(request, "admin/help.html", {**context, **page})


def _figures(version: PolicyVersion) -> dict[str, str]:
    return {
        "minutes": str(version.decision_hold_minutes),
        "refund": money(version.refund_second_person_above_cents),
        "letter": str(ONE_PERSON_SENDS),
    }


def _roles(request: HttpRequest, figures: dict[str, str]) -> list[RoleHelp]:
    own = set(staff_user(request).groups.values_list("name", flat=True))
    found = [
        RoleHelp(name.capitalize(), may, tuple(line.format(**figures) for line in DAYS[name]), name in own)
        for name, may in SENTENCES.items()
    ]
    return sorted(found, key=lambda role: not role.mine)


def _places(request: HttpRequest) -> list[Place]:
    """Return the tabs that the reader may open, each with its lists."""
    return [
        Place(tab.label, tab.url, tuple((one.label, one.url) for one in lists_in(request, tab)))
        for tab in open_tabs(staff_user(request))
    ]
