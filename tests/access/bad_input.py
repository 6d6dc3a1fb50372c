"""Bad input that the portal's forms must refuse: one row for each form, with its route, its scene,
and bad values with their sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.ceus.scenes import a_day
from tests.documents import hostile
from tests.petitions.scenes import FORM

BLANK = ("", "   ", "\n\t ")
HIDDEN = ("a\x00b",)
NO_HIDDEN = "Take out the hidden characters"
BAD_FILES = {
    "empty.pdf": b"",
    "page.png": hostile.HTML,
    "photo.jpg": hostile.ZIP,
    "..\\..\\x.pdf": b"%PDF-1.7 nothing",
    "CON.pdf": b"\x00" * 100,
}
# What no form asks for and a forged request may send along.
EXTRA = {
    **dict.fromkeys(("state", "status", "to_state", "next_state", "verdict"), "approved"),
    **dict.fromkeys(("hundredths", "asked_hundredths", "ceus", "id", "pk", "record", "course_id"), "9999"),
    **dict.fromkeys(("trainer", "trainer_id", "credential", "credential_id", "owner", "by", "logged_by"), "1"),
    **dict.fromkeys(("reviewed_by", "agreed_by", "asked_by"), "1"),
    **dict.fromkeys(("is_staff", "is_superuser", "reported_by_provider", "approved", "eligible"), "on"),
    **dict.fromkeys(("lists_course", "paid", "selected", "for_lead", "accepted"), "on"),
    **dict.fromkeys(("logged_at", "at", "today", "received_on", "received_at", "submitted_at"), "2020-01-01"),
    **dict.fromkeys(("started_at", "ended_at", "answer_due_on", "due_on", "notified_on", "sent_at"), "2020-01-01"),
    **dict.fromkeys(("fee_cents", "agreed_cents", "amount", "claimed_for", "claimed_for_id", "stored_as"), "0"),
    **dict.fromkeys(("charge", "category", "reference", "kind", "cycle", "renewal", "rate"), "random"),
    **dict.fromkeys(("secret", "draw_id", "made_at", "completed_on", "course"), "random"),
}  # fmt: skip
CHOICES = (
    "kind",
    "what",
    "fee_code",
    "stays",
    "audience",
    "urgency",
    "events",
    "topics",
    *("region", "country", "exam"),
)  # a value that is not offered is not shown again


@dataclass(frozen=True)
class Bad:
    """Values that `field` refuses with a sentence that contains `sentence`; a value of several
    boxes is a dict.
    """

    field: str
    typed: tuple[str | dict[str, str], ...]
    sentence: str

    def posts(self) -> Iterable[dict[str, str]]:
        """Return what is posted for each of the values."""
        return (typed if isinstance(typed, dict) else {self.field: typed} for typed in self.typed)

    def is_typed(self) -> bool:
        """Return whether a person types the value, so that the form must show it again."""
        return self.field not in (
            "",
            "seen",
            "topic",
            "role",
            "front",
            "back",
            *CHOICES,
        )  # rows about no field, a list, kept files


@dataclass(frozen=True)
class Form:
    """A form at `route`, which the fixture `scene` has made possible, as `by` fills it in."""

    route: str
    scene: str
    bad: tuple[Bad, ...]
    by: str = "jordan"
    good: dict[str, str] = field(default_factory=dict)  # all that is needed, but for files
    files: tuple[str, ...] = ()  # uploaded with `good`
    upload: tuple[str, ...] = ()  # each of them refuses a bad file
    required: tuple[str, ...] = ()  # what is complained of when nothing was sent
    seen: bool = False  # the page carries what its reader has seen

    def all_bad(self) -> list[tuple[Bad, dict[str, str]]]:
        """Return each bad value as it is posted, with the row of the table that it is from."""
        return [(bad, typed) for bad in self.bad for typed in bad.posts()]

    def __str__(self) -> str:
        return f"{self.route.removeprefix('admin:')}, {self.scene}"


def dates(name: str, *rows: tuple[str, str]) -> tuple[Bad, ...]:
    """Return each day, written as 5/3/2026, that the three boxes of `name` refuse."""
    return tuple(Bad(name, (a_day(name, text),), sentence) for text, sentence in rows)


def words(name: str, blank: str = "", longest: int = 2000) -> tuple[Bad, ...]:
    """Return what a box for several lines refuses; `blank` is the sentence when there are none."""
    long = Bad(name, ("x" * (longest + 1), "x" * 1_000_000), f"Use {longest} characters or fewer.")
    return (Bad(name, HIDDEN, NO_HIDDEN), long, *([Bad(name, BLANK, blank)] if blank else []))


COMPLETED_ON = dates(
    "completed_on",
    ("//", "Enter the date you finished the"),
    ("5/3/", "Enter the year of the date you finished"),
    ("2/30/2026", "as a real date"),
    ("13/1/2026", "as a real date"),
    *((text, "4 digits") for text in ("0/0/0000", "5/3/26", "5/3/1899", "5/3/9999")),
    ("6/16/2026", "cannot be in the future"),
    *((text, "first certified on March 14, 2021") for text in ("3/13/2021", "5/3/1985")),
    *(
        (f"{month}/3/2026", "in numbers")
        for month in (
            "٣", "-5", "1e1", "NaN", "0,5", "5.0", "9" * 31, "<script>alert(1)</script>", "=cmd()", "5\x00", "\u202e5",
            "5" * 5000,
        )
    ),
)  # fmt: skip
VALID_THROUGH = dates(
    "valid_through",
    ("//", "Enter the last day the card is valid."),
    ("5/2/2026", "The last valid day is before the day you finished."),
    ("5/3/2200", "4 digits"),
    ("x/3/2028", "in numbers"),
)
# Of the audit's last day, February 3, 2027, seen on January 5.
THROUGH = dates(
    "through",
    *((f"{month}/1/2027", "in numbers") for month in ("٣", "9" * 31, "NaN", "=cmd()")),
    ("2/20.5/2027", "in numbers"),
    ("2/30/2027", "as a real date"),
    ("2/20/27", "4 digits"),
    ("2//2027", "Enter the day"),
    *((text, "Choose a day from") for text in ("2/20/2199", "1/20/2027", "2/2/2027")),
)
NO_HOURS = "Write the contact hours as a number such as 4 or 4.5, more than 0 and at most 1000."
HOURS = (
    "NaN", "1e999", "0,5", "٣", "-4", "+4", "0", "0.0", "4.55", "4h", "Infinity", "9" * 31, "1000.1", "0x10", "4_0",
    "½", "=cmd()", ".5", "4.",
)  # fmt: skip
LINKS = (
    "javascript:alert(1)", "ftp://files.example", "no web address", "http://[x", "data:text/html,x", "https://", "//",
)  # fmt: skip
PETITION = (
    Bad("hours", HOURS, NO_HOURS),
    Bad("hours", ("9" * 41,), "Use 40 characters or fewer."),
    Bad("hours", ("4\x00",), NO_HIDDEN),
    Bad("title", ("", "   "), "Enter the name of the course."),
    Bad("title", ("x" * 161,), "Use 160 characters or fewer."),
    Bad("title", HIDDEN, NO_HIDDEN),
    Bad("provider_name", ("",), "Enter who offered the course."),
    Bad("provider_name", ("x" * 121,), "Use 120 characters or fewer."),
    Bad("learned", ("x" * 4001,), "Use 4000 characters or fewer."),
    Bad("learned", ("a\x00b",), NO_HIDDEN),
    Bad("instructor", ("x" * 4001,), "Use 4000 characters or fewer."),
    Bad("topic", ("no-such-topic", "\x00", "1"), "Choose a topic from the list."),
    Bad("provider_link", LINKS, "Enter a web address such as www.example.org"),
    Bad("provider_link", ("www.example.org/\x00",), NO_HIDDEN),
    Bad("provider_link", ("https://example.org/" + "x" * 300,), "Use 300 characters or fewer."),
    Bad("completed_on", ({"completed_on_month": "٣"}, {"completed_on_day": "31.5"}), "in numbers"),
    Bad("completed_on", ({"completed_on_year": "9" * 31},), "in numbers"),
    Bad("completed_on", ({"completed_on_month": "13"},), "as a real date"),
    Bad("began_on", ({"began_on_year": "1899"},), "4 digits"),
)
KEPT_FILES = tuple({"front-kept": token, "back-kept": token} for token in ("x", "a:b:c", "\x00", "x" * 5000))
NO_FILES = ({"front-kept": "", "back-kept": ""},)
# No field is wrong in these: what the reader has seen is missing, and whoever proposed an audit may not agree to it.
NOT_SEEN = (
    Bad("", tuple({"seen": seen} for seen in ("", "٣", "0")), "Nothing was changed by you."),
    Bad(
        "seen",
        tuple({"seen": seen} for seen in ("x", "1e9", "\x00", "-1", "9" * 31)),
        "Part of this page did not arrive.",
    ),
)
AGREED_ALONE = (
    Bad("", tuple({"reason": reason} for reason in (*HIDDEN, *BLANK)), "somebody else must agree"),
)
PEOPLE = (
    Bad("people", HIDDEN, NO_HIDDEN),
    Bad("people", ("x" * 20_001, "x" * 900_000), "Use 20000 characters or fewer."),
    Bad("people", BLANK, "Paste at least one line."),
    Bad("people", ("1193 4482, Rivera\n" * 101,), "Check at most 100 people at a time."),
)
PUBLIC_VALUES = (
    Bad("public_value", HIDDEN, NO_HIDDEN),
    Bad("public_value", ("x" * 201, "x" * 1_000_000), "Use 200 characters or fewer."),
)
NAME = (
    Bad("name", BLANK, "Enter your name."),
    Bad("name", HIDDEN, NO_HIDDEN),
    Bad("name", ("x" * 121, "x" * 100_000), "Use 120 characters or fewer."),
    Bad("name", ("12", "\U0001f600"), "with letters"),
)
DAY, CARD_DAY = a_day("completed_on", "5/3/2026"), a_day("valid_through", "5/3/2028")
LATER = a_day("through", "2/20/2027")
NO_REASON, NO_WORDS, NO_WHY = "Write the reason.", "Write", "Write why you"
CERTIFICATE, SIDES = ("certificate",), ("front", "back")
PROOFS = ("certificate", "agenda", "instructor_proof")
AUDIT, ITEM = "admin:audits_audit_", "admin:audits_audititem_"

FORMS = (
    Form("ceus:log", "course_to_log", COMPLETED_ON, good=DAY, upload=CERTIFICATE, required=("completed_on",)),
    Form("ceus:change", "record", COMPLETED_ON, good=DAY, upload=CERTIFICATE, required=("completed_on",)),
    Form(
        "ceus:card", "no_card", (*COMPLETED_ON, *VALID_THROUGH), good={**DAY, **CARD_DAY}, files=SIDES,
        upload=("front",), required=("completed_on", "valid_through", "front", "back"),
    ),
    Form(
        "ceus:card", "no_card",
        (*(Bad(side, KEPT_FILES, "We no longer have the file you sent before.") for side in SIDES), Bad("front", NO_FILES, "Choose a PDF or a photo.")),
        good={**DAY, **CARD_DAY},
    ),
    Form(
        "ceus:change", "card", (*COMPLETED_ON, *VALID_THROUGH), good={**DAY, **CARD_DAY}, upload=("front",),
        required=("completed_on", "valid_through"),
    ),
    Form("renewals:verify_list", "no_petition", PEOPLE, good={"people": "1193 4482, Rivera"}, required=("people",)),
    Form("petitions:new", "no_petition", PETITION, good=FORM, upload=PROOFS, required=("title", "provider_name")),
    Form("petitions:change", "petition", PETITION, good=FORM, required=("title", "provider_name")),
    Form("names:change", "no_petition", NAME, good={"name": "Jordan Cole"}, upload=("proof",), required=("name",)),
    Form(
        "hardship:ask", "no_petition", (*words("why", "Write what happened."), Bad("what", ("", "x", "fee"), "Choose what you need."), Bad("kind", ("", "x"), "Choose the reason.")),
        good={"what": "fee:", "kind": "illness", "why": "I am ill."}, upload=("proof",), required=("what", "kind", "why"),
    ),
    Form("renewals:signed_file", "no_petition", (), upload=("file",), required=("file",)),
    Form("petitions:answer", "question", words("text", longest=4000)),
    Form("petitions:another_look", "question", words("why")),
    Form("audits:more_time", "audit", words("why", NO_WHY)),
    Form("audits:unavailable", "audit", words("why", NO_WHY)),
    Form("audits:document", "audit", (), upload=CERTIFICATE),
    Form(f"{AUDIT}fail", "judged_audit", words("words", NO_REASON), "reviewer", good={"reason_code": "other"}, seen=True),
    Form(f"{AUDIT}fail", "judged_audit", NOT_SEEN, "reviewer", good={"reason_code": "altered", "words": "It is forged."}),
    Form(f"{AUDIT}replacements", "judged_audit", THROUGH, "reviewer"),
    Form(f"{AUDIT}extend", "audit", THROUGH, "reviewer", good={"words": "You asked."}),
    Form(f"{AUDIT}extend", "audit_with_request", words("words", NO_REASON), "reviewer", good=LATER),
    Form(f"{AUDIT}no-more-time", "audit_with_request", words("words", NO_REASON), "reviewer"),
    Form(f"{AUDIT}drop", "proposed_audit", words("reason", NO_REASON), "lead"),
    Form(f"{AUDIT}agree", "proposed_audit", AGREED_ALONE, "lead"),
    Form("admin:renewals_application_audit", "proposed_audit", (*words("cause"), Bad("cause", BLANK, "Write why.")), "lead"),
    Form("admin:audits_drawperiod_open", "announced_period", PUBLIC_VALUES, "lead"),
    Form(f"{ITEM}replace", "judged_audit", words("words", NO_WORDS), "reviewer"),
    Form(f"{ITEM}refuse", "judged_audit", words("words", NO_WORDS), "reviewer"),
    Form(f"{ITEM}suspect", "judged_audit", words("why", NO_WORDS), "reviewer"),
)  # fmt: skip

# Addresses that name nothing, of pages that Jordan may open; `{ref}` is Jordan's audit.
NOWHERE = (
    *(f"/my-courses/{pk}/{end}" for pk in ("0", "9" * 24, "-1", "1.5", "x", "%00") for end in ("", "change/", "remove/")),
    "/audit/%00/",
    "/audit/" + "A" * 3000 + "/",
    "/audit/A-8T54BLE7%0d%0aX/",
    "/audit/{ref}/documents/" + "9" * 31 + "/",
    "/audit/{ref}/documents/" + "9" * 31 + "/unavailable/",
    "/audit/{ref}/documents/0/",
    "/audits/draws/%00.jsonl",
    "/audits/draws/" + "x" * 999 + ".jsonl",
    "/audits/draws/2026-Q4%0d%0aSet-Cookie:x.jsonl",
)  # fmt: skip
# Questions that no list may fail on.
QUERIES = (
    *(f"/audits/draws/?page={page}" for page in ("0", "-1", "x", "9" * 40, "%00", "٣")),
    *(
        f"/staff/audits/audit/?{asked}"
        for asked in (
            "shows=%00", "shows=" + "x" * 999, "q=%00", "q=%ED%A0%80", "p=-1", "p=9" * 9, "o=1.2.3", "state__exact=%27",
            "cycle__credential__trainer__password__startswith=a",
        )
    ),
)  # fmt: skip
# Everything that staff can do to an audit and to one of its documents.
STAFF_ACTIONS = (
    *(f"{AUDIT}{act}" for act in "pass fail accept-rest replacements extend no-more-time agree drop".split()),
    *(f"{ITEM}{act}" for act in "accept replace refuse suspect".split()),
)
STAFF_ANSWERS = {**LATER, "words": "x", "reason": "x", "why": "x"}
# What is asked for with every method but POST, by whom, in which scene: forms, and pages with buttons only.
LOOKED_AT = (
    ("jordan", "record", "ceus:record ceus:change ceus:remove".split()),
    ("jordan", "petition", "petitions:petition petitions:change petitions:check petitions:send".split()),
    (
        "jordan",
        "judged_audit",
        "audits:audit audits:send audits:more_time audits:document audits:unavailable".split(),
    ),
    ("reviewer", "judged_audit", [f"{AUDIT}review", *STAFF_ACTIONS]),
)
