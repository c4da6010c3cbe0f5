"""Loads the languages of help from language_help.yaml, as the starting content is loaded: what an editor has changed stays."""

from pathlib import Path

import yaml

from lacare_site import languages
from members.models import LanguageHelp
from pages.content.loader.data import write
from pages.content.loader.files import faults_of
from pages.content.loader.records import Records

FILE = Path(__file__).parent / "language_help.yaml"


def load(records: Records) -> None:
    for place, row in enumerate(yaml.safe_load(FILE.read_text(encoding="utf-8")), 1):
        with faults_of(f"{FILE.name}, {row}"):
            instance = LanguageHelp.objects.filter(code=row["code"]).first() or LanguageHelp(code=row["code"])
            fields = _names(row["code"]) | {"order": place * 10} | row
            write(records, f"language of help {row['code']}", fields, instance, lambda fields=fields: fields)


def _names(code: str) -> dict[str, str]:
    """What the table of the site's languages says of a language; the file names those that are not in it."""
    known = languages.BY_CODE.get(code.lower())
    return {"english_name": known.name, "own_name": known.own_name, "direction": known.direction} if known else {}
