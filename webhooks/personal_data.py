"""What endpoints and deliveries hold: numbers, codes and amounts, and no names of trainers."""

from core.personal_data import CODE, NUMBER, PersonalTable

WHERE = "where another program of an organisation runs"

TABLES = [
    PersonalTable(
        "webhooks.Endpoint",
        keeps={
            **dict.fromkeys(("events", "state"), CODE),
            **dict.fromkeys(("name", "url"), WHERE),
            "owner": NUMBER,
            **dict.fromkeys(("secret_sealed", "old_secret_sealed"), "a random secret, encrypted"),
            "off_reason": "a sentence of ours",
        },
    ),
    PersonalTable(
        "webhooks.Delivery",
        keeps={
            **dict.fromkeys(("event", "state"), CODE),
            **dict.fromkeys(("key", "webhook_id"), NUMBER),
            "body": "numbers, days, codes and amounts, without a name",
            "last_error": "a sentence of ours",
        },
    ),
]
