/* Shows how far a file is on its way. Without this script the same forms send it just as well. */
(() => {
  // A box is a form, or a part of one that holds more.
  const watch = (box) => {
    const form = box.closest("form");
    const file = box.querySelector("input[type=file]");
    const progress = box.querySelector("progress");
    const button = box.querySelector("button");
    const complain = (text) => {
      const line = box.querySelector("[data-upload-fault]");
      line.textContent = text;
      line.parentElement.hidden = false;
      file.setAttribute("aria-invalid", "true");
      file.focus();
      progress.hidden = true;
      button.disabled = false;
    };
    form.addEventListener("submit", (event) => {
      if (!file.files.length || (event.submitter && !box.contains(event.submitter))) return;
      event.preventDefault();
      if (file.files[0].size > Number(box.dataset.largest)) {
        complain(box.dataset.tooLarge);
        return;
      }
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.responseType = "document";
      request.upload.addEventListener("progress", (sent) => {
        if (sent.lengthComputable) progress.value = (100 * sent.loaded) / sent.total;
      });
      request.addEventListener("error", () => complain(box.dataset.broken));
      request.addEventListener("load", () => {
        // 409 shows what was typed where it cannot be kept any more.
        const main = [200, 409].includes(request.status) && request.response && request.response.querySelector("main");
        if (!main) {
          complain(box.dataset.broken);
          return;
        }
        const place = box.closest("section").id;
        for (const field of main.querySelectorAll("textarea")) field.value = document.getElementById(field.id).value;
        document.querySelector("main").replaceWith(main);
        main.querySelectorAll("[data-upload]").forEach(watch);
        (main.querySelector(".faults") || document.getElementById(place) || main).focus();
      });
      progress.hidden = false;
      button.disabled = true;
      const data = new FormData(form);
      if (button.name) data.append(button.name, button.value);
      request.send(data);
    });
  };
  document.querySelectorAll("[data-upload]").forEach(watch);
})();
