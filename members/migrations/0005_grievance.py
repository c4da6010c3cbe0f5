
import django.db.models.deletion
import lacare_site.sealed_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0001_initial'),
        ('members', '0004_reviewers_of_other_languages'),
    ]

    operations = [
        migrations.CreateModel(
            name='Grievance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filer', models.CharField(choices=[('member', 'The member'), ('parent', 'A parent or guardian'), ('representative', 'An authorized representative')], max_length=20)),
                ('plan', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('grievance', 'Grievance'), ('appeal', 'Appeal'), ('discrimination', 'Discrimination'), ('privacy', 'Privacy')], max_length=20)),
                ('is_urgent', models.BooleanField()),
                ('way', models.CharField(choices=[('post', 'By mail'), ('telephone', 'By telephone'), ('email', 'By email')], max_length=20)),
                ('wants_large_print', models.BooleanField()),
                ('values', lacare_site.sealed_fields.SealedJSONField()),
                ('consents', models.JSONField(default=list)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='grievance', to='casework.case')),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
