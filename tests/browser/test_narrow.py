"""What stands in a narrow place keeps together: the header of a small telephone with large text, facts beside a document."""

import pytest


def test_telephone_and_language_share_a_row_on_a_small_screen_with_large_text(open_page, site):
    page = open_page(width=320, height=640)
    page.context.add_cookies([{"name": "text_size", "value": "200", "url": site.url}])
    page.goto("/members")
    tops = [page.locator(part).bounding_box()["y"] for part in (".utility__links", ".language")]
    assert tops[0] == tops[1]
    assert page.locator(".menu-button").bounding_box()["y"] < 320


# The boxes of each dot and each file size, from where the line of facts begins.
BROKEN_FACTS = """() => {
  const broken = [];
  for (const facts of document.querySelectorAll(".documents__facts")) {
    const walker = document.createTreeWalker(facts, NodeFilter.SHOW_TEXT), start = facts.getBoundingClientRect().left;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const dot = node.data.indexOf("·"), range = document.createRange();
      if (dot < 0) continue;
      range.setStart(node, dot); range.setEnd(node, dot + 1);
      if (range.getBoundingClientRect().left - start < 2) broken.push(facts.textContent);
    }
    const [kind, size] = [...facts.querySelectorAll("bdi")].map((part) => part.getBoundingClientRect());
    if (Math.abs(kind.top - size.top) > 4) broken.push(facts.textContent);
  }
  return broken;
}"""


@pytest.mark.parametrize("prefix", ["", "/km", "/zh-hant"])
def test_no_line_of_a_documents_facts_begins_with_a_dot_or_breaks_its_size(open_page, prefix):
    page = open_page()
    page.goto(f"{prefix}/privacy")
    assert page.locator(".documents__facts").count() == 11
    assert page.evaluate(BROKEN_FACTS) == []
