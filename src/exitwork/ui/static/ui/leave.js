/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Leave this page now: the button, or Shift three times within five seconds. The page is blanked
 * first, and replaced in the history of this tab; the browser's own history is not erased.
 */
const TIMES = 3;
const WITHIN = 5000;

export function leaveAtOnce() {
  const box = document.querySelector("[data-module='govuk-exit-this-page']");
  const button = box?.querySelector(".govuk-js-exit-this-page-button");
  if (!button) return;
  const voice = document.createElement("span");
  voice.className = "unseen";
  voice.setAttribute("role", "status");
  box.append(voice);
  let presses = 0;
  let timer;

  const leave = () => {
    document.title = "\u00a0";
    document.documentElement.classList.add("locked");
    window.location.replace(button.href);
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || event.repeat) return;
    presses += 1;
    clearTimeout(timer);
    timer = setTimeout(() => {
      presses = 0;
      voice.textContent = box.getAttribute("data-i18n.timed-out") ?? "";
    }, WITHIN);
    if (presses >= TIMES) return leave();
    voice.textContent = box.getAttribute(presses === 1 ? "data-i18n.press-two-more-times" : "data-i18n.press-one-more-time") ?? "";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = 0;
  });
}
