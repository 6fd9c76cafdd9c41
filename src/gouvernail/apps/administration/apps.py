from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "gouvernail.apps.administration"

    def ready(self) -> None:
        """Let the worker know how to export an authority."""
        from gouvernail.apps.administration.services import EXPORTING
        from gouvernail.apps.jobs.kinds import register

        register(EXPORTING)
