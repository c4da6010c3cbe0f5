"""Make the stand-ins of the Notice of Privacy Practices: one tagged PDF per language of ../../documents.yaml.

Run from the top of the repository: python -m pages.content.documents.source.make_pdfs [language ...]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from string import Template

import yaml

from lacare_site import languages

SOURCE = Path(__file__).resolve().parent
CONTENT = SOURCE.parents[1]
MARK = SOURCE.parents[3] / "static" / "images" / "favicon.svg"

# The plans' names stay as they are in every language; the numbers come from contacts.yaml by these keys.
PLANS = {
    "medi-cal": "Medi-Cal",
    "covered": "L.A. Care Covered, L.A. Care Covered Direct",
    "medicare-plus": "L.A. Care Medicare Plus (HMO D-SNP)",
    "pasc-seiu": "PASC-SEIU Plan",
}

# By script, so that Chinese is not drawn with Japanese forms. Noto Sans stands first for one look of all Latin letters.
FONTS = {
    "Hant": '"Noto Sans CJK TC"',
    "Kore": '"Noto Sans CJK KR"',
    "Armn": '"Noto Sans Armenian"',
    "Arab": '"Noto Sans Arabic"',
    "Khmr": '"Noto Sans Khmer"',
}


def read(path: Path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def line_row(plan: str, line: dict) -> str:
    number = f"{line['vanity']} ({line['number']})" if line["vanity"] else line["number"]
    return (
        f'<tr><th scope="row"><bdi lang="en" dir="ltr">{escape(plan)}</bdi></th>'
        f'<td><bdi lang="en" dir="ltr"><a href="tel:{line["dial"]}">{number}</a> (TTY {line["tty"]})</bdi></td></tr>'
    )


def page(document: dict, contacts: dict[str, dict]) -> str:
    language = languages.get(document["language"])
    text = read(SOURCE / f"{language.code}.yaml")
    rights = "".join(f"<li>{escape(right)}</li>" for right in text.pop("rights"))
    machine = text.pop("machine", None)  # English is the original, and has no such note
    return Template((SOURCE / "template.html").read_text(encoding="utf-8")).substitute(
        {key: escape(value) for key, value in text.items()},
        lang=language.tag,
        direction=language.direction,
        fonts=", ".join(['"Noto Sans"', *filter(None, [FONTS.get(language.script)]), "sans-serif"]),
        # Korean breaks lines between words, not inside them.
        word_break="keep-all" if language.script == "Kore" else "normal",
        mark=MARK.as_uri(),
        title=escape(document["title_own"]),
        rights=rights,
        lines="".join(line_row(plan, contacts[key]) for key, plan in PLANS.items()),
        machine=f'<p class="box machine">{escape(machine)}</p>' if machine else "",
    )


def print_pdf(chromium: str, html: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        command = [
            chromium,
            "--headless=new",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={folder}/profile",
            "--export-tagged-pdf",
            "--generate-pdf-document-outline",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        if os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium refuses its sandbox to root, as in a container
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def main(wanted: list[str]) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("No Chromium found on PATH: install it, then run this again.")
    contacts = {line["key"]: line for line in read(CONTENT / "contacts.yaml")}
    for document in read(CONTENT / "documents.yaml"):
        if not document["stand_in"] or (wanted and document["language"] not in wanted):
            continue
        target = SOURCE.parent / document["file"]
        print_pdf(chromium, page(document, contacts), target)
        if target.read_bytes().count(b"/Type /Page\n") != 1:
            sys.exit(f"{target.name} is longer than one page: shorten {document['language']}.yaml.")
        print(f"{target.name}: {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
