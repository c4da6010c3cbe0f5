"""Static files: the stylesheet's parts become one file, then all are hashed and compressed by WhiteNoise."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

PARTS_LIST = "css/site.txt"
STYLESHEET = "css/site.css"


def stylesheet() -> str:
    """The parts that `css/site.txt` names, one a line in cascade order, as one text."""
    names = Path(finders.find(PARTS_LIST)).read_text(encoding="utf-8").split()
    return "".join(Path(finders.find(f"css/{name}")).read_text(encoding="utf-8") for name in names)


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """One stylesheet is one request; `@import` would stay several."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            if self.exists(STYLESHEET):
                self.delete(STYLESHEET)
            self.save(STYLESHEET, ContentFile(stylesheet().encode()))
            paths[STYLESHEET] = (self, STYLESHEET)
        yield from super().post_process(paths, dry_run, **options)
