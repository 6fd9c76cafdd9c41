from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "gouvernail.apps.facts"
