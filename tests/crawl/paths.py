"""The addresses of the site map, as a list of their own: a page lost from the content is missed here."""

from pathlib import Path

PATHS = tuple((Path(__file__).parents[1] / "data" / "paths.txt").read_text(encoding="utf-8").split())
