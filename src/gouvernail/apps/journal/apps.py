from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "gouvernail.apps.journal"
