"""Bad input that the forms must refuse in which staff keep employers, providers, their people, their keys, their
reports and requests, and entries of the directory.
"""

from tests.access.bad_input import BLANK, HIDDEN, NO_HIDDEN, NO_REASON, Bad, Form, dates, words
from tests.access.bad_staff_input import BODY, BODY_KEY, INVITED, ROLE
from tests.ceus.scenes import a_day

PERSON = tuple(one for one in INVITED if one not in ROLE)
GUS = {"name": "Gus Gym", "email": "gus@lakeside.example.org"}
WHY, WORDS = words("reason", NO_REASON), words("words", NO_REASON)
EMPLOYER, AT_EMPLOYER = "admin:employers_employer_", "admin:employers_employerperson_"
ENTRY, REQUEST = "admin:employers_listing_", "admin:providers_courserequest_"
REPORTED, KEY = "admin:providers_completion_", "admin:ceus_provider_add-key"
NAME = (
    Bad("name", BLANK, "Write the name."),
    Bad("name", HIDDEN, NO_HIDDEN),
    Bad("name", ("x" * 121, "x" * 100_000), "Use 120 characters or fewer."),
    Bad("name", ("Other Gym",), "There is an employer of this name already."),
)
TYPED_KEY = {name: BODY[name] for name in ("did", "public_key")}
NO_KEY = tuple(one for one in BODY_KEY if one.field != "name")
APPROVED = {"hundredths": "0.4", "category": "education", **a_day("approved_from", "6/15/2026")}
NO_APPROVAL = (
    Bad("hundredths", BLANK, "Write how much it gives."),
    Bad("hundredths", ("0,5", "NaN", "-1", "0", "1e999", "٣", "0.001"), ""),
    Bad("category", ("",), "Choose a category."),
    Bad("category", ("x", "0"), "Choose a category from the list."),
    *dates("approved_from", ("//", "the first day"), ("2/30/2026", "as a real date"), ("٣/1/2026", "in numbers")),
    *dates("approved_through", ("2/30/2026", "as a real date"), ("1/1/26", "4 digits")),
    *words("words"),
)  # fmt: skip

ORGANISATION_FORMS = (
    Form(f"{EMPLOYER}add", "two_employers", NAME, "lead", good={"name": "New Gym"}, required=("name",)),
    Form(f"{EMPLOYER}change", "two_employers", NAME, "lead", good={"name": "New Gym"}, seen=True),
    Form(f"{EMPLOYER}invite", "at_lakeside", PERSON, "lead", good=GUS, required=tuple(GUS)),
    Form(f"{EMPLOYER}close", "at_lakeside", WHY, "lead", required=("reason",)),
    Form(f"{AT_EMPLOYER}end", "at_lakeside", WHY, "lead", required=("reason",)),
    Form(f"{ENTRY}take-off", "entry_listed", WORDS, "lead", required=("words",)),
    Form(f"{ENTRY}empty-city", "entry_listed", WORDS, "lead", required=("words",)),
    Form(f"{ENTRY}allow", "entry_taken_off", WORDS, "lead", required=("words",)),
    Form("admin:ceus_provider_invite", "at_harbor", PERSON, "lead", good=GUS, required=tuple(GUS)),
    Form("admin:providers_providerperson_end", "at_harbor", WHY, "lead", required=("reason",)),
    Form(KEY, "at_harbor", NO_KEY, "lead", good=TYPED_KEY, required=tuple(TYPED_KEY)),
    Form(f"{REPORTED}keep", "held_for_staff", WHY, "lead", required=("reason",)),
    Form(f"{REPORTED}take-off", "held_for_staff", WHY, "lead", required=("reason",)),
    Form(
        f"{REQUEST}approve", "asked_of_us", NO_APPROVAL, "lead", good=APPROVED, seen=True,
        required=("hundredths", "category", "approved_from"),
    ),
    Form(f"{REQUEST}deny", "asked_of_us", WORDS, "lead", required=("words",), seen=True),
)  # fmt: skip
ORGANISATION_LOOKED_AT = (
    ("lead", "at_lakeside", [f"{EMPLOYER}invite", f"{EMPLOYER}close", f"{AT_EMPLOYER}again", f"{AT_EMPLOYER}end"]),
    ("lead", "entry_listed", [f"{ENTRY}take-off", f"{ENTRY}empty-city"]),
    ("lead", "entry_taken_off", [f"{ENTRY}allow"]),
    ("lead", "at_harbor", ["admin:ceus_provider_invite", KEY, "admin:providers_providerperson_again"]),
    ("lead", "held_for_staff", [f"{REPORTED}keep", f"{REPORTED}take-off"]),
    ("lead", "asked_of_us", [f"{REQUEST}approve", f"{REQUEST}deny"]),
)  # fmt: skip
