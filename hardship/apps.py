from django.apps import AppConfig


class HardshipConfig(AppConfig):
    name = "hardship"
    verbose_name = "Hardship"

    def ready(self) -> None:
        from hardship import extendable_days, notices
