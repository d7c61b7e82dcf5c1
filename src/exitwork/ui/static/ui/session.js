/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Two minutes before the session ends the page says so; every saved draft is a sign of life. */
const BEFORE = 120;

export function warnBeforeTheEnd() {
  const seconds = Number(document.body.dataset.expiresIn ?? 0);
  const warning = document.getElementById("session-warning");
  if (!seconds || !warning) return;
  let timer;
  const again = () => {
    clearTimeout(timer);
    warning.hidden = true;
    timer = setTimeout(() => (warning.hidden = false), Math.max(seconds - BEFORE, 1) * 1000);
  };
  document.addEventListener("exitwork:heard", again);
  warning.querySelector("[data-stay]")?.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch(event.target.href, { credentials: "same-origin", redirect: "manual" });
    if (answer.ok) again();
  });
  again();
}
