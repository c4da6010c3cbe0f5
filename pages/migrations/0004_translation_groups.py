"""A group of translators and one of reviewers for each language, and the publishers. What each may do stands in pages/translations/permissions.py.

A migration, since it happens once: what an administrator takes away afterwards stays away.
"""

from django.conf import settings
from django.db import migrations

from lacare_site import languages

TRANSLATION_GROUPS = (("translator", "Translators"), ("reviewer", "Translation reviewers"))


def permission(apps, app: str, model: str, codename: str):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": codename.replace("_", " ").capitalize()}
    )
    return found


def give(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    access = permission(apps, "wagtailadmin", "admin", "access_admin")
    for code, name in settings.LANGUAGES:
        if code == languages.DEFAULT:
            continue
        for role, plural in TRANSLATION_GROUPS:
            group, _ = groups.get_or_create(name=f"{plural}: {name}")
            group.permissions.add(access)
            apps.get_model("pages", "LanguageAssignment").objects.get_or_create(role=role, language=code, group=group)
    publishers, _ = groups.get_or_create(name="Publishers")
    publishers.permissions.add(access)
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    for action in ("change", "publish"):
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=publishers, page=root, permission=permission(apps, "wagtailcore", "page", f"{action}_page")
        )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0003_language_assignments"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0096_referenceindex_referenceindex_source_object_and_more"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
