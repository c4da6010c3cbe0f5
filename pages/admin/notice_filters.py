"""The filter of the list of notices: what is shown now, what is coming, what has ended."""

import django_filters
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from pages.notices.models import Notice


class NoticeFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label="Shown", choices=Notice.State.choices, method="in_state")

    class Meta:
        model = Notice
        fields = ["severity"]

    def in_state(self, queryset, _name, state):
        now = timezone.now()
        ended = Q(live=True, ends_at__lte=now)
        conditions = {
            Notice.State.DRAFT: Q(live=False),
            Notice.State.COMING: Q(live=True, starts_at__gt=now),
            Notice.State.ENDED: ended & Q(starts_at__lte=now),
            Notice.State.NOW: Q(live=True, starts_at__lte=now) & ~ended,
        }
        return queryset.filter(conditions[state])
