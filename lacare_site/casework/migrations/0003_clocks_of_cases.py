"""Cases that are there already get the one clock that they have been measured by."""

from django.conf import settings
from django.db import migrations

from lacare_site.casework import business_days


def start(apps, schema_editor):
    Case, CaseClock = apps.get_model("casework", "Case"), apps.get_model("casework", "CaseClock")
    for case in Case.objects.iterator():
        if days := settings.CASE_RULES.get(case.kind, {}).get("answer_within"):
            due_at = business_days.deadline(case.received_at, days)
            CaseClock.objects.get_or_create(case=case, key="answer", defaults={"due_at": due_at, "met_at": case.closed_at})


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_clocks")]

    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
