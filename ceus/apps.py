from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CeusConfig(AppConfig):
    name = "ceus"
    verbose_name = "Courses and records"

    def ready(self) -> None:
        from ceus import card_facts, described, notices, search

        post_migrate.connect(search.ensure_index, sender=self)
        post_migrate.connect(described.ensure_topics, sender=self)
