/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Single keys, which can be switched off (body data-keys="off", WCAG 2.1.4), and the quick lock:
 * Escape twice within half a second blanks the page and asks for the sign-in again.
 */
const TWICE = 500;
const CHORD = 1200;

export function listenToKeys() {
  lockOnEscapeTwice();
  if (document.body.dataset.keys !== "on") return;
  let goes = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (Date.now() - goes < CHORD && go(event)) return;
    goes = event.key === "g" ? Date.now() : 0;
    single(event);
  });
}

function isTyping(element) {
  return element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName) || element.closest("dialog");
}

function single(event) {
  const keys = document.getElementById("keys");
  const search = document.getElementById("search-words");
  const quick = document.querySelector("[data-key='n']");
  if (event.key === "?" && keys) keys.showModal();
  else if (event.key === "/" && search) search.focus();
  else if (event.key === "n" && quick) quick.click();
  else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
}

function go(event) {
  const place = document.querySelector(`.places [data-go="${CSS.escape(event.key)}"]`);
  if (!place) return false;
  event.preventDefault();
  place.click();
  return true;
}

function step(by) {
  const lines = [...document.querySelectorAll("main tbody a, main .entries a, main .attention-list a")];
  const here = lines.indexOf(document.activeElement);
  lines.at(here < 0 ? (by > 0 ? 0 : -1) : Math.min(Math.max(here + by, 0), lines.length - 1))?.focus();
}

function lockOnEscapeTwice() {
  const form = document.getElementById(document.body.dataset.lock ?? "");
  if (!form) return;
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      last = 0;
      return;
    }
    if (Date.now() - last > TWICE) {
      last = Date.now();
      return;
    }
    document.title = "\u00a0";
    document.documentElement.classList.add("locked");
    form.submit();
  });
}
