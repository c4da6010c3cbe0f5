"""How high the places are that answer to a tap, as a finger meets them: what the browser says lies under each point."""

import pytest

from tests.browser.matrix import ALL, LANGUAGES, WIDTHS, go, in_language

# Everything to tap or press: how many rows of pixels through its middle answer, whether it stands alone on its line, and what it is.
TAPS = """() => {
  const isInline = (one) => getComputedStyle(one).display.startsWith("inline");
  const lineOf = (one) => { while (isInline(one)) one = one.parentElement; return one; };
  const standsAlone = (one) => {
    const line = lineOf(one), texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.data.trim() && !one.contains(text) && lineOf(text.parentElement) === line) return false;
    }
    return true;
  };
  const rows = (one) => {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const [box] = [...one.getClientRects()].sort((a, b) => b.width - a.width);
    const x = box.left + box.width / 2, middle = Math.round(box.top + box.height / 2);
    const answers = (row) => {
      const hit = document.elementFromPoint(x, row);
      return hit && (one.contains(hit) || hit.closest("label")?.control === one);
    };
    let [first, last] = [middle, middle];
    while (answers(first) && last - first < 60) first -= 1;
    while (answers(last) && last - first < 60) last += 1;
    return last - first - 1;
  };
  return [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")]
    .filter((one) => one.checkVisibility() && !one.matches(".skip-link, [aria-hidden=true]") && !one.closest("dialog"))
    .map((one) => ({ rows: rows(one), alone: standsAlone(one), html: one.outerHTML.slice(0, 150) }));
}"""
ALONE, IN_A_TEXT = 44, 24  # CSS pixels: what we promise a finger, and what WCAG 2.2 asks of everything (2.5.8)

FEW = ("/", "/health-plans/medi-cal", "/members/interpreter-card", "/search?q=medi-cal")
LOOKS = [pytest.param("en", width, FEW, id=f"en-{width}") for width in WIDTHS] + [
    pytest.param(code, width, ALL, id=f"{code}-{width}-all", marks=pytest.mark.audit) for code in LANGUAGES for width in WIDTHS
]


@pytest.mark.parametrize(("code", "width", "paths"), LOOKS)
def test_a_finger_meets_what_it_aims_at(open_page, code, width, paths):
    # High enough that a panel which stays in sight has room.
    page = open_page(width=width, height=2000)
    found = []
    for path in paths:
        go(page, in_language(path, code))
        page.eval_on_selector_all("main details, .notice details", "all => all.forEach(one => (one.open = true))")
        taps = page.evaluate(TAPS)
        assert len(taps) > 20
        small = [tap for tap in taps if tap["rows"] < (ALONE if tap["alone"] else IN_A_TEXT)]
        found += [f"{path}: {tap['rows']} pixels{' alone on its line' * tap['alone']}: {tap['html']}" for tap in small]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["/es/members/id-card", "/es/providers/request-information"])  # a link, and a button of a form
def test_the_way_to_the_english_stands_alone_and_is_as_high_as_a_finger(open_page, path):
    page = open_page(width=320, height=2000)
    page.goto(path)
    [tap] = [tap for tap in page.evaluate(TAPS) if "translation-note__english" in tap["html"]]
    assert tap["alone"] and tap["rows"] >= ALONE


def test_what_is_too_small_is_found(open_page):
    page = open_page()
    page.goto("/members/id-card")
    page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('beforeend',
            '<p>Call <small><a href="tel:1" class="planted">1</a></small> now.</p><p><a href="tel:1" class="planted">1</a></p>');
          document.querySelectorAll('.planted').forEach((one) => (one.style.padding = 0));
        }"""
    )
    planted = [tap for tap in page.evaluate(TAPS) if "planted" in tap["html"]]
    assert [tap["alone"] for tap in planted] == [False, True]
    assert planted[0]["rows"] < IN_A_TEXT and planted[1]["rows"] < ALONE
