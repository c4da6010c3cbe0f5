"""The search follows the published pages: each change is seen, and nothing that is not public."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from lacare_site import languages
from pages.content.many_pages import multiply
from pages.models import ContactLine, FolderPage, SearchEntry, SitePage, StandingText
from pages.search import index, questions, selectors, tasks
from pages.standing_texts import selectors as standing_texts
from tests.pages.tree import add, page, publish, sign, text

pytestmark = pytest.mark.django_db


def results(question: str, language: str = "en") -> list:
    return selectors.results(selectors.find(questions.clean(question), language).hits[:20], language)


def addresses(question: str, language: str = "en") -> list[str]:
    return [result.url for result in results(question, language)]


@pytest.fixture
def kangaroo():
    return add("/members", "kangaroo-care", heading_en="Kangaroo care", body_en=text("<p>Wallabies welcome.</p>"))


def test_a_published_page_is_found_by_title_and_text(kangaroo):
    assert addresses("kangaroo") == ["/members/kangaroo-care"]
    assert addresses("wallaby") == ["/members/kangaroo-care"]


def test_a_draft_is_not_found():
    add("/members", "kangaroo-care", live=False)
    assert addresses("kangaroo") == []


def test_a_draft_of_a_published_page_is_not_found_until_it_is_published(kangaroo):
    kangaroo.title = kangaroo.heading_en = "Quokka care"
    kangaroo.save_revision()
    assert addresses("quokka") == []
    publish(kangaroo)
    assert addresses("quokka") == ["/members/kangaroo-care"]
    assert addresses("kangaroo") == []


def test_unpublished_and_published_again(kangaroo):
    kangaroo.unpublish()
    assert addresses("kangaroo") == []
    assert not SearchEntry.objects.filter(page=kangaroo).exists()
    publish(kangaroo)
    assert addresses("kangaroo") == ["/members/kangaroo-care"]


def test_a_page_that_went_off_the_site_unnoticed_is_not_shown(kangaroo):
    Page.objects.filter(pk=kangaroo.pk).update(live=False)
    assert addresses("kangaroo") == []


def test_expired_and_scheduled_pages(kangaroo):
    publish(kangaroo, expire_at=timezone.now() + timedelta(hours=1))
    Page.objects.filter(pk=kangaroo.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert addresses("kangaroo") == []


def test_a_moved_page_is_found_under_its_new_address_and_section(kangaroo):
    Page.objects.get(pk=kangaroo.pk).move(page("/providers"), pos="last-child")
    assert addresses("kangaroo") == ["/providers/kangaroo-care"]
    assert [str(section) for section in results("kangaroo")[0].trail] == [str(page("/providers").heading_en)]


def test_a_renamed_address_is_followed(kangaroo):
    publish(kangaroo, slug="joey-care")
    assert addresses("kangaroo") == ["/members/joey-care"]


def test_a_deleted_page_is_gone(kangaroo):
    Page.objects.get(pk=kangaroo.pk).delete()
    assert addresses("kangaroo") == []
    assert not SearchEntry.objects.filter(page_id=kangaroo.pk).exists()


def test_a_page_has_an_entry_in_each_language_that_it_has_a_text_in(kangaroo):
    assert [entry.language for entry in kangaroo.search_entries.all()] == ["en"]
    publish(kangaroo, heading_es="Método canguro", body_ko=text("<p>캥거루 돌봄</p>"))
    assert {entry.language for entry in kangaroo.search_entries.all()} == {"en", "es", "ko"}
    assert addresses("canguros", "es") == ["/members/kangaroo-care"]
    assert addresses("캥거루", "ko") == ["/members/kangaroo-care"]
    publish(kangaroo, heading_es="", body_ko=[])
    assert [entry.language for entry in kangaroo.search_entries.all()] == ["en"]


def test_english_pages_follow_those_of_the_language_and_say_so(kangaroo):
    add("/members", "kangaroo-two", heading_en="Kangaroo two", heading_es="Kangaroo dos")
    found = results("kangaroo", "es")
    assert [(result.language, result.is_fallback) for result in found] == [("es", False), ("en", True)]
    assert found[0].attrs == "" and found[1].attrs == ' lang="en" dir="ltr"'


def test_folders_are_never_found():
    folder = FolderPage.objects.live().first() or FolderPage.objects.first()
    publish(folder, heading_en="Kangaroo folder")
    assert addresses("kangaroo") == []
    assert not SearchEntry.objects.filter(page__in=FolderPage.objects.all()).exists()


def test_every_published_page_is_there_in_english():
    wanted = SitePage.objects.live().exclude(pk__in=FolderPage.objects.values("pk"))
    assert set(SearchEntry.objects.filter(language="en").values_list("page_id", flat=True)) == set(
        wanted.values_list("pk", flat=True)
    )
    assert set(SearchEntry.objects.values_list("language", flat=True)) <= set(languages.BY_CODE)


def test_a_snippet_shows_the_number_that_the_registry_has_now(kangaroo):
    publish(kangaroo, body_en=text('<p>Wallabies call <embed embedtype="phone" key="medi-cal"/>.</p>'))
    line = ContactLine.objects.get(key="medi-cal")
    assert line.number in results("wallabies")[0].snippet
    line.number = "1-800-555-0100"
    line.save()
    assert "1-800-555-0100" in results("wallabies")[0].snippet


def test_a_changed_standing_text_is_found_on_the_pages_that_show_it(kangaroo):
    standing_text = StandingText.objects.first()
    publish(kangaroo, body_en=[("standing_text", {"key": standing_text.key})])
    publish(standing_text, text_en="<p>Platypus statement.</p>")
    assert "/members/kangaroo-care" in addresses("platypus")


def test_each_task_of_the_worker_reads_anew_what_another_process_has_changed(kangaroo):
    statement = StandingText.objects.first()
    publish(kangaroo, body_en=[("standing_text", {"key": statement.key})])
    assert standing_texts.get(statement.key)
    StandingText.objects.filter(pk=statement.pk).update(text_en="<p>Platypus statement.</p>")  # unseen by signals
    tasks.index_page.enqueue(kangaroo.pk)
    assert "/members/kangaroo-care" in addresses("platypus")


@pytest.mark.parametrize("shows_unreviewed", [False, True])
def test_a_standing_text_is_quoted_only_while_its_translation_may_be_shown(kangaroo, settings, shows_unreviewed):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = shows_unreviewed
    statement = StandingText.objects.first()
    publish(kangaroo, heading_es="Canguros", body_es=[("standing_text", {"key": statement.key})])
    statement = publish(statement, text_es="<p>Ornitorrincos declarados.</p>")

    def is_quoted() -> bool:
        return any("declarados" in result.snippet for result in results("ornitorrincos", "es"))

    assert is_quoted() == shows_unreviewed
    sign(statement, "es")
    assert is_quoted()
    statement = publish(statement, text_en="<p>Another statement.</p>")
    assert is_quoted() == shows_unreviewed
    sign(publish(statement, text_es="<p>Ornitorrincos declarados otra vez.</p>"), "es")
    assert is_quoted()
    statement.unpublish()
    assert not is_quoted()


def test_glossary_documents_and_questions_are_read():
    entry = SearchEntry.objects.get(page=page("/glossary-terms"), language="en")
    assert "Authorized representative" in entry.body and "<" not in entry.body
    assert any(
        "Notice of Privacy Practices" in entry.body for entry in SearchEntry.objects.filter(page=page("/privacy"), language="en")
    )


def test_the_command_repairs_what_is_lost_or_left_over(kangaroo):
    entry = kangaroo.search_entries.get()
    SearchEntry.objects.filter(pk=entry.pk).delete()
    stale = add("/members", "draft-page", live=False)
    SearchEntry.objects.create(page=stale, language="en", title="Emu", body="", title_terms="emu", body_terms="")
    call_command("rebuild_search")
    assert addresses("kangaroo") == ["/members/kangaroo-care"]
    assert not SearchEntry.objects.filter(page=stale).exists()


def test_of_many_pages_with_a_word_those_are_read_that_have_it_in_their_title(kangaroo, monkeypatch):
    monkeypatch.setattr(index, "MOST_BY_TITLE", 3)
    monkeypatch.setattr(index, "MOST_BY_TEXT", 5)
    multiply(add("/members", "animals", body_en=text("<p>We care for each kangaroo.</p>")), 30)
    last = add("/members", "kangaroo-again", heading_en="Kangaroo again", body_en=text("<p>With care.</p>"))
    for question in ("kangaroo", "kangaroo care"):
        found = addresses(question)
        assert {kangaroo.url, last.url} == set(found[:2]) and 5 <= len(found) <= 16
