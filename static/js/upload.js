/* Shows how far a file is on its way. Without this script the same forms send it just as well. */
(() => {
  const inputOf = (box) => box.querySelector("input[type=file]");
  const chosenIn = (form) => [...form.querySelectorAll("[data-upload]")].filter((box) => inputOf(box).files.length);
  const able = (form, is) => form.querySelectorAll("button").forEach((button) => (button.disabled = !is));
  const complain = (box, text) => {
    const line = box.querySelector("[data-upload-fault]");
    line.textContent = text;
    line.parentElement.hidden = false;
    inputOf(box).setAttribute("aria-invalid", "true");
    inputOf(box).focus();
    box.querySelector("progress").hidden = true;
    able(box.closest("form"), true);
  };
  const isTooLarge = (box) => {
    const found = inputOf(box).files[0].size > Number(box.dataset.largest);
    if (found) complain(box, box.dataset.tooLarge);
    return found;
  };
  // Puts the answer in the place of the page, with what else is typed and chosen there; gives its <main>.
  const show = (main, place) => {
    for (const field of main.querySelectorAll("textarea")) field.value = document.getElementById(field.id).value;
    for (const old of document.querySelectorAll("main input[type=file]")) {
      const fresh = old.closest("section").id !== place && main.querySelector(`input[type=file][name="${old.name}"]`);
      if (fresh && old.files.length) fresh.replaceWith(old);
    }
    document.querySelector("main").replaceWith(main);
    watchAll();
    (main.querySelector(".faults") || document.getElementById(place) || main).focus();
    return main;
  };
  // A box is a form, or a part of one that holds more; only its own file goes. `then` gets the new page, where the file was kept.
  const send = (box, then) => {
    const form = box.closest("form");
    const progress = box.querySelector("progress");
    const button = box.querySelector("button");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) progress.value = (100 * sent.loaded) / sent.total;
    });
    request.addEventListener("error", () => complain(box, box.dataset.broken));
    request.addEventListener("load", () => {
      // 409 shows what was typed where it cannot be kept any more.
      const main = [200, 409].includes(request.status) && request.response && request.response.querySelector("main");
      if (!main) {
        complain(box, box.dataset.broken);
        return;
      }
      const isKept = request.status === 200 && !main.querySelector(".faults");
      show(main, box.closest("section").id);
      if (isKept && then) then(main);
    });
    progress.hidden = false;
    able(form, false);
    const data = new FormData(form);
    for (const other of form.querySelectorAll("input[type=file]")) if (other !== inputOf(box)) data.delete(other.name);
    if (button.name) data.append(button.name, button.value);
    request.send(data);
  };
  // One file after the other, and then whatever button was pressed: together they may be more than is taken at once.
  const sendAll = (form, pressed) => {
    const [box] = chosenIn(form);
    const button = [...form.querySelectorAll("button")].find(({ name, value }) => name === pressed.name && value === pressed.value);
    if (!box) {
      if (button) button.click();
      return;
    }
    send(box, (main) => sendAll(main.querySelector("form[enctype]"), pressed));
  };
  const watch = (form) => {
    form.addEventListener("submit", (event) => {
      const chosen = chosenIn(form);
      const own = event.submitter && event.submitter.closest("[data-upload]");
      const going = own ? chosen.filter((box) => box === own) : chosen;
      if (!going.length) return;
      if (going.some(isTooLarge)) event.preventDefault();
      else if (own || (event.submitter && going.length > 1)) {
        event.preventDefault();
        if (own) send(own);
        else sendAll(form, event.submitter);
      }
    });
  };
  const watchAll = () => new Set([...document.querySelectorAll("[data-upload]")].map((box) => box.closest("form"))).forEach(watch);
  watchAll();
})();
