"""What Wagtail's two groups may do beside pages and files: Editors write, Moderators also publish. Neither manages users.

A migration, since it happens once: what an administrator takes away afterwards stays away.
"""

from django.db import migrations

SNIPPETS = ("notice", "menusection", "standingtext")  # with drafts
EDITORS = [("pages", name, action) for name in SNIPPETS for action in ("add", "change")]
MODERATORS = [
    *EDITORS,
    *[("pages", name, action) for name in SNIPPETS for action in ("publish", "delete")],
    # These have no drafts, so that a change of them is a publication.
    *[("pages", "contactline", action) for action in ("add", "change", "delete")],
    *[("wagtailredirects", "redirect", action) for action in ("add", "change", "delete")],
]


def give(apps, schema_editor):
    for group_name, permissions in (("Editors", EDITORS), ("Moderators", MODERATORS)):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
        for app, model, action in permissions:
            content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0096_referenceindex_referenceindex_source_object_and_more"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
