"""A crawl in the browser: no breach of the policy, no error, no request to another host (pages.py watches), and no cookie."""

from tests.browser.matrix import ALL, go


def test_pages_leave_nothing_behind(open_page):
    page = open_page()
    for path in ALL:
        go(page, path)
        page.mouse.wheel(0, 20_000)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_watch_sees_what_it_is_for(open_page, site):
    page = open_page()
    page.goto("/")
    page.watch.expected += ["another host", "Content Security Policy", "Refused", "ERR_", "planted"]
    page.evaluate(
        """() => {
          const image = new Image(); image.src = 'https://elsewhere.invalid/x.png'; document.body.append(image);
          const script = document.createElement('script'); script.textContent = 'window.planted = 1'; document.body.append(script);
          console.error('planted');
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.planted === undefined")
    assert page.watch.policy_violations
    assert any("planted" in error for error in page.watch.errors)
