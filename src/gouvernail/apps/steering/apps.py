from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "gouvernail.apps.steering"
