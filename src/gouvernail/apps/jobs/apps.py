from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "gouvernail.apps.jobs"
