from django.apps import AppConfig


class TrainersConfig(AppConfig):
    name = "trainers"
    verbose_name = "Trainers"

    def ready(self) -> None:
        from trainers import account_mail, addresses, digest  # noqa: F401  (they register kinds of notice and a receiver)
