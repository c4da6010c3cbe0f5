"""The starting content names pages that an editor has deleted, renamed or moved: loading goes on, and leaves out what leads there."""

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from pages.content.loader import data
from pages.content.loader.data import DataLoader
from pages.content.loader.pages import PageLoader
from pages.content.loader.records import Records
from pages.content.models import LoadedContent
from pages.models import MenuSection, Notice, StandingText
from pages.views import find_page
from tests.pages.tree import page, publish

# Named by a menu's row, a section of the menu, a notice, an old address and a standing text.
NAMED = {
    "row": "/members/getting-care",
    "section": "/members/member-tools/find-doctor-or-hospital",
    "notice": "/health-plans/medi-cal/renewals",
    "old address": "/about/health-equity",
    "standing text": "/compliance/report",
}


def _delete(path):
    Page.objects.get(pk=page(path).pk).delete()


def _rename(path):
    renamed = page(path)
    renamed.slug += "-renamed"
    renamed.save(clean=False)  # the slug of one of them is refused to editors
    renamed.save_revision(clean=False).publish()


def _move(path):
    Page.objects.get(pk=page(path).pk).move(Page.objects.get(pk=page("/glossary-terms").pk), pos="last-child")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [_delete, _rename, _move])
def test_content_may_name_pages_that_an_editor_has_taken_away(change, capsys):
    for path in NAMED.values():
        change(path)
    before = set(Revision.objects.values_list("pk", flat=True))
    call_command("load_content")
    assert "Content: 0 loaded" in capsys.readouterr().out
    assert set(Revision.objects.values_list("pk", flat=True)) == before
    assert not any(find_page(path.strip("/")) for path in NAMED.values())


@pytest.mark.django_db
@pytest.mark.audit
def test_after_a_change_of_the_files_what_leads_to_a_page_taken_away_is_left_out():
    section = MenuSection.objects.get(placement="main", label_en="About Us")
    publish(section, label_en="Who we are")
    _delete(NAMED["row"])
    _delete(NAMED["section"])
    _delete(NAMED["notice"])
    _rename(NAMED["old address"])
    _delete(NAMED["standing text"])
    Redirect.objects.filter(old_path="/node/52731").update(redirect_link="/about")
    Redirect.objects.filter(old_path="/node/34768").delete()
    LoadedContent.objects.exclude(name__startswith="page").update(source="")
    call_command("load_content")
    members = MenuSection.objects.get(placement="main", label_en="For Members")
    groups = {group.value["label"]: group.value["links"] for group in members.content if group.block_type == "group"}
    assert "Getting Care" not in groups  # all its rows led to that page or below it
    assert "Medi-Cal Renewals" not in [link["label"] for link in groups["Member Support"]]
    assert "Member ID Card" in [link["label"] for link in groups["Welcome to L.A. Care"]]
    renewals = Notice.objects.get(severity="important")
    assert [link.value["url"] for link in renewals.links_en] == ["https://benefitscal.com"]
    assert (
        "You can also report a compliance concern online at any hour"
        in StandingText.objects.get(key="disciplinary-standards").text_en
    )
    assert MenuSection.objects.get(pk=section.pk).label_en == "Who we are"
    assert Redirect.objects.get(old_path="/node/52731").redirect_link == "/about"
    assert not Redirect.objects.filter(old_path="/node/34768").exists()


@pytest.mark.django_db
def test_what_would_lead_only_to_a_page_taken_away_is_not_made(monkeypatch):
    _delete("/glossary-terms")
    rows = {
        "menus": [{"placement": "new", "label": "A link", "target": {"page": "/glossary-terms"}}],
        "notices": [data.read_data("notices")[0] | {"name": "scoped", "scope": {"sections": ["/glossary-terms"]}}],
        "redirects": [{"from": "/old", "to": "/glossary-terms"}],
    }
    monkeypatch.setattr(data, "read_data", lambda name: rows.get(name, []))
    records = Records()
    DataLoader(records, PageLoader(records)).load_what_names_pages()
    assert (records.loaded, records.kept) == (0, 3)
    assert not MenuSection.objects.filter(placement="new").exists()
    assert not Notice.objects.filter(name="scoped").exists()
    assert not Redirect.objects.filter(old_path="/old").exists()
