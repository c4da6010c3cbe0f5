"""Templates and stylesheets: what the content security policy and right-to-left pages need of them."""

import re

from lacare_site.organisation import ORGANISATION
from tests.architecture.repository import ROOT, files, hits, run

TEMPLATES = "templates/*.html"
STYLES = "static/css/*.css"
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)

# A block of data (JSON-LD) is no script to a browser.
INLINE_CODE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*(\ssrc=|application/ld\+json))|javascript:|\son[a-z]+\s*=\s*[\"']|=[\"']data:", re.IGNORECASE
)
PHYSICAL = re.compile(
    r"(margin|padding|border|scroll-margin|scroll-padding)-(left|right)|border-(top|bottom)-(left|right)|(^|[^-\w])(left|right)\s*:"
    r"|text-align:\s*(left|right)|(float|clear):\s*(left|right)"
)
NOT_ONE_FILE_OF_OUR_OWN = re.compile(r"@import|url\(\s*[\"']?(data:|https?:|//)")


def test_templates_have_the_common_style():
    templates = [str(path) for path in files(TEMPLATES)]
    code, output = run("djade", "--target-version", "5.2", "--check", *templates) if templates else (0, "")
    assert code == 0, f"{output}\nmake format mends this."


def test_no_inline_style_or_script():
    assert not hits(INLINE_CODE, files(TEMPLATES), without=TEMPLATE_COMMENT)


def test_no_physical_direction():
    assert not hits(PHYSICAL, files(STYLES), without=CSS_COMMENT)


def test_the_browsers_bars_have_the_colour_of_the_header():
    colours = re.findall(r"--deep: (#\w+);", (ROOT / "static/css/tokens.css").read_text(encoding="utf-8"))
    assert colours == [ORGANISATION.theme_colour, ORGANISATION.dark_theme_colour]


def test_the_tab_shows_the_drawing_of_the_header():
    drawings = {}
    for name in ("icons/sprite.svg", "images/favicon.svg"):
        text = (ROOT / "static" / name).read_text(encoding="utf-8")
        drawings[name] = re.findall(r"<path[^>]*/>", re.search(r'id="mark".*?</symbol>|<g transform.*?</g>', text, re.DOTALL)[0])
    assert drawings["icons/sprite.svg"] == drawings["images/favicon.svg"] != []


def test_stylesheets_ask_for_nothing_elsewhere():
    assert not hits(NOT_ONE_FILE_OF_OUR_OWN, files(STYLES), without=CSS_COMMENT)
