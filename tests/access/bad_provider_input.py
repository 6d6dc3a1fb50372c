"""Bad input that the forms of a provider's side must refuse."""

from tests.access.bad_input import BLANK, HIDDEN, HOURS, LINKS, NO_HIDDEN, Bad, Form, dates, words
from tests.ceus.scenes import a_day

# Hundredths of a CEU are good, and some amounts get another sentence.
AMOUNTS = tuple(text for text in HOURS if text not in ("4.55", "9" * 31, "0", "0.0", "1000.1"))
COMPLETED_ON = dates(
    "completed_on",
    ("//", "Enter the"),
    ("5/3/", "Enter the year"),
    ("2/30/2026", "as a real date"),
    ("٣/3/2026", "in numbers"),
    ("5\x00/3/2026", "in numbers"),
    ("5/3/26", "4 digits"),
)


def line(name: str, blank: str, longest: int) -> tuple[Bad, ...]:
    """Return what a box of one line refuses."""
    long = Bad(name, ("x" * (longest + 1), "x" * 100_000), f"Use {longest} characters or fewer.")
    return (Bad(name, BLANK, blank), Bad(name, HIDDEN, NO_HIDDEN), long)


COURSE = (
    *line("title", "Write the title of the course.", 160),
    Bad("format", ("", "x"), "Choose a format from the list."),
    Bad("hundredths", BLANK, "Write the CEUs, for example"),
    Bad("hundredths", AMOUNTS, "in plain digits, such as"),
    Bad("hundredths", ("0", "0.0"), "must be more than 0"),
    Bad("hundredths", ("100.01", "1000.1"), "Write at most 100"),
    Bad("hundredths", ("9" * 31,), "Use 10 characters or fewer."),
    *words("about", "Write what is taught."),
    Bad("link", LINKS, "Enter a web address such as"),
)
NUMBERS = (
    Bad("numbers", BLANK, "Write the certification numbers."),
    Bad("numbers", HIDDEN, NO_HIDDEN),
    *COMPLETED_ON,
)
CORRECTED = (
    *line("number", "Write the certification number.", 40),
    *line("name", "Write the name.", 120),
    *words("reason", "Write why.", longest=500),
    *COMPLETED_ON,
)
KEY = (
    *line("name", "Write where it is used.", 60),
    Bad("scopes", ("", "x"), "Choose what the key may do."),
)
WHY = words("reason", "Write why.", longest=500)
DAY = a_day("completed_on", "5/3/2026")
ASKED = {"title": "Yoga for Backs", "format": "online", "hundredths": "0.3", "about": "Three hours."}

PROVIDER_FORMS = (
    Form("providers:ask", "reported", COURSE, "reporter", good=ASKED, required=("title", "format", "hundredths", "about")),
    Form("providers:longer", "reported", words("about", "Write what has changed"), "reporter", required=("about",)),
    Form("providers:report", "reported", NUMBERS, "reporter", good={**DAY, "numbers": "1193 4482", "key": "a" * 32}),
    Form("providers:correct", "reported", CORRECTED, "reporter", good={**DAY, "number": "1193 4482", "name": "Jordan Rivera", "reason": "A mistake."}),
    Form("providers:withdraw", "reported", WHY, "reporter", required=("reason",)),
    Form("providers:take_back", "reported", WHY, "reporter", required=("reason",)),
    Form("providers:keys", "reported", KEY, "reporter", good={"name": "Moodle", "scopes": "report"}, required=("name", "scopes")),
)  # fmt: skip
PROVIDER_LOOKED_AT = (
    (
        "reporter",
        "reported",
        "providers:withdraw providers:take_back providers:correct providers:longer providers:batch".split(),
    ),
)
