"""What a first visit to a plan page fetches: the bytes that the browser itself has counted, as they came over the wire."""

import pytest

from tests.browser.matrix import WIDTHS

BUDGET = 30 * 1024  # bytes, compressed


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "address", ["/health-plans/medi-cal", "/health-plans/la-care-covered/how-to-enroll", "/ar/health-plans/medi-cal"]
)
def test_a_plan_page_read_to_its_end(open_page, address, width):
    """With the pictures that are fetched only on the way down, and those that the stylesheet names."""
    page = open_page(width=width)
    fetched = []
    page.on("requestfinished", lambda request: fetched.append(request))
    page.goto(address)
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    sizes = {request.url: request.sizes()["responseBodySize"] for request in fetched}
    assert {url.rpartition(".")[2] for url in sizes} >= {"css", "js", "svg"}
    assert min(sizes.values()) > 0, sizes
    assert sum(sizes.values()) <= BUDGET, sizes
