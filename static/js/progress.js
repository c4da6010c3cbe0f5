/* Shows how far a task of the worker is, and its result when it is done. Without this script the page loads itself again. */
(() => {
  const SECOND = 1000;
  const look = async () => {
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.querySelector("main");
      if (answer.ok && main && !main.querySelector("[data-progress]")) {
        document.querySelector("main").replaceWith(main);
        main.focus();
        return;
      }
      for (const id of ["progress", "progress-rows"]) {
        const fresh = page.getElementById(id);
        const shown = document.getElementById(id);
        if (!fresh) continue;
        if (id === "progress" && fresh.max > 1) [shown.max, shown.value] = [fresh.max, fresh.value];
        if (shown.textContent !== fresh.textContent) shown.textContent = fresh.textContent;
      }
    } catch {
      /* The connection may come back. */
    }
    setTimeout(look, SECOND);
  };
  setTimeout(look, SECOND);
})();
