"""What visitors of other languages get: the translation with a word on its review, or English where it must not be shown."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse

from pages.models import Notice, PolicyPage, SitePage, StandardPage, StandingText, Translation
from pages.translations import ledger
from tests.pages.tree import sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def careers():
    return StandardPage.objects.get(slug="careers")


@pytest.fixture
def privacy():
    return PolicyPage.objects.get(slug="privacy")


def publish(page, origin=Translation.Origin.MACHINE, **texts):
    for field, text in texts.items():
        setattr(page, field, text)
    with ledger.publishing(origin=origin):
        page.save_revision().publish()


def shown(client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_machine_translation_says_so_with_the_line_to_call_and_the_english(client, careers):
    publish(careers, heading_es="Empleos en L.A. Care hoy")
    page = shown(client, "/es/careers")
    assert "Empleos en L.A. Care hoy" in page
    assert 'href="/careers" hreflang="en"' in page
    assert "translation-note__title" in page
    assert "1-888-839-9909" in page


def test_the_title_is_in_the_language_of_the_heading(client, careers):
    publish(careers, heading_es="Empleos para probar", meta_title_en="Jobs for trying", meta_title_es="")
    assert "<title>Empleos para probar – L.A. Care" in shown(client, "/es/careers")
    assert "<title>Jobs for trying</title>" in shown(client, "/careers")
    publish(careers, meta_title_es="Trabajos para probar")
    assert "<title>Trabajos para probar</title>" in shown(client, "/es/careers")
    publish(careers, heading_es="", meta_title_es="")
    assert "<title>Jobs for trying</title>" in shown(client, "/es/careers")


MACHINE = "Esta es una traducción automática que ningún traductor calificado ha revisado"
HUMAN = "Ningún revisor calificado ha comprobado"
STALE = "La página en inglés cambió"


def told(client) -> set[str]:
    page = shown(client, "/es/careers").split("<main")[1]
    return {phrase for phrase in (MACHINE, HUMAN, STALE) if phrase in page}


def test_readers_are_told_of_a_machine_until_a_reviewer_signs_also_when_the_english_has_changed(client, careers):
    publish(careers, heading_es="Empleos en L.A. Care hoy")
    assert told(client) == {MACHINE}
    publish(careers, Translation.Origin.HUMAN, heading_es="Empleos en L.A. Care")
    assert told(client) == {MACHINE}
    publish(careers, heading_en="Work with us")
    assert told(client) == {MACHINE, STALE}
    publish(careers, heading_es="Trabaje con nosotros")
    sign(careers, "es")
    assert told(client) == set()
    publish(careers, heading_en="Work for us")
    assert told(client) == {STALE}


def test_a_persons_text_that_is_out_of_date_says_both_too(client, careers):
    fields = [field.name for field in careers._meta.get_fields() if field.name.endswith("_es")]
    publish(careers, **dict.fromkeys(fields, ""))
    publish(careers, Translation.Origin.HUMAN, heading_es="Empleos")
    publish(careers, heading_en="Work with us")
    assert told(client) == {HUMAN, STALE}


def test_a_reviewed_translation_says_when_it_was_reviewed_and_by_whom(client, careers):
    publish(careers, heading_es="Empleos en L.A. Care hoy")
    sign(careers, "es", get_user_model().objects.create_user("vera", first_name="Vera", last_name="Ruiz"))
    page = shown(client, "/es/careers").split("<main")[1]
    assert "translation-note--reviewed" in page
    assert "translation-note__title" not in page
    assert "Revisada por: <bdi>Vera Ruiz (Certified translator)</bdi>" in page


def test_a_text_that_the_ledger_does_not_know_is_shown_as_a_machines(client, careers, privacy, settings):
    for page in (careers, privacy):
        publish(page, heading_es="Un título para una prueba")
        ledger.forget(page)
    assert told(client) == {MACHINE}
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    assert "Un título para una prueba" not in shown(client, "/es/privacy").split("<main")[1]


def test_a_text_under_an_english_heading_is_not_called_english(client, careers):
    publish(careers, heading_es="", lead_es="Trabaje con nosotros en Los Ángeles.")
    page = shown(client, "/es/careers").split("<main")[1]
    assert "Trabaje con nosotros" in page
    assert MACHINE in page
    assert "Una parte de esta página" in page


def test_a_page_is_copied_but_never_made_an_alias(client, careers):
    client.force_login(get_user_model().objects.get(is_superuser=True))
    address = reverse("wagtailadmin_pages:copy", args=[careers.pk])
    assert 'name="alias"' not in client.get(address).content.decode()
    parent = careers.get_parent()
    data = {"new_title": "Jobs", "new_slug": "jobs", "new_parent_page": parent.pk, "publish_copies": "on", "alias": "on"}
    assert client.post(address, data).status_code == 302
    assert SitePage.objects.get(slug="jobs").alias_of is None
    with pytest.raises(ValidationError, match="alias"):
        careers.create_alias(update_slug="jobs-again", parent=parent)
    assert not SitePage.objects.filter(slug="jobs-again").exists()


def test_the_english_page_says_nothing_of_translations(client):
    assert "translation-note" not in shown(client, "/careers")


def test_production_withholds_an_unsigned_translation_of_a_critical_page(client, privacy, settings):
    publish(privacy, heading_es="Política de privacidad para una prueba")
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    page = shown(client, "/es/privacy")
    assert "Política de privacidad para una prueba" not in page
    assert '<h1 class="page-head__title" lang="en" dir="ltr">' in page


def test_a_local_start_shows_it_with_the_warning(client, privacy, settings):
    publish(privacy, heading_es="Política de privacidad para una prueba")
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    page = shown(client, "/es/privacy")
    assert "Política de privacidad para una prueba" in page
    assert "translation-note__title" in page


def test_production_shows_a_signed_translation_of_a_critical_page(client, privacy, settings):
    publish(privacy, heading_es="Política de privacidad para una prueba")
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    sign(privacy, "es")
    assert "Política de privacidad para una prueba" in shown(client, "/es/privacy")


def test_production_withholds_unsigned_notices_and_standing_texts(client, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    notice = Notice.objects.get(severity="emergency")
    publish(notice, heading_es="Aviso de prueba")
    text = StandingText.objects.get(key="dmhc-statement")
    publish(text, title_es="Declaración de prueba")
    page = shown(client, "/es/members/file-grievance")
    assert "Aviso de prueba" not in page
    assert "Declaración de prueba" not in page
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    page = shown(client, "/es/members/file-grievance")
    assert "Aviso de prueba" in page
    assert "Declaración de prueba" in page


def state_of(page: str, heading: str) -> str:
    """What stands between the heading of a notice or a standing text and the text itself."""
    return page[page.index(heading) :].split('class="prose"')[0].split('class="notice__text"')[0]


def marked(page: str, heading: str) -> bool:
    return MACHINE in state_of(page, heading)


def test_unsigned_notices_and_standing_texts_say_so_on_a_signed_page_too(client, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    texts = {
        Notice.objects.get(severity="emergency"): "Aviso de prueba",
        StandingText.objects.get(key="dmhc-statement"): "Una prueba",
    }
    for text, heading in texts.items():
        publish(text, **{"heading_es" if isinstance(text, Notice) else "title_es": heading})
    sign(SitePage.objects.get(url_path__endswith="/members/file-grievance/").specific, "es")
    page = shown(client, "/es/members/file-grievance")
    assert "translation-note--reviewed" in page
    assert all(marked(page, heading) for heading in texts.values())
    for text in texts:
        sign(text, "es")
    page = shown(client, "/es/members/file-grievance")
    assert not any(marked(page, heading) for heading in texts.values())
    for heading in texts.values():
        assert "Un traductor calificado revisó esta traducción" in state_of(page, heading)
        assert "Certified translator" in state_of(page, heading)
    assert "text-state" not in shown(client, "/members/file-grievance")


def test_notices_and_standing_texts_that_are_withheld_say_that_they_are_in_english(client, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    page = shown(client, "/es/members/file-grievance")
    for heading in (Notice.objects.get(severity="emergency").heading_en, StandingText.objects.get(key="dmhc-statement").title_en):
        assert "Este texto aún no está en su idioma" in state_of(page, heading)


def test_an_older_edition_is_shown_in_english(client, privacy, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    old_date = privacy.policy_date
    publish(privacy, heading_es="Política vieja")
    publish(privacy, heading_es="Política nueva", policy_date=old_date.replace(year=old_date.year + 1))
    page = shown(client, f"/es/privacy/editions/{old_date}")
    assert "Política vieja" not in page.split("<main")[1]


def test_production_finds_a_withheld_page_by_its_words_and_quotes_it_in_english(client, privacy, settings):
    publish(privacy, heading_es="Política de privacidad xilofonista")
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    page = shown(client, "/es/search?q=xilofonista").split("<main")[1]
    assert 'href="/es/privacy"' in page
    assert "Política de privacidad" not in page
    assert privacy.heading_en in page
    sign(privacy, "es")
    assert "Política de privacidad" in shown(client, "/es/search?q=xilofonista").split("<main")[1]


def test_production_withholds_heading_and_lead_of_an_unsigned_critical_page_on_cards(client, settings):
    plan = SitePage.objects.get(url_path__endswith="/health-plans/medi-cal/").specific
    publish(plan, heading_es="Medi-Cal, para una prueba", lead_es="Así es este plan, en una prueba.")
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    page = shown(client, "/es/health-plans").split("<main")[1]
    assert "en una prueba" in page
    assert "para una prueba" in page
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    page = shown(client, "/es/health-plans").split("<main")[1]
    assert "en una prueba" not in page
    assert "para una prueba" not in page
    assert plan.lead_en in page
    assert f'class="card__title" lang="en" dir="ltr"><a href="/es/health-plans/medi-cal">{plan.heading_en}</a>' in page


def test_production_names_the_pages_above_and_where_to_go_next_in_english_where_they_are_withheld(client, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    rights = SitePage.objects.get(url_path__endswith="/members/rights-responsibilities/").specific
    publish(rights, heading_es="Derechos para una prueba", is_critical=True)
    card = SitePage.objects.get(url_path__endswith="/members/id-card/").specific
    publish(card, related=[("page", rights)])
    page = shown(client, "/es/members/id-card").split("<main")[1].split("<footer")[0]
    assert "Derechos para una prueba" not in page
    assert rights.heading_en in page
    sign(rights, "es")
    assert "Derechos para una prueba" in shown(client, "/es/members/id-card").split("<main")[1].split("<footer")[0]


def test_production_withholds_unsigned_texts_of_critical_pages_on_the_plans_and_cards_of_other_pages(client, settings):
    plan = SitePage.objects.get(url_path__endswith="/health-plans/medi-cal/").specific
    publish(plan, summary_es="Un plan para probar.")
    rights = SitePage.objects.get(url_path__endswith="/members/rights-responsibilities/").specific
    publish(rights, lead_es="Derechos para probar.")
    shown_on = {"/es": "Un plan para probar.", "/es/members/documents": "Derechos para probar."}
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    assert all(text in shown(client, address) for address, text in shown_on.items())
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    assert not any(text in shown(client, address) for address, text in shown_on.items())
