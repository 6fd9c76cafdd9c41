from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "gouvernail.common"

    def ready(self) -> None:
        """Close the tables once they are all there: this app is the last to be migrated."""
        from gouvernail.common.row_security import apply

        post_migrate.connect(apply, sender=self)
