from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "gouvernail.apps.protection"

    def ready(self) -> None:
        """Let the worker know how to examine files."""
        from gouvernail.apps.jobs.kinds import register
        from gouvernail.apps.protection.services import EXAMINING

        register(EXAMINING)
