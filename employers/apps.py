from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "employers"
    verbose_name = "Employers"

    def ready(self) -> None:
        from employers import notices, tasks
        from employers.lookups import home_of
        from trainers.access import register_home

        register_home(home_of)
