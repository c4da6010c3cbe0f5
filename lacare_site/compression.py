"""Compresses what is made for each request; static files are compressed when they are collected (WhiteNoise)."""

import gzip
import re

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from lacare_site.page_cache.marks import KEEPS

ENCODINGS = ("br", "gzip")  # the better one first
COMPRESSIBLE = re.compile(r"text/|application/(xml|atom\+xml|json|ld\+json|manifest\+json|javascript)|image/svg\+xml")
SHORTEST = 500  # bytes; below that there is little to gain
BROTLI_QUALITY = 5  # 11 gains another tenth and takes a hundred times as long


def accepted(header: str) -> str:
    """The best of ENCODINGS that an Accept-Encoding header takes; "" for none. A weight of 0 refuses."""
    weights = dict(re.findall(r"([\w*]+)\s*(?:;\s*q=([\d.]+))?", header.lower()))
    return next((name for name in ENCODINGS if name in weights and (not weights[name] or weights[name].strip("0."))), "")


class CompressionMiddleware:
    """Brotli, else gzip, as the browser accepts.

    Not in the admin: its pages hold a form token beside words that a stranger could have chosen, and the length of the compressed
    page would tell of the token (BREACH). Public pages hold no secret.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 304 and not request.path.startswith("/admin"):
            patch_vary_headers(response, ["Accept-Encoding"])  # as the page that it stands for
        if (
            request.path.startswith("/admin")
            or (KEEPS in request.META and getattr(response, "is_same_for_all", False))
            or response.streaming
            or len(response.content) < SHORTEST
            or response.has_header("Content-Encoding")
            or not COMPRESSIBLE.match(response.headers.get("Content-Type", ""))
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        encoding = accepted(request.headers.get("Accept-Encoding", ""))
        if encoding == "br":
            self._encode(response, "br", brotli.compress(response.content, quality=BROTLI_QUALITY))
        elif encoding == "gzip":
            self._encode(response, "gzip", gzip.compress(response.content, compresslevel=6, mtime=0))
        return response

    @staticmethod
    def _encode(response: HttpResponse, name: str, content: bytes) -> None:
        response.content = content
        response.headers["Content-Encoding"] = name
        response.headers["Content-Length"] = str(len(content))
        etag = response.headers.get("ETag")
        if etag and etag.startswith('"'):
            # The tag names the page, not the bytes of one encoding.
            response.headers["ETag"] = f"W/{etag}"
