"""collectstatic, but only when something that it reads has changed: compressing takes a while."""

import hashlib
import inspect
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand


def fingerprint() -> str:
    """Of the names, sizes and times of all static files, and of the code that works on them."""
    digest = hashlib.sha256()
    paths = [storage.path(name) for finder in finders.get_finders() for name, storage in finder.list([])]
    paths.append(inspect.getsourcefile(type(staticfiles_storage._wrapped)))
    for path in sorted(paths):
        state = os.stat(path)
        digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class Command(BaseCommand):
    help = "Collects the static files into STATIC_ROOT when one of them has changed."
    requires_system_checks = []

    def handle(self, *args, **options):
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        staticfiles_storage.url  # noqa: B018  (makes the lazy object real, for its class)
        wanted = fingerprint()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self.stdout.write("Collecting and compressing the static files.")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)
