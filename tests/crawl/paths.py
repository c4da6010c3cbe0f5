"""The addresses of the site, as a list of their own: a page lost from the content is missed here."""

from pathlib import Path

SITE_MAP = tuple((Path(__file__).parents[1] / "data" / "paths.txt").read_text(encoding="utf-8").split())
# What the site has beyond its site map.
BEYOND_THE_SITE_MAP = (
    "/members/language-help",
    "/members/interpreter-card",
    "/members/send-me-this-page",
    "/members/which-line",
    "/members/health-news-advisories/notices",
)
PATHS = SITE_MAP + BEYOND_THE_SITE_MAP

# One page of each page type, by the type's name.
ONE_OF_EACH_TYPE = {
    "home page": "/",
    "section index": "/members",
    "plan overview": "/health-plans/medi-cal",
    "plan page": "/health-plans/la-care-covered/how-to-enroll",
    "policy": "/privacy",
    "programme": "/health-plans/cal-mediconnect",
    "resource hub": "/providers/access-to-care",
    "fact sheet": "/news/fact-sheet",
    "newsroom": "/news",
    "notices": "/members/health-news-advisories/notices",
    "article": "/members/health-news-advisories/covid-19",
    "meetings": "/about/public-meetings/board-meetings",
    "glossary": "/glossary-terms",
    "document list": "/members/documents",
    "telephone directory": "/about/contact-us",
    "standard page": "/members/getting-care/urgent-care",
    "language help": "/members/language-help",
    "interpreter card": "/members/interpreter-card",
}

# Pages at whose address a form of ours answers.
WITH_A_FORM = (
    "/members/file-grievance/grievance-appeal-form",
    "/members/which-line",
    "/members/send-me-this-page",
    "/help-me-choose",
    "/health-plans/medi-cal/do-i-qualify",
    "/health-plans/pasc-seiu/do-i-qualify",
    "/providers/request-information",
    "/providers/cal-mediconnect/ppg-application",
)

# Where articles and meetings are listed, once there are some (tests/pages/tree.py, `fill_lists`).
FILLED_LISTS = ("/", "/news", "/news?page=2", "/about/public-meetings/board-meetings")
