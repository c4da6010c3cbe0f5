"""Cases that are there already get the one clock that they have been measured by."""

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from lacare_site.casework import business_days, registry


def halted_days(case, events) -> int:
    """The business days on which the case waited for its sender or was closed, by the events of its stages."""
    halts = {stage.key for stage in registry.get(case.kind).workflow.stages.values() if stage.pauses or not stage.is_open}
    moves = [(stage, timezone.localdate(at)) for stage, at in events]
    ends = [day for _stage, day in moves[1:]] + [timezone.localdate(case.closed_at)]
    return sum(business_days.until(day, end) for (stage, day), end in zip(moves, ends, strict=True) if stage in halts)


def start(apps, schema_editor):
    Case, CaseClock = apps.get_model("casework", "Case"), apps.get_model("casework", "CaseClock")
    CaseEvent = apps.get_model("casework", "CaseEvent")
    for case in Case.objects.iterator():
        if days := settings.CASE_RULES.get(case.kind, {}).get("answer_within"):
            events = CaseEvent.objects.filter(case=case, to_stage__gt="").order_by("at", "pk").values_list("to_stage", "at")
            due_at = business_days.deadline(case.received_at, days + halted_days(case, events))
            CaseClock.objects.get_or_create(case=case, key="answer", defaults={"due_at": due_at, "met_at": case.closed_at})


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_clocks")]

    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
