"""Publishing one language of a page or snippet, and nothing else: the drafts of the others stay drafts."""

from django.db import transaction
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Revision

from lacare_site import languages
from pages import translated
from pages.translations import ledger
from pages.translations.locks import lock
from pages.translations.texts import hash_of, text_of

# What Wagtail keeps of it beside its content, and what differs between two revisions of the same text.
BOOKKEEPING = frozenset(
    "live has_unpublished_changes first_published_at last_published_at live_revision latest_revision latest_revision_created_at"
    " draft_title url_path path depth numchild locked locked_at locked_by expired comments version_notes".split()
)


class PublishError(Exception):
    """The language cannot be published; the message says why."""


def columns(model, code: str) -> list[str]:
    """The columns of a model that hold its texts in one language."""
    return [build_localized_fieldname(name, code) for name in sorted(translated.field_names(model))]


def copy_texts(source, target, code: str) -> None:
    """Gives `target` the texts that `source` has in one language, without saving it."""
    for column in columns(type(target), code):
        setattr(target, column, getattr(source, column))


def _content(instance) -> dict:
    return {name: value for name, value in instance.serializable_data().items() if name not in BOOKKEEPING}


def _with_english(live, draft):
    """The draft with the published texts of all other languages. English comes with what all languages share."""
    target = draft.with_content_json(draft.serializable_data())
    entries = {} if live.live else ledger.entries_of(draft)
    for language in languages.LANGUAGES:
        if language.code == languages.DEFAULT:
            continue
        entry = entries.get(language.code)
        # What has been taken off the site comes back with the translations that it had there.
        was_public = entry is not None and entry.text_hash == hash_of(text_of(draft, language.code))
        if live.live:
            copy_texts(live, target, language.code)
        elif not was_public:
            copy_texts(type(draft)(), target, language.code)
    return target


def _with_translation(live, draft, code: str):
    if not live.live:
        raise PublishError("It is not public yet. Publish its English first; your text is kept as a draft.")
    target = live.with_content_json(live.serializable_data())
    copy_texts(draft, target, code)
    seen = draft.version_notes.seen_english.get(code, text_of(draft, languages.DEFAULT))
    if seen != text_of(target, languages.DEFAULT):
        target.version_notes.seen_english[code] = seen
    return target


@transaction.atomic
def publish_language(draft, code: str, user, is_minor_edit: bool = False, changed: bool = True) -> Revision:
    """Publishes the text that `draft` has in language `code` (English: with what all languages share), or schedules it.

    What else the draft holds becomes the newest draft again. Gives the published revision.
    """
    lock(type(draft), [draft.pk])
    live = type(draft).objects.get(pk=draft.pk)
    target = _with_english(live, draft) if code == languages.DEFAULT else _with_translation(live, draft, code)
    target.version_notes.is_minor_edit = is_minor_edit
    revision = target.save_revision(user=user, changed=changed, log_action=True, clean=False)
    if _content(draft) != _content(target):
        draft.save_revision(user=user, clean=False)
    # Read anew: the object at hand does not know the newer draft, and would take its place.
    revision = Revision.objects.get(pk=revision.pk)
    revision.publish(user=user, changed=changed, skip_permission_checks=True)
    return revision
