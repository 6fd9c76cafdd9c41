from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    name = "gouvernail.apps.roadmap"
