"""The labels of a menu's rows move out of its blocks into a field for each language, so that a language is published by itself."""

import json

import pages.navigation.row_labels
import wagtail.fields
from django.db import migrations


def labels_of(blocks):
    """Takes the labels out of the blocks of a menu: {ending of a language's columns: {id of the block: label}}."""
    found = {}

    def take(block, part, key):
        for suffix, label in (block["value"].pop(part, None) or {}).items():
            if label:
                found.setdefault(suffix, {})[key] = label

    for block in blocks:
        take(block, "labels", block.get("id"))
        take(block, "headings", block.get("id"))
        take(block, "texts", f"{block.get('id')}-text")
        for link in block["value"].get("links", []):
            take(link, "labels", link.get("id"))
    return found


def move(apps, schema_editor):
    MenuSection = apps.get_model("pages", "MenuSection")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for section in MenuSection.objects.all():
        blocks = list(section.content.raw_data)
        for suffix, labels in labels_of(blocks).items():
            setattr(section, f"row_labels_{suffix}", labels)
        section.content = json.dumps(blocks)
        section.save()
    kind = ContentType.objects.filter(app_label="pages", model="menusection").first()
    for revision in apps.get_model("wagtailcore", "Revision").objects.filter(content_type=kind) if kind else ():
        blocks = json.loads(revision.content["content"])
        revision.content |= {f"row_labels_{suffix}": labels for suffix, labels in labels_of(blocks).items()}
        revision.content["content"] = json.dumps(blocks)
        revision.save()


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0006_origin_of_translation_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='menusection',
            name='row_labels',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_ar',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_en',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_es',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_fa',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_hy',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_km',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_ko',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_ru',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_tl',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_vi',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.AddField(
            model_name='menusection',
            name='row_labels_zh_hant',
            field=pages.navigation.row_labels.RowLabelsField(blank=True, default=dict, null=True, verbose_name='labels of the rows'),
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='menusection',
            name='content',
            field=wagtail.fields.StreamField([('group', 6), ('link', 4), ('promo', 9)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 80}), 1: ('wagtail.blocks.PageChooserBlock', (), {'page_type': ['pages.SitePage'], 'required': False}), 2: ('wagtail.blocks.URLBlock', (), {'label': 'https address', 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': "In English. Empty: the page's heading.", 'max_length': 80, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('page', 1), ('url', 2), ('label', 3)]], {}), 5: ('wagtail.blocks.ListBlock', (4,), {'min_num': 1}), 6: ('wagtail.blocks.StructBlock', [[('label', 0), ('links', 5)]], {}), 7: ('wagtail.blocks.CharBlock', (), {'max_length': 160}), 8: ('wagtail.blocks.PageChooserBlock', (), {'page_type': ['pages.SitePage']}), 9: ('wagtail.blocks.StructBlock', [[('heading', 0), ('text', 7), ('page', 8)]], {})}, help_text='Groups and a promo card for the main menu, links for all other places.'),
        ),
    ]
