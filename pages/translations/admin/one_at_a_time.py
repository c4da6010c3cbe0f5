"""A form that waits for whoever else is changing the same page or snippet: it starts from what they have saved."""

import functools

from django.db import transaction
from wagtail.models import Page

from lacare_site import typed_text
from pages.translations.locks import lock


class OneAtATime:
    """Mixed into Wagtail's own edit views, which read what they change before `dispatch` or in it."""

    @classmethod
    def as_view(cls, **initkwargs):
        view, model = super().as_view(**initkwargs), initkwargs.get("model", Page)

        @functools.wraps(view)
        def one_at_a_time(request, *args, **kwargs):
            if request.method != "POST":
                return view(request, *args, **kwargs)
            with transaction.atomic():
                lock(model, [typed_text.number(str(kwargs.get("page_id") or kwargs.get("pk")))])
                return view(request, *args, **kwargs)

        return one_at_a_time
