"""Why a case is held is encrypted, as it is in the history. What is sealed is never empty, so a case without a reason has none at all."""

from django.db import migrations, models

from lacare_site.sealed_fields import SealedJSONField


def seal(apps, schema_editor):
    for case in apps.get_model("casework", "Case").objects.filter(legal_hold=True).iterator():
        case.hold_reason = case.plain_hold_reason
        case.save(update_fields=["hold_reason"])


def unseal(apps, schema_editor):
    for case in apps.get_model("casework", "Case").objects.filter(legal_hold=True).iterator():
        case.plain_hold_reason = case.hold_reason
        case.save(update_fields=["plain_hold_reason"])


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_sealed_events")]

    operations = [
        migrations.RemoveConstraint("case", "case_hold_has_reason"),
        migrations.RenameField("case", "hold_reason", "plain_hold_reason"),
        migrations.AddField("case", "hold_reason", SealedJSONField(null=True)),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField("case", "plain_hold_reason"),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="case_hold_has_reason", condition=models.Q(legal_hold=False) | models.Q(hold_reason__isnull=False)
            ),
        ),
    ]
