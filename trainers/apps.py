from django.apps import AppConfig
from django.conf import settings


class TrainersConfig(AppConfig):
    name = "trainers"
    verbose_name = "Trainers"

    def ready(self) -> None:
        from trainers import account_mail, addresses, copies, digest  # noqa: F401  (they register kinds of notice and a receiver)

        if settings.EMAIL_PROVIDER:
            from trainers import inbound

            inbound.connect()
