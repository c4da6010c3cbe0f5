"""Compresses what is made for each request; static files are compressed when they are collected (WhiteNoise)."""

import gzip
import re

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

COMPRESSIBLE = re.compile(r"text/|application/(xml|json|ld\+json|manifest\+json|javascript)|image/svg\+xml")
SHORTEST = 500  # bytes; below that there is little to gain
BROTLI_QUALITY = 5  # 11 gains another tenth and takes a hundred times as long


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
            or response.streaming
            or len(response.content) < SHORTEST
            or response.has_header("Content-Encoding")
            or not COMPRESSIBLE.match(response.headers.get("Content-Type", ""))
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        accepted = {part.partition(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
        if "br" in accepted:
            self._encode(response, "br", brotli.compress(response.content, quality=BROTLI_QUALITY))
        elif "gzip" in accepted:
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
