from django.apps import AppConfig


class TrainersConfig(AppConfig):
    name = "trainers"
    verbose_name = "Trainers"

    def ready(self) -> None:
        # They register kinds of notice, a receiver, and what the outbox asks about a person.
        from trainers import (
            email_addresses,
            notices,
            other_credentials,
            policy_notices,
            receivers,
            recipients,
        )
