from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "gouvernail.apps.home"
