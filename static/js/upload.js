/* Shows how far a file is on its way. Without this script the same forms send it just as well. */
(() => {
  const watch = (form) => {
    const file = form.querySelector("input[type=file]");
    const progress = form.querySelector("progress");
    const button = form.querySelector("button");
    const complain = (text) => {
      const line = form.querySelector("[data-upload-fault]");
      line.textContent = text;
      line.parentElement.hidden = false;
      file.setAttribute("aria-invalid", "true");
      file.focus();
      progress.hidden = true;
      button.disabled = false;
    };
    form.addEventListener("submit", (event) => {
      if (!file.files.length) return;
      event.preventDefault();
      if (file.files[0].size > Number(form.dataset.largest)) {
        complain(form.dataset.tooLarge);
        return;
      }
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.responseType = "document";
      request.upload.addEventListener("progress", (sent) => {
        if (sent.lengthComputable) progress.value = (100 * sent.loaded) / sent.total;
      });
      request.addEventListener("error", () => complain(form.dataset.broken));
      request.addEventListener("load", () => {
        const main = request.status === 200 && request.response && request.response.querySelector("main");
        if (!main) {
          complain(form.dataset.broken);
          return;
        }
        const place = form.closest("section").id;
        document.querySelector("main").replaceWith(main);
        main.querySelectorAll("form[data-upload]").forEach(watch);
        (main.querySelector(".faults") || document.getElementById(place) || main).focus();
      });
      progress.hidden = false;
      button.disabled = true;
      request.send(new FormData(form));
    });
  };
  document.querySelectorAll("form[data-upload]").forEach(watch);
})();
