"""How the cast signs in through the real pages."""

import re

from django.test import Client
from django.urls import reverse

from outbox.models import Notice
from trainers.models import Trainer

PASSWORD = "correct horse battery"


def with_password(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def last_code(trainer: Trainer) -> str:
    """The code that waits in the outbox for `trainer`, as it will be mailed."""
    return Notice.objects.filter(trainer=trainer, private=True).latest("pk").payload["code"]


def enter_code(client: Client, code: str, **more):
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more})


def without_the_typed(response, *typed: str) -> str:
    """The page without what was typed and without its one-time tokens, to compare two answers."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    for words in typed:
        text = text.replace(words, "…")
    return text
