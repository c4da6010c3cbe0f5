/* Three conveniences; every one of them has a way that works without this script. */
(() => {
  const page = document;

  // The menu and the language list close by Esc and by a click elsewhere.
  const lists = () => page.querySelectorAll(".menu__section[open], .language[open]");
  page.addEventListener("click", (event) => {
    lists().forEach((list) => {
      if (!list.contains(event.target)) list.open = false;
    });
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    lists().forEach((list) => {
      if (list.contains(page.activeElement)) list.firstElementChild.focus();
      list.open = false;
    });
  });

  // The telephone directory opens over the page; without a dialog its link leads to its own page.
  const dialog = page.getElementById("directory-dialog");
  page.querySelectorAll("a[data-dialog]").forEach((link) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !dialog || !dialog.showModal) return;
      event.preventDefault();
      dialog.showModal();
    });
  });

  // The visitor's own language, when it is another than the page's.
  const offer = page.querySelector("[data-language-offer]");
  const tongues = [...page.querySelectorAll(".language__link")];
  const wanted = (navigator.languages || []).map((code) => code.toLowerCase().replace(/^fil/, "tl").replace(/^zh.*/, "zh-hant"));
  const known = wanted.map((code) => tongues.find((link) => code.split("-")[0] === link.lang.toLowerCase().split("-")[0])).find(Boolean);
  if (offer && known && !known.hasAttribute("aria-current")) {
    offer.href = known.href;
    offer.lang = offer.hreflang = known.lang;
    offer.dir = known.dir;
    offer.textContent = known.textContent;
    offer.hidden = false;
  }
})();
