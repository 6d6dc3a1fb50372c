from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "webhooks"
    verbose_name = "Webhooks"

    def ready(self) -> None:
        from webhooks import notices, owners
        from webhooks.events import TEST, register_event

        register_event(TEST, "A test that somebody sends", owners=frozenset({"", "ceus.provider"}))
