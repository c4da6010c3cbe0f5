from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0011_signed_catalogues"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="newsarticlepage",
            index=models.Index(fields=["-date", "-sitepage_ptr"], name="latest_articles"),
        ),
        migrations.AddIndex(
            model_name="translation",
            index=models.Index(fields=["text_hash"], name="pages_trans_text_ha_f8e8b3_idx"),
        ),
    ]
