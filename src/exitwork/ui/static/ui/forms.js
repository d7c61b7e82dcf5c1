/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The error summary takes the focus, and leads to its fields; a form is sent once. */

export function showProblems() {
  const summary = document.querySelector(".govuk-error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    const group = field.closest("fieldset") ?? field.closest(".govuk-form-group") ?? field;
    group.scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
}

export function guardForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.dataset.sent === undefined) {
      form.dataset.sent = "";
      return;
    }
    event.preventDefault();
  });
  // Coming back with the browser's own button: the form may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}
