import uuid
from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    user = apps.get_model("accounts", "User")
    for row in user.objects.filter(uid=None):
        row.uid = uuid.uuid4()
        row.save(update_fields=["uid"])


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("user", "uid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "user", "uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
    ]
