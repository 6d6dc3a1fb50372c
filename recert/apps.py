from django.apps import AppConfig


class RecertConfig(AppConfig):
    name = "recert"
    verbose_name = "Portal"

    def ready(self) -> None:
        from recert import logs  # it registers receivers
