// Says how long the officer's key stays unlocked, keeps it so while somebody works, and leaves the page when it locks.
document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector("[data-locks-in]");
  if (!bar) return;
  const lasts = Number(bar.dataset.locksIn) * 1000;
  const words = bar.querySelector("[data-remaining]");
  const token = bar.querySelector("[name=csrfmiddlewaretoken]").value;
  let endsAt = Date.now() + lasts;
  let asked = Date.now();

  const stay = async () => {
    if (Date.now() - asked < 60_000) return;
    asked = Date.now();
    const answer = await fetch(bar.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token } });
    if (answer.status === 204) endsAt = asked + lasts;
  };

  const count = () => {
    const left = endsAt - Date.now();
    if (left <= 0) location.replace(bar.dataset.locked);
    const minutes = Math.ceil(left / 60_000);
    const text = `It locks in ${minutes} minute${minutes === 1 ? "" : "s"}, unless you do something here.`;
    if (words.textContent !== text) words.textContent = text;
    words.setAttribute("role", minutes <= 2 ? "status" : "presentation");
  };

  for (const kind of ["input", "keydown", "click"]) document.addEventListener(kind, stay);
  setInterval(count, 1000);
  count();
});
