from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gouvernail.apps.accounts"
