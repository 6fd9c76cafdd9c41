"""Chain the journal: the entries already written take their numbers in the order of writing."""

import hashlib
import json
import secrets
from datetime import UTC
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

SEALED = ("actor_uid", "seq", "previous", "digest", "salts", "sealed")

# What follows is a copy, on purpose: a migration does not change when the code does.


def canonical(value: Any) -> bytes:
    text = json.dumps(whole(value), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [whole(each) for each in value]
    return value


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def chain_entries(apps: Any, schema_editor: Any) -> None:
    """Number and seal each chain; begin its head."""
    entries = apps.get_model("journal", "Entry")
    heads = apps.get_model("journal", "Chain")
    authorities = apps.get_model("authority", "Authority")
    uids = dict(authorities.objects.values_list("pk", "uid"))
    users = dict(apps.get_model("accounts", "User").objects.values_list("pk", "uid"))
    for authority in (None, *sorted(uids)):
        uid = "platform" if authority is None else str(uids[authority])
        seq, previous = 0, sha(canonical({"chain": uid, "format": 1}))
        rows = entries.objects.filter(authority_id=authority).order_by("pk")
        for pk in list(rows.values_list("pk", flat=True)):
            seq, entry = seq + 1, entries.objects.get(pk=pk)
            entry.actor_uid = str(users.get(entry.actor_user_id, ""))
            seal(entry, uid, seq, previous)
            entry.save(update_fields=SEALED)
            previous = entry.digest
        if seq:
            heads.objects.create(authority_id=authority, uid=uid, seq=seq, digest=previous)


def seal(entry: Any, uid: str, seq: int, previous: str) -> None:
    pieces = {
        "actor_name": {"name": entry.actor_name, "standing_in": []},
        "subject": entry.subject,
        "before": entry.before,
        "after": entry.after,
    }
    entry.seq, entry.previous = seq, previous
    entry.salts = {piece: secrets.token_hex(16) for piece in pieces}
    entry.sealed = {
        piece: sha(bytes.fromhex(entry.salts[piece]) + canonical(content))
        for piece, content in pieces.items()
    }
    covered = {
        "format": 1, "chain": uid, "seq": seq, "previous": previous,
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "actor_kind": entry.actor_kind, "actor_uid": entry.actor_uid, "act": entry.act,
        "pieces": entry.sealed,
    }  # fmt: skip
    entry.digest = sha(canonical(covered))


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
        ("accounts", "0003_people"),
        ("authority", "0002_uid"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(max_length=36, unique=True)),
                ("seq", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
                ("authority", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="chain", to="authority.authority")),
            ],
        ),
        migrations.AlterModelOptions(
            name="entry", options={"ordering": ("-seq",), "verbose_name_plural": "entries"}
        ),
        migrations.RemoveIndex(model_name="entry", name="journal_latest"),
        migrations.AddField("entry", "actor_uid", models.CharField(blank=True, db_index=True, default="", max_length=36)),
        migrations.AddField("entry", "standing_in", models.JSONField(default=list)),
        migrations.AddField("entry", "seq", models.PositiveBigIntegerField(default=0), preserve_default=False),
        migrations.AddField("entry", "previous", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AddField("entry", "digest", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AddField("entry", "salts", models.JSONField(default=dict)),
        migrations.AddField("entry", "sealed", models.JSONField(default=dict)),
        migrations.RunPython(chain_entries, migrations.RunPython.noop),
        migrations.RemoveField("entry", "actor_user"),
        migrations.AddIndex("entry", models.Index(fields=["authority", "-at"], name="journal_by_day")),
        migrations.AddIndex("entry", models.Index(fields=["authority", "act", "-seq"], name="journal_by_act")),
        migrations.AddConstraint("entry", models.UniqueConstraint(fields=("authority", "seq"), name="journal_number_once")),
        migrations.AddConstraint(
            "entry",
            models.UniqueConstraint(condition=models.Q(("authority__isnull", True)), fields=("seq",), name="journal_platform_number_once"),
        ),
    ]
