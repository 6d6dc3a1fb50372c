"""Bad input that the forms about colleagues, the certifying body and rosters must refuse."""

from tests.access.bad_input import (
    BLANK,
    HIDDEN,
    LINKS,
    NO_HIDDEN,
    NO_REASON,
    Bad,
    Form,
    dates,
    words,
)

REASON = words("reason", NO_REASON)
ROLE = (
    Bad("role", ("",), "Choose a role."),
    Bad("role", ("king", "superuser"), "Choose a role from the list."),
)
INVITED = (
    *ROLE,
    Bad("name", BLANK, "Write their name."),
    Bad("name", HIDDEN, NO_HIDDEN),
    Bad("name", ("x" * 121, "x" * 100_000), "Use 120 characters or fewer."),
    Bad("email", ("",), "Write the email address."),
    Bad(
        "email",
        ("kim", "kim@", "@example.org", "kim@example", "a b@example.org"),
        "Write it like name@example.org.",
    ),
    Bad("email", ("kim@example.org\x00",), "Write it like name@example.org."),
)
NO_ADDRESS = "Write a web address such as https://www.example.org/conduct."
NO_COLOUR = "Write a colour as # and six digits, such as #0b5d66."
ORGANISATION = (
    Bad("name", ("x" * 81, "x" * 100_000), "Use 80 characters or fewer."),
    *(Bad(name, HIDDEN, NO_HIDDEN) for name in ("name", "short_name", "postal_address", "signer_name")),
    Bad("short_name", ("x" * 31,), "Use 30 characters or fewer."),
    Bad("postal_address", ("x" * 301,), "Use 300 characters or fewer."),
    Bad("accent", ("x" * 8,), "Use 7 characters or fewer."),
    Bad("accent", ("blue", "#12", "0b5d66", "#gggggg"), NO_COLOUR),
    Bad("accent", ("#ffffff", "#ffff00"), "This colour cannot be read on light pages"),
    Bad(
        "support_email",
        ("help", "help@", "a b@example.org"),
        "Write an email address such as help@example.org.",
    ),
    Bad("conduct_url", LINKS, NO_ADDRESS),
    Bad("privacy_url", LINKS[:2], NO_ADDRESS),
)
DAY_OF_FILE = dates(
    "exported_on",
    ("13/1/2026", "as a real date"),
    ("2/30/2026", "as a real date"),
    ("1//2026", "Enter the day of"),
    ("1/1/26", "4 digits"),
    ("٣/1/2026", "in numbers"),
    ("1/1/2199", "cannot be in the future"),
)
ENDPOINT = {"name": "Our CRM", "url": "https://crm.example.org/hooks", "events": "portal.test"}
NO_ENDPOINT = (
    Bad("name", BLANK, "Write what receives it."),
    Bad("name", HIDDEN, NO_HIDDEN),
    Bad("name", ("x" * 61, "x" * 100_000), "Use 60 characters or fewer."),
    Bad("url", ("",), "Write the address."),
    Bad("url", ("crm.example.org", "ftp://crm.example.org/"), "must begin with http:// or https://"),
    Bad("url", ("http://10.0.0.1/", "http://[::1]/", "https://localhost/"), "leads into a private network"),
    Bad("url", ("https://me:secret@crm.example.org/",), "no name, no password"),
    Bad("url", ("https://crm.example.org:25/",), "The port must be 443"),
    Bad("url", ("https://crm.example.org/" + "x" * 500,), "Use 500 characters or fewer."),
    Bad("url", HIDDEN, NO_HIDDEN),
    Bad("events", ("", "no.event", "x" * 300), "Choose what it hears of."),
)
KEY_NAME = (
    Bad("name", BLANK, "Write where it is used."),
    Bad("name", HIDDEN, NO_HIDDEN),
    Bad("name", ("x" * 61, "x" * 100_000), "Use 60 characters or fewer."),
)
NEW_COLLEAGUE = {"name": "Kim Ode", "email": "kim@example.org", "role": "reviewer"}
PEOPLE, ROSTER = "admin:people_", "admin:trainers_roster_"
NOT_SEEN = (
    Bad("mark", ("",), "it was not said which check you saw"),
    Bad("mark", ("x" * 65,), "Use 64 characters or fewer."),
    Bad("mark", HIDDEN, NO_HIDDEN),
    Bad("", ({"mark": "x"},), "checked again since you looked"),
)
BODY = {
    "name": "Board",
    "did": "did:web:board.example.org",
    "public_key": "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw",
}
BODY_KEY = (
    Bad("name", BLANK, "Write the name of the body."),
    Bad("name", ("x" * 121, "x" * 100_000), "Use 120 characters or fewer."),
    Bad("did", BLANK, "Write the issuer."),
    Bad(
        "did",
        ("https://board.example.org", "did", "did:web:a b"),
        "Write the issuer as its credentials name it",
    ),
    Bad("did", (f"did:web:{'x' * 200}",), "Use 200 characters or fewer."),
    Bad("public_key", BLANK, "Paste the public key."),
    Bad("public_key", ("z", "z6Mk", "0" * 48, "MCowBQYDK2VwAyEA"), "key"),
    Bad("public_key", ("z" * 61,), "Use 60 characters or fewer."),
    *(Bad(name, HIDDEN, NO_HIDDEN) for name in ("name", "did", "public_key")),
)

STAFF_FORMS = (
    Form(f"{PEOPLE}invite", "colleague_here", INVITED, "lead", good=NEW_COLLEAGUE, required=tuple(NEW_COLLEAGUE)),
    Form(f"{PEOPLE}role", "colleague_here", (*ROLE, *REASON), "root", good={"role": "finance", "reason": "Why."}),
    Form(f"{PEOPLE}end", "colleague_here", REASON, "root", required=("reason",)),
    Form(f"{PEOPLE}ask-reset", "colleague_here", REASON, "lead", required=("reason",)),
    Form(f"{PEOPLE}make-superuser", "colleague_here", REASON, "root", required=("reason",)),
    Form("admin:organisation", "colleague_here", ORGANISATION, "lead", upload=("logo", "signature")),
    Form("admin:webhooks_endpoint_make", "colleague_here", NO_ENDPOINT, "lead", good=ENDPOINT, required=tuple(ENDPOINT)),
    Form("admin:providers_issuerkey_add_body", "colleague_here", BODY_KEY, "lead", good=BODY, required=tuple(BODY)),
    Form("admin:badges_signingkey_distrust", "badge_key_here", REASON, "lead", required=("reason",)),
    Form("admin:journal_journalkey_make", "colleague_here", KEY_NAME, "lead", required=("name",)),
    Form(f"{ROSTER}send", "checked_roster", DAY_OF_FILE, "lead", upload=("file",), required=("file",)),
    Form(f"{ROSTER}apply", "checked_roster", NOT_SEEN, "lead", good={"confirmed": "yes"}),
)  # fmt: skip
STAFF_LOOKED_AT = (
    (
        "root",
        "colleague_here",
        [
            *(f"{PEOPLE}{act}" for act in "invite role end ask-reset make-superuser".split()),
            *("admin:webhooks_endpoint_make", "admin:journal_journalkey_make"),
        ],
    ),
    ("lead", "badge_key_here", [f"admin:badges_signingkey_{act}" for act in ("make", "replace", "distrust")]),
    ("lead", "checked_roster", [f"{ROSTER}{act}" for act in "send apply check-again drop".split()]),
)
