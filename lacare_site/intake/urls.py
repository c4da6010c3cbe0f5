"""The addresses below a form's page that every kind has. Names begin with the kind's key: `<key>_status`."""

from django.urls import URLPattern, path

from . import answer_views, document_views, draft_views, status
from .registry import FormKind


def of(kind: FormKind) -> list[URLPattern]:
    """The status page; for a form of several steps also all that leads there."""
    routes = {"status": status.show}
    if kind.draft:
        routes |= {
            "start": draft_views.start,
            "code": draft_views.show_code,
            "resume": draft_views.resume,
            "draft": draft_views.show_draft,
            "draft/<slug:step>": draft_views.show_step,
            "documents": document_views.show_documents,
            "file/<int:number>": document_views.show_file,
            "review": draft_views.review,
            "receipt": draft_views.receipt,
            "status/answer/<int:number>": answer_views.show,
        }
    names = {"draft/<slug:step>": "step", "status/answer/<int:number>": "answer", "file/<int:number>": "file"}
    below = kind.path.lstrip("/")
    return [
        path(f"{below}/{route}", view, {"kind": kind.key}, name=f"{kind.key}_{names.get(route, route)}")
        for route, view in routes.items()
    ]
