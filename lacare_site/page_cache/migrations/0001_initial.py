from django.db import migrations, models


def add_row(apps, schema_editor):
    apps.get_model("page_cache", "Changes").objects.using(schema_editor.connection.alias).create()


class Migration(migrations.Migration):

    initial = True

    operations = [
        migrations.CreateModel(
            name='Changes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(add_row, migrations.RunPython.noop),
    ]
