"""Telling the loader's own work from an editor's, and the new from what is already loaded."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from pages.content.models import LoadedContent


def checksum(value) -> str:
    """SHA-256 of anything that JSON can write."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def state_of(instance) -> str:
    """What changes when anybody changes the object: its revisions, or its fields where it has none."""
    if hasattr(instance, "live_revision_id"):
        draft = f", draft {instance.latest_revision_id}" if instance.latest_revision_id != instance.live_revision_id else ""
        return f"revision {instance.live_revision_id}{draft}"
    fields = {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}
    return checksum({name: str(value) for name, value in fields.items()})


class Records:
    """The loader's memory during one run. Counts what was loaded, what was up to date, and what editors own."""

    def __init__(self):
        self.known = {record.name: record for record in LoadedContent.objects.all()}
        self.loaded = self.unchanged = self.kept = 0

    def may_load(self, name: str, source, instance) -> bool:
        """Whether an object (None if there is none) is to be written from `source`."""
        record = self.known.get(name)
        if instance is None or instance.pk is None:
            # What was loaded once and is gone, an editor has deleted.
            self.kept += bool(record)
            return record is None
        if record is None or record.state != state_of(instance):
            self.kept += 1
            return False
        if record.source == checksum(source):
            self.unchanged += 1
            return False
        return True

    def loaded_from(self, name: str, source, instance) -> None:
        """Remembers that `instance`, as the database holds it now, was made from `source`."""
        self.loaded += 1
        instance.refresh_from_db()
        self.known[name], _ = LoadedContent.objects.update_or_create(
            name=name, defaults={"source": checksum(source), "state": state_of(instance)}
        )
