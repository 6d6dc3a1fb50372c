from django.apps import AppConfig


class NamesConfig(AppConfig):
    name = "names"
    verbose_name = "Names"

    def ready(self) -> None:
        from names import notices
