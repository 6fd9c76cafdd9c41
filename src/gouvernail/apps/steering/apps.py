from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "gouvernail.apps.steering"

    def ready(self) -> None:
        """Let the worker know how to compute a plan."""
        from gouvernail.apps.jobs.kinds import register
        from gouvernail.apps.steering.services import STEERING

        register(STEERING)
