"""Where the data lie, how they move, and what the authority has decided of them."""

from __future__ import annotations

from django.db import models

from gouvernail.common.rows import FactRow


class DataStore(FactRow):
    """A place where data lie."""

    code = models.CharField(max_length=60)
    name = models.TextField()
    service = models.CharField(max_length=60, blank=True, default="")
    kind = models.CharField(max_length=40, blank=True, default="")
    data = models.JSONField(default=list, blank=True)
    personal = models.BooleanField(null=True, blank=True)
    hosting = models.CharField(max_length=40, blank=True, default="")
    access = models.CharField(max_length=40, blank=True, default="")
    readers = models.BigIntegerField(null=True, blank=True)
    public_link = models.BooleanField(null=True, blank=True)
    encrypted = models.BooleanField(null=True, blank=True)
    keep_years = models.FloatField(null=True, blank=True)
    documents = models.BigIntegerField(null=True, blank=True)
    examined = models.BooleanField(null=True, blank=True)
    data_class = models.CharField(max_length=40, blank=True, default="")
    open_data = models.BooleanField(null=True, blank=True)
    better_used_by = models.JSONField(default=list, blank=True)
    carriers = models.JSONField(default=list, blank=True)
    folder = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "code"], name="datastore_once"),
        )

    def __str__(self) -> str:
        return self.code


class StoreExamination(models.Model):
    """What the last examination of a store says: counts, a class, a risk; never a value.

    `found` is the store as the command writes it, with its loads; `top` are its riskiest files.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    store = models.CharField(max_length=60)
    found = models.JSONField()
    top = models.JSONField(default=list)
    rules = models.CharField(max_length=40)
    examined_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "store"], name="storeexamination_once"),
        )

    def __str__(self) -> str:
        return self.store


class DataFlow(FactRow):
    """What one service gives another."""

    code = models.CharField(max_length=60)
    giver = models.CharField(max_length=60)
    receiver = models.CharField(max_length=60)
    what = models.TextField()
    means = models.CharField(max_length=40, blank=True, default="")
    store = models.CharField(max_length=60, blank=True, default="")
    carrier = models.TextField(blank=True, default="")
    personal = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["authority", "code"], name="dataflow_once"),)

    def __str__(self) -> str:
        return self.code


class MatrixChoice(FactRow):
    """The authority's own answer for a class of data and a class of tool."""

    data_class = models.CharField(max_length=40)
    tool_class = models.CharField(max_length=40)
    answer = models.CharField(max_length=40)
    reason = models.TextField()
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "data_class", "tool_class"], name="matrixchoice_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.data_class} · {self.tool_class}"


class ScanDutyAnswer(FactRow):
    """What is done of one of the duties that come before files are examined."""

    duty = models.CharField(max_length=40)
    done = models.BooleanField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    reference = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "duty"], name="scandutyanswer_once"),
        )

    def __str__(self) -> str:
        return self.duty


class ActEffort(FactRow):
    """How many hours a protective act takes on one store."""

    store = models.CharField(max_length=60)
    act = models.CharField(max_length=40)
    hours = models.FloatField()
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "store", "act"], name="acteffort_once"),
        )

    def __str__(self) -> str:
        return f"{self.store} · {self.act}"
