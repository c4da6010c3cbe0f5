"""Compiles the message catalogues without GNU gettext, which a fresh machine does not have."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from lacare_site import whole_files


def compile_changed(locale_folder: Path) -> int:
    """Writes each .mo that is older than its .po, or missing; returns how many."""
    count = 0
    for source in sorted(locale_folder.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            whole_files.write(compiled, polib.pofile(str(source)).to_binary())
            count += 1
    return count


class Command(BaseCommand):
    help = "Compiles the message catalogues that changed."
    requires_system_checks = []

    def handle(self, *args, **options):
        count = sum(compile_changed(Path(folder)) for folder in settings.LOCALE_PATHS)
        if count:
            self.stdout.write(f"Compiled {count} message catalogues.")
