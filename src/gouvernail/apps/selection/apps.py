from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "gouvernail.apps.selection"
