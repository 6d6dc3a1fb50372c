from django.apps import AppConfig, apps

from core.policy_words import HOLDER, HOLDERS


class TrainersConfig(AppConfig):
    name = "trainers"
    verbose_name = "Trainers"

    def ready(self) -> None:
        self._name_holders()
        # They register kinds of notice, a receiver, and what the outbox asks about a person.
        from trainers import (
            email_addresses,
            notices,
            other_credentials,
            policy_notices,
            receivers,
            recipients,
        )

    def _name_holders(self) -> None:
        """Let the staff site call people as the policy does, also in the columns of lists."""
        trainer = self.get_model("Trainer")
        trainer._meta.verbose_name, trainer._meta.verbose_name_plural = HOLDER, HOLDERS
        for field in (one for model in apps.get_models() for one in model._meta.fields):
            if field.name == "trainer" and field.related_model is trainer:
                field.verbose_name = HOLDER
