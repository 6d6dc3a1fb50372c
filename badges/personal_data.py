"""What the keys hold: nothing about a person but who made and retired them."""

from core.personal_data import CODE, NUMBER, PersonalTable

TABLES = [
    PersonalTable(
        "badges.SigningKey",
        keeps={
            **dict.fromkeys(("name", "public_key", "sealed_private"), NUMBER),
            "state": CODE,
        },
    ),
]
