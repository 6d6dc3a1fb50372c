from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Providers"

    def ready(self) -> None:
        from providers import notices, tasks
        from providers.hooks import register_hooks
        from providers.lookups import home_of
        from trainers.access import register_home

        register_home(home_of)
        register_hooks()
