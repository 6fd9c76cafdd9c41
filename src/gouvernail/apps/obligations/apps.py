from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "gouvernail.apps.obligations"
