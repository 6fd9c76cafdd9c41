from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "gouvernail.apps.protection"
