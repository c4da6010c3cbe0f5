"""Exporting pages to a translator's file, and importing it again."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lacare_site import languages
from pages.models import SitePage
from pages.translations.admin.overview import TranslationsView, languages_to_write, own_languages

from . import read, services, write
from .forms import ImportForm, LimitedUpload
from .selectors import export_of

AT_ONCE = 20  # pages that an export holds in memory


def export_page(request, page_id: int, code: str) -> HttpResponseBase:
    page = get_object_or_404(SitePage, pk=page_id).specific
    language = _translation(code)
    if not page.permissions_for_user(request.user).can_view_language(code):
        raise PermissionDenied
    return _file([page], language, page.slug)


def export_pages(request, code: str) -> HttpResponseBase:
    """What the list of translations shows under its filters, all sheets of it, as far as the user may see the drafts."""
    language = _translation(code)
    overview = TranslationsView()
    overview.setup(request)
    if language not in own_languages(request.user):
        raise PermissionDenied
    if not overview.kind.is_page:
        raise Http404
    found = SitePage.objects.filter(pk__in=[page.pk for page in overview.filtered_texts([language])]).order_by("path")
    ids = [page.pk for page in found if page.permissions_for_user(request.user).can_view_language(code)]
    if not ids:
        messages.warning(request, "No page matches: there is nothing to export.")
        return redirect(f"{reverse('translations')}?{request.GET.urlencode()}")
    pages = SitePage.objects.filter(pk__in=ids).order_by("path").specific().iterator(chunk_size=AT_ONCE)
    return _file(pages, language, "pages")


def _translation(code: str) -> languages.Language:
    if code not in languages.BY_CODE or code == languages.DEFAULT:
        raise Http404
    return languages.get(code)


def _file(pages: Iterable[SitePage], language: languages.Language, name: str) -> StreamingHttpResponse:
    """Each page is read when the one before it is on its way: the admin's language is no longer the active one by then."""

    def texts() -> Iterator[write.Text]:
        for page in pages:
            with translation.override(languages.DEFAULT):
                text = export_of(page, language.code)
            yield text

    content = write.document(texts(), language)
    name = f"{name}-{language.code}-{timezone.localdate():%Y-%m-%d}.xlf"
    return StreamingHttpResponse(
        content, content_type="application/xliff+xml", headers={"Content-Disposition": content_disposition_header(True, name)}
    )


class ImportView(WagtailAdminTemplateMixin, FormView):
    """One file into drafts of one language: all that it holds, or nothing."""

    template_name = "pages/admin/translations/import.html"
    page_title = "Import translations"
    header_icon = "upload"
    form_class = ImportForm

    @method_decorator(csrf_exempt)  # for as long as it takes to put a bound on the upload, which the check of the token reads
    def dispatch(self, request, *args, **kwargs):
        self.codes = languages_to_write(request.user)
        if not self.codes:
            raise PermissionDenied
        self.upload = LimitedUpload(request)
        request.upload_handlers.insert(0, self.upload)
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get_initial(self):
        return {"language": self.request.GET.get("language", "")}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()  # reads what was sent
        return kwargs | {"codes": self.codes, "is_too_large": self.upload.is_too_large}

    def form_valid(self, form):
        choice = form.cleaned_data
        context = {"language": languages.get(choice["language"])}
        try:
            document = read.document(choice["file"])
            context["taken"] = services.take(document, choice["language"], self.request.user, choice["origin"], choice["newer"])
        except read.ReadError as error:
            form.add_error("file", str(error))
        except services.Refused as refused:
            context["refusals"] = refused.refusals
        else:
            self.template_name = "pages/admin/translations/imported.html"
        return self.render_to_response(self.get_context_data(form=form, **context))

    def get_breadcrumbs_items(self):
        own = [{"url": reverse("translations"), "label": "Translations"}, {"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, *own]


def xliff_urls() -> list:
    return [
        path("translations/import/", ImportView.as_view(), name="import_translations"),
        path("translations/export/<str:code>/", export_pages, name="export_translations"),
        path("translations/export/<str:code>/<int:page_id>/", export_page, name="export_translation"),
    ]
