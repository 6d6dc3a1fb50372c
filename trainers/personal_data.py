"""What accounts, certifications, sessions and the tables of sign-in hold about people."""

from collections.abc import Iterator

from django.db.models import Q

from core.personal_data import CODE, ERASED, MOMENT, NUMBER, OfRow, OpenThing, PersonalTable
from trainers.models import Credential, Trainer
from trainers.services.own_data import let_all_go

NO_PASSWORD = "!erased"  # noqa: S105 - no password fits what begins with "!"
OF_THE_DATABASE = "which tables and permissions there are"
ROLES = "the roles of staff are about nobody"
_PART_OF_AN_ERASED = (
    "EXISTS (SELECT 1 FROM core_erasure e JOIN core_merge m ON m.staying_id = e.trainer_id "
    "WHERE m.going_id = OLD.id AND e.state IN ('confirmed', 'erased'))"
)


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield why a person's account cannot be erased yet: it may open the staff side."""
    if person.is_staff or person.is_superuser:
        yield OpenThing(
            "Your account may open the staff side. A superuser must end that first.",
            "The account may open the staff side. Change its roles first.",
        )


def _lines_about(person: Trainer) -> Q:
    """Return a filter for the rows of uploaded rosters with the person's number. They are deleted
    after some days in any case.
    """
    return Q(number__in=Credential.objects.filter(trainer=person.pk).values("number"))


TABLES = [
    PersonalTable(
        "trainers.Trainer",
        "pk",
        empties={
            "email": OfRow("erased-{}@erased.invalid"),
            "name": ERASED,
            "searched_name": ERASED,
            "password": NO_PASSWORD,
            "time_zone": "America/Phoenix",
            "mail_trouble": "",
            "born_on": None,
            "country": "",
            "is_member": False,
            "feed_nonce": "",
            "mail_trouble_at": None,
            "messages_seen_at": None,
            "last_login": None,
            "wants_reminders": False,
            "wants_weekly_report": False,
            "is_active": False,
        },
        # An account that was merged into theirs keeps its name, because history names it as who did what.
        also=lambda person: Q(merge__staying=person),
        also_sql=_PART_OF_AN_ERASED,
    ),
    PersonalTable("trainers.SearchWord", "trainer", removed=True),
    PersonalTable("trainers.Trainer_groups", "trainer", removed=True),
    PersonalTable("trainers.Trainer_user_permissions", "trainer", removed=True),
    PersonalTable(
        "trainers.Credential",
        "trainer",
        empties={"check_code": OfRow("erased-{}")},
        keeps={"number": NUMBER, "policy_code": CODE, "next_policy_code": CODE, "state": CODE},
    ),
    PersonalTable("trainers.CredentialFact", "credential__trainer", removed=True),
    PersonalTable(
        "trainers.EmailChange",
        "trainer",
        empties={"before": "", "after": "", "reason": ERASED},
        keeps={"state": CODE},
    ),
    PersonalTable(
        "trainers.DataFile",
        "trainer",
        empties={"expired_at": MOMENT},
        keeps={"stored_as": "the random name of a file that is removed"},
    ),
    PersonalTable(
        "trainers.Roster",
        keeps={
            "name": "what a colleague called a file",
            **dict.fromkeys(("sha256", "mark"), "stands for a file that is let go"),
            "stored_as": "the random name of a file that is let go",
            **dict.fromkeys(("policy_code", "state", "note"), CODE),
        },
    ),
    PersonalTable("trainers.RosterLine", removed=True, also=_lines_about),
    PersonalTable("trainers.Invitation", "person", keeps={"role": CODE, "state": CODE}),
    PersonalTable("trainers.FactorReset", "person", keeps={"state": CODE}),
    PersonalTable(
        "trainers.Cycle",
        keeps={
            "draw_id": "random; everybody can check the draw by it",
            **dict.fromkeys(("policy_code", "path", "renewed_by", "counted_from"), CODE),
        },
    ),
    PersonalTable("account.EmailAddress", "user", removed=True),
    PersonalTable("account.EmailConfirmation", "email_address__user", removed=True),
    PersonalTable("mfa.Authenticator", "user", removed=True),
    PersonalTable("usersessions.UserSession", "user", removed=True),
    PersonalTable("socialaccount.SocialAccount", "user", removed=True),
    PersonalTable("socialaccount.SocialToken", "account__user", removed=True),
    PersonalTable(
        "socialaccount.SocialApp",
        keeps=dict.fromkeys(
            ("provider", "provider_id", "name", "client_id", "secret", "key", "settings"),
            "never written: the provider is in the settings",
        ),
    ),
    PersonalTable(
        "sessions.Session",
        keeps={"session_key": "a session of the person is removed", "session_data": "the same"},
    ),
    PersonalTable(
        "admin.LogEntry",
        keeps=dict.fromkeys(
            ("object_id", "object_repr", "change_message"), "what staff changed in the catalogue"
        ),
    ),
    PersonalTable("auth.Permission", keeps=dict.fromkeys(("name", "codename"), OF_THE_DATABASE)),
    PersonalTable("auth.Group", keeps={"name": ROLES}),
    PersonalTable("contenttypes.ContentType", keeps=dict.fromkeys(("app_label", "model"), OF_THE_DATABASE)),
]
AFTER_THE_ROWS = [let_all_go]
