"""Publishing one language: that language and nothing else, with the ledger following. And what goes back, is scheduled, approved or copied."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Workflow

from pages.models import StandardPage, Translation
from pages.translations import ledger
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data, stream
from tests.pages.tree import add, publish, sign

pytestmark = pytest.mark.django_db
State = Translation.State
PUBLISH = {"action-publish": "action-publish"}


def draft(page) -> StandardPage:
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def live(page) -> StandardPage:
    return StandardPage.objects.get(pk=page.pk)


def state(page, code: str) -> str:
    return ledger.entries_of(page)[code].state


def test_one_language_is_published_and_drafts_in_others_stay_drafts(client, admin, page, save):
    save(page, "en", heading_en="A new English draft")
    save(page, "ko", heading_ko="병원 이동")
    save(page, "es", heading_es="Viajes al médico", **PUBLISH)
    public = live(page)
    assert (public.heading_en, public.heading_es, public.heading_ko) == ("Rides to the doctor", "Viajes al médico", None)
    kept = draft(page)
    assert (kept.heading_en, kept.heading_es, kept.heading_ko) == ("A new English draft", "Viajes al médico", "병원 이동")
    assert public.has_unpublished_changes
    assert public.latest_revision_id != public.live_revision_id
    assert (state(page, "es"), state(page, "ko")) == (State.HUMAN, State.MISSING)


def test_english_is_published_with_what_all_share_and_makes_translations_stale(client, admin, page, save):
    save(page, "es", heading_es="Viajes al médico", **PUBLISH)
    save(page, "ko", heading_ko="병원 이동")
    save(page, "en", heading_en="Rides", material_id="LA0001", **PUBLISH)
    public = live(page)
    assert (public.heading_en, public.heading_ko, public.material_id) == ("Rides", None, "LA0001")
    assert draft(page).heading_ko == "병원 이동"
    assert state(page, "es") == State.STALE


def test_a_minor_edit_of_the_english_keeps_translations_up_to_date(client, admin, page, save):
    save(page, "es", heading_es="Viajes al médico", **PUBLISH)
    save(page, "en", heading_en="Rides to the doctor.", **{"action-publish": "minor"})
    assert live(page).heading_en == "Rides to the doctor."
    assert state(page, "es") == State.HUMAN


def test_a_minor_edit_of_the_english_is_one_when_it_goes_live_as_scheduled(client, admin, page, save):
    save(page, "es", heading_es="Viajes al médico", **PUBLISH)
    later = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    save(page, "en", heading_en="Rides to the doctor.", go_live_at=later, **{"action-publish": "minor"})
    scheduled = page.revisions.get(approved_go_live_at__isnull=False)
    scheduled.content["go_live_at"], scheduled.approved_go_live_at = None, timezone.now() - timedelta(minutes=1)
    scheduled.save()
    call_command("publish_scheduled")
    assert live(page).heading_en == "Rides to the doctor."
    assert state(page, "es") == State.HUMAN


def test_without_other_drafts_nothing_is_left_unpublished(client, admin, page, save):
    save(page, "es", heading_es="Viajes", **PUBLISH)
    public = live(page)
    assert not public.has_unpublished_changes
    assert public.latest_revision_id == public.live_revision_id


def test_a_language_of_a_page_that_is_not_public_waits_for_the_english(client, admin, save):
    page = add("/members", "not-yet-public", live=False)
    answer = save(page, "es", heading_es="Todavía no", **PUBLISH)
    assert answer.status_code == 302
    assert not live(page).live
    assert draft(page).heading_es == "Todavía no"
    save(page, "en", **PUBLISH)
    assert live(page).live
    assert not live(page).heading_es
    assert draft(page).heading_es == "Todavía no"


def test_a_page_that_comes_back_brings_the_translations_that_were_public(client, admin, page, save):
    save(page, "es", heading_es="Viajes", **PUBLISH)
    save(page, "ko", heading_ko="병원 이동")
    live(page).unpublish()
    save(page, "en", **PUBLISH)
    assert (live(page).heading_es, live(page).heading_ko or None) == ("Viajes", None)


def test_the_author_is_who_wrote_the_text_not_who_published_it(client, sign_in, page, save):
    kim = sign_in("kim", "Translators: Korean")
    save(page, "ko", heading_ko="병원 이동")
    sign_in("rosa", "Translators: Spanish")
    save(page, "es", heading_es="Viajes")
    pat = sign_in("pat", "Publishers")
    save(page, "es", **PUBLISH)  # Korean is saved again as the rest of the draft
    save(page, "ko", **PUBLISH)
    entries = ledger.entries_of(page)
    assert entries["ko"].changed_by == kim
    assert entries["es"].changed_by.username == "rosa"
    save(page, "vi", heading_vi="Đi khám bệnh", **PUBLISH)
    assert ledger.entries_of(page)["vi"].changed_by == pat


def test_a_revert_says_that_it_reverts_all_languages_and_does(client, admin, page, save):
    save(page, "es", heading_es="Viajes")
    old = live(page).latest_revision
    save(page, "es", heading_es="Transporte")
    save(page, "ko", heading_ko="병원 이동")
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    assert "it reverts all languages" in client.get(address).content.decode()
    client.post(address, post_data(client.get(address).content.decode()))
    assert (draft(page).heading_es, draft(page).heading_ko) == ("Viajes", None)


def test_a_comparison_of_versions_shows_all_languages(client, admin, page, save):
    save(page, "es", heading_es="Viajes")
    save(page, "fa", heading_fa="رفت و آمد")
    html = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])).content.decode()
    assert "Heading, Spanish" in html and "Viajes" in html
    assert "Heading, Farsi" in html
    assert '<div lang="fa" dir="rtl">' in html and "رفت و آمد" in html
    assert "Heading, English" not in html


def test_a_comparison_shows_no_text_that_nobody_has_touched(client, admin, page, save):
    page = publish(page, body_es=[("text", "<p>Llámenos.</p>")])
    save(page, "es", heading_es="Viajes", **stream("body_es", "<p data-block-key='x1'>Llámenos.</p>"))
    html = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])).text
    assert "Heading, Spanish" in html
    assert "Body, Spanish" not in html


def test_a_version_from_before_a_language_brings_no_english_into_it(page):
    old = page.get_latest_revision()
    content = dict(old.content)
    for name in [name for name in content if name.endswith("_es")]:
        del content[name]
    content["heading"] = "Rides to the doctor"  # as a version from before the first translation has it
    old.content = content
    old.save()
    with translation.override("es"):
        restored = old.as_object()
        restored.save_revision().publish()
    assert live(page).heading_es in (None, "")
    assert live(page).heading_en == "Rides to the doctor"


def test_a_scheduled_page_is_locked_and_goes_live_as_scheduled(client, admin, page, save):
    save(page, "es", heading_es="Viajes", **PUBLISH)
    save(page, "ko", heading_ko="병원 이동")
    later = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    save(page, "en", heading_en="From next week", go_live_at=later, **PUBLISH)
    scheduled = page.revisions.get(approved_go_live_at__isnull=False)
    save(page, "es", heading_es="Otra cosa", **PUBLISH)
    assert page.revisions.get(approved_go_live_at__isnull=False) == scheduled
    assert live(page).heading_es == "Viajes"
    scheduled.content["go_live_at"] = None
    scheduled.save()
    scheduled.publish()
    public = live(page)
    assert (public.heading_en, public.heading_es, public.heading_ko) == ("From next week", "Viajes", None)
    assert draft(page).heading_ko == "병원 이동"


def test_an_approved_workflow_publishes_the_english_alone(admin, page, save):
    save(page, "ko", heading_ko="병원 이동")
    save(page, "en", heading_en="Approved rides")
    workflow_state = Workflow.objects.first().start(draft(page), admin)
    while workflow_state.status == workflow_state.STATUS_IN_PROGRESS:
        workflow_state.current_task_state.approve(user=admin)
        workflow_state.refresh_from_db()
    assert (live(page).heading_en, live(page).heading_ko) == ("Approved rides", None)
    assert draft(page).heading_ko == "병원 이동"


def test_a_copy_of_a_page_has_all_languages_and_no_review(admin, page, save):
    save(page, "es", heading_es="Viajes", **PUBLISH)
    sign(live(page), "es")
    copy = live(page).copy(update_attrs={"slug": "a-copy", "title": "A copy"}, user=admin)
    assert (copy.heading_en, copy.heading_es) == ("Rides to the doctor", "Viajes")
    copied = ledger.entries_of(copy).get("es")
    assert copied is None or not copied.is_reviewed


@pytest.mark.parametrize("keep_live", [True, False])
def test_a_machines_text_on_a_copy_of_its_page_is_still_a_machines(admin, page, save, keep_live):
    with ledger.publishing(origin=Translation.Origin.MACHINE):
        publish(page, heading_es="Viajes")
    copy = live(page).copy(update_attrs={"slug": "a-copy", "title": "A copy"}, user=admin, keep_live=keep_live)
    if not keep_live:
        save(copy, "en", **PUBLISH)
        save(copy, "es", **PUBLISH)
    assert live(copy).heading_es == "Viajes"
    assert state(copy, "es") == State.MACHINE


def test_the_form_that_publishes_says_what_it_publishes(client, admin, page):
    spanish = client.get(edit_url(page, "es")).content.decode()
    assert "Publish Spanish" in spanish
    assert "action-unpublish" not in spanish
    assert "action-submit" not in spanish
    assert "Publish a minor edit" in client.get(edit_url(page)).content.decode()
