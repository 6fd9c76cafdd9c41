"""Networks of authorities: who hosts whom."""

from __future__ import annotations

import uuid

from django.db import models


class Network(models.Model):
    """A *centre de gestion* or an intermunicipal body that hosts authorities."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    #: Whom a small town hall turns to: a telephone number, an address, an office.
    contact = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """An authority hosted by a network, from a day on; an authority may have several hosts."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="affiliations")
    authority = models.ForeignKey(
        "authority.Authority", on_delete=models.CASCADE, related_name="affiliations"
    )
    since = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["network", "authority"], name="affiliated_once"),
        )

    def __str__(self) -> str:
        return f"{self.network_id} · {self.authority_id}"
