"""The people of the demo: one for every state of Home, each with a sentence about what to look at."""

from collections.abc import Callable
from dataclasses import dataclass

from demo import audits, stories

ENOUGH = ("0.6", "0.5", "0.4", "0.4")
Story = Callable[..., object]  # (stage, trainer, cycle): one of stories.py


@dataclass(frozen=True, slots=True)
class Person:
    """A person and their story. Days are counted from the day on which the demo is loaded; negative
    ones are past.
    """

    login: str
    name: str
    number: str
    ends: int  # the last day of the cycle that the roster brings
    education: tuple[str, ...] = ENOUGH  # CEUs of each course
    card: int | None = 300  # the last valid day of the CPR and AED card; None: no card
    learned_through: int = -3  # when the last course was completed
    unproven: tuple[str, ...] = ()  # courses logged without their certificate
    story: Story | None = None
    audited: int | None = None  # the day on which the renewal was sent that the draw chose
    renewed_before: bool = False  # the cycle before was renewed here
    leap: bool = False  # awarded on a February 29; `ends` is then the earliest possible last day
    zone: str = ""  # empty: the policy's
    visited: bool = True  # has signed in before, with the demo's password
    shows: str = ""

    @property
    def email(self) -> str:
        return f"{self.login}@example.org"


NAMED = (
    Person(
        "jordan",
        "Jordan Rivera",
        "11934482",
        75,
        renewed_before=True,
        shows="Ready to renew. The whole journey",
    ),
    Person("maya", "Maya Lindqvist", "11934490", 120, ("0.6", "0.5", "0.4"), shows="0.4 CEUs to go"),
    Person("leo", "Leo Baptiste", "11934508", 100, card=None, shows="Only the CPR and AED card is missing"),
    Person("pia", "Pia Hartmann", "11934516", 60, card=-10, shows="The card has run out"),
    Person(
        "nina",
        "Nina Okafor",
        "11934524",
        400,
        ("0.4", "0.3"),
        card=60,
        shows="The card ends before renewal opens",
    ),
    Person("omar", "Omar Haddad", "11934532", 12, renewed_before=True, shows="Expires in 12 days"),
    Person("priya", "Priya Raman", "11934540", 0, shows="Expires today: the last day on time"),
    Person(
        "kofi", "Kofi Mensah", "11934557", 5, zone="Asia/Tokyo", shows="Another time zone than the policy's"
    ),
    Person("quinn", "Quinn Delaney", "11934565", -20, learned_through=-30, shows="Expired: late fee"),
    Person(
        "june",
        "June Park",
        "11934573",
        -30,
        ("0.6", "0.5", "0.4"),
        learned_through=-40,
        shows="Expired and incomplete: courses still count",
    ),
    Person(
        "ruth", "Ruth Abebe", "11934581", -150, learned_through=-160, shows="Expired: late and additional fee"
    ),
    Person(
        "sam",
        "Sam Whitfield",
        "11934599",
        -400,
        ("0.4", "0.5"),
        card=None,
        learned_through=-500,
        shows="Ended: can no longer renew",
    ),
    Person(
        "tara",
        "Tara Nguyen",
        "11934607",
        60,
        learned_through=-20,
        story=stories.leave_unpaid,
        shows="Agreed, not paid yet",
    ),
    Person(
        "umar",
        "Umar Siddiqui",
        "11934615",
        55,
        learned_through=-20,
        story=stories.decline_payment,
        shows="The bank said no",
    ),
    Person(
        "eli",
        "Eli Marsh",
        "11934623",
        58,
        learned_through=-20,
        story=stories.abandon_payment,
        shows="Left the payment page",
    ),
    Person(
        "vera",
        "Vera Costa",
        "11934631",
        50,
        learned_through=-20,
        story=stories.await_payment,
        shows="The bank is confirming",
    ),
    Person(
        "wes",
        "Wes Coleman",
        "11934649",
        65,
        learned_through=-30,
        story=stories.correct_renewal,
        shows="In review",
    ),
    Person(
        "xenia",
        "Xenia Volkova",
        "11934656",
        70,
        learned_through=-30,
        story=stories.return_renewal,
        shows="Correction needed",
    ),
    Person(
        "yusuf",
        "Yusuf Demir",
        "11934664",
        80,
        learned_through=-30,
        story=stories.deny_renewal,
        shows="Not renewed",
    ),
    Person(
        "zoe",
        "Zoe Castellanos",
        "11934672",
        30,
        learned_through=-20,
        story=stories.renew_cycle,
        shows="Renewed: certificate and next cycle",
    ),
    Person(
        "nora",
        "Nora Eriksen",
        "11934680",
        -10,
        learned_through=-20,
        story=stories.renew_cycle,
        shows="Renewed late",
    ),
    Person(
        "otto",
        "Otto Brandt",
        "11934698",
        170,
        learned_through=-8,
        story=stories.renew_cycle,
        shows="Renewed early",
    ),
    Person(
        "cleo",
        "Cleo Fontaine",
        "11934706",
        90,
        learned_through=-40,
        story=stories.lapse_renewal,
        shows="Did not pay in time; may start again",
    ),
    Person(
        "dina",
        "Dina Kowalski",
        "11934714",
        85,
        learned_through=-30,
        story=stories.withdraw_renewal,
        shows="Took a renewal back",
    ),
    Person(
        "rosa",
        "Rosa Jimenez",
        "11934722",
        95,
        learned_through=-40,
        story=stories.pay_too_late,
        shows="Paid too late: the money went back",
    ),
    Person(
        "anna",
        "Anna Petrova",
        "11934730",
        200,
        ("0.4",),
        story=stories.suspend_after_complaint,
        shows="Suspended",
    ),
    Person(
        "ben",
        "Ben Achterberg",
        "11934748",
        220,
        ("0.3",),
        story=stories.revoke_after_complaint,
        shows="Revoked",
    ),
    Person("fay", "Fay Robinson", "11934755", 690, (), card=None, shows="Active, nothing logged yet"),
    Person(
        "gus",
        "Gus Ferreira",
        "11934763",
        300,
        ("0.6", "0.5"),
        renewed_before=True,
        shows="Active, 1.2 of 2.0",
    ),
    Person(
        "hana",
        "Hana Sato",
        "11934771",
        110,
        ("0.6", "0.5", "0.4"),
        unproven=("0.4",),
        shows="A certificate is missing",
    ),
    Person("ivan", "Ivan Novak", "11934789", 40, leap=True, shows="Awarded on a February 29"),
    Person(
        "mika",
        "Mika Laine",
        "11934797",
        45,
        ("0.1",) * 6 + ("0.2",) * 18 + ("0.3",) * 20,
        shows="Many courses",
    ),
    Person(
        "lena",
        "Lena Vogel",
        "11934805",
        200,
        ("0.4",),
        visited=False,
        shows="Never signed in: first visit by number 1193 4805",
    ),
    Person(
        "alma",
        "Alma Reyes",
        "11934813",
        70,
        learned_through=-20,
        story=audits.need_documents,
        audited=audits.NEEDED,
        shows="Chosen for an audit: documents needed",
    ),
    Person(
        "bo",
        "Bo Svensson",
        "11934821",
        75,
        learned_through=-30,
        story=audits.send_documents,
        audited=audits.SENT,
        shows="Audit: documents sent",
    ),
    Person(
        "cara",
        "Cara Mancini",
        "11934839",
        80,
        learned_through=-30,
        story=audits.replace_one,
        audited=audits.REPLACE,
        shows="Audit: one document to replace",
    ),
    Person(
        "erin",
        "Erin Gallo",
        "11934847",
        85,
        learned_through=-40,
        story=audits.pass_audit,
        shows="Audit passed: renewed",
    ),
    Person(
        "dev",
        "Dev Malhotra",
        "11934854",
        100,
        learned_through=-60,
        story=audits.expire_audit,
        shows="Audit closed without documents: not renewed",
    ),
    Person(
        "gita",
        "Gita Varga",
        "11934862",
        90,
        learned_through=-20,
        story=audits.ask_more_time,
        shows="Audited for cause, more time asked for",
    ),
)
