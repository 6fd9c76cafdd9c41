"""What every row of facts has: whose it is, and what tells that somebody changed it meanwhile."""

from __future__ import annotations

from django.db import models

#: A column of the workbook whose name Django keeps for itself, and the field that holds it.
FIELD_NAMES = {"id": "code"}
#: The longest text that may tell a row from another: PostgreSQL bounds what an index holds.
LONGEST_KEY = 200


def field_name(column: str) -> str:
    """Return the field that holds a column of the workbook."""
    return FIELD_NAMES.get(column, column)


class FactRow(models.Model):
    """A row of one sheet of one authority's workbook.

    Fields are named as the columns of `gouvernail_core.facts`; references hold the code of the
    row they point to, as the workbook does, and `facts.check` refuses those that point nowhere.
    `version` grows at each change: who saves on an older one is shown both.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True
