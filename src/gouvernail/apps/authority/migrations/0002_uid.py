import uuid
from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    authority = apps.get_model("authority", "Authority")
    for row in authority.objects.filter(uid=None):
        row.uid = uuid.uuid4()
        row.save(update_fields=["uid"])


class Migration(migrations.Migration):

    dependencies = [("authority", "0001_initial")]

    operations = [
        migrations.AddField("authority", "uid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "authority", "uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
    ]
