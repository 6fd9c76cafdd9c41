from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "gouvernail.apps.files"
