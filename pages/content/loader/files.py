"""Reading content files: front matter, then text and blocks."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError

from lacare_site import languages

# The C reader takes a tenth of the time, where libyaml is there.
SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTENT_DIR = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^::: ?(?P<name>[a-z_]+)\n(?P<yaml>.*?)^:::[ \t]*$", re.MULTILINE | re.DOTALL)


class ContentError(Exception):
    """A fault in a content file; the message names the file and says what is wrong."""


class PageGone(Exception):
    """The page at an address was loaded once, and an editor has deleted, moved or renamed it: no fault in a file that names it."""


@contextmanager
def faults_of(source):
    """Says what is wrong with a content file, or a row of one, together with its name."""
    try:
        yield
    except ValidationError as error:
        fault = error.as_json_data() if hasattr(error, "as_json_data") else error
        raise ContentError(f"{source}: {fault}") from error
    except (ContentError, yaml.YAMLError) as error:
        raise ContentError(f"{source}: {error}") from error


@dataclass
class ContentFile:
    """One page in one language."""

    source: Path
    front: dict
    blocks: list[tuple[str, object]] = field(default_factory=list)  # (block's name, its value as written)


@dataclass
class ContentPage:
    """One address with its files by language."""

    path: str  # "/members/id-card"; "/" for the home page
    files: dict[str, ContentFile]

    @property
    def english(self) -> ContentFile:
        return self.files[languages.DEFAULT]

    @property
    def depth(self) -> int:
        return self.path.rstrip("/").count("/")


def from_yaml(text: str):
    return yaml.load(text, Loader=SafeLoader)  # noqa: S506  (safe as its name says)


def parse(source: Path) -> ContentFile:
    text = source.read_text(encoding="utf-8").replace("\r\n", "\n")
    match = re.match(r"---\n(.*?)\n---\n?(.*)", text, re.DOTALL)
    with faults_of(source):
        if not match:
            raise ContentError("A content file begins with front matter between two lines of ---.")
        return ContentFile(source, from_yaml(match[1]) or {}, list(_blocks(match[2])))


def _blocks(body: str):
    end = 0
    for match in BLOCK.finditer(body):
        yield from _text(body[end : match.start()])
        yield match["name"], from_yaml(match["yaml"]) or {}
        end = match.end()
    yield from _text(body[end:])


def _text(text: str):
    if text.strip():
        if ":::" in text:
            raise ContentError("A block is not closed, or its name is wrong: " + text.strip()[:60])
        yield "text", text.strip()


def read_pages(directory: Path = CONTENT_DIR) -> list[ContentPage]:
    """Every page of the tree, parents before their children, siblings as the menus have them and then by address."""
    pages = []
    for english in directory.rglob("en.md"):
        folder = english.parent
        address = folder.relative_to(directory).as_posix()
        found = {
            language.code: parse(folder / f"{language.code}.md")
            for language in languages.LANGUAGES
            if (folder / f"{language.code}.md").exists()
        }
        pages.append(ContentPage("/" if address == "home" else f"/{address}", found))
    places = _menu_places(directory)
    return sorted(pages, key=lambda page: (page.path != "/", page.depth, places.get(page.path, len(places)), page.path))


def _menu_places(directory: Path) -> dict[str, int]:
    """The place of each address in the menus, in which lists of the pages below a page follow them."""
    menus = directory / "menus.yaml"
    named = re.findall(r"\bpage: (/[\w/-]*)", menus.read_text(encoding="utf-8")) if menus.exists() else []
    return {path: place for place, path in enumerate(dict.fromkeys(named))}


def read_data(name: str, directory: Path = CONTENT_DIR) -> list[dict]:
    """The list in one of the YAML files beside the pages."""
    return from_yaml((directory / f"{name}.yaml").read_text(encoding="utf-8"))


def read_words(directory: Path = CONTENT_DIR) -> dict[str, dict]:
    """What lines, texts, menus and notices are called in the other languages, by the code of the language."""
    found = {}
    for language in languages.LANGUAGES:
        path = directory / f"{language.code}.yaml"
        if path.exists():
            with faults_of(path):
                found[language.code] = from_yaml(path.read_text(encoding="utf-8"))
    return found
