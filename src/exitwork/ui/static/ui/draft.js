/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * No typed word is lost: a form with data-draft-url is sent there as it stands, at most 3 seconds
 * after a pause and when a field is left. Nothing is stored in the browser; the open form keeps
 * the words and tries again.
 */
const PAUSE = 2000;
const FIRST_RETRY = 4000;
const LONGEST_RETRY = 60000;
const TOO_LARGE = 413;
const TOKEN = "once"; // goes along, so that words already sent are not kept as a draft again

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft-url]")) new Draft(form);
}

class Draft {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    this.kept = this.content();
    this.retry = FIRST_RETRY;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("focusout", () => this.later(0));
    form.addEventListener("submit", () => this.stop());
    window.addEventListener("online", () => this.later(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.atOnce());
  }

  content() {
    const fields = new FormData(this.form);
    fields.delete(TOKEN);
    const words = new URLSearchParams();
    for (const [name, value] of fields) if (typeof value === "string") words.append(name, value);
    return words.toString();
  }

  withToken(content) {
    const token = this.form.elements.namedItem(TOKEN)?.value ?? "";
    return token ? `${content}&${TOKEN}=${encodeURIComponent(token)}` : content;
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }

  atOnce() {
    if (!this.stopped && this.content() !== this.kept) this.send({ keepalive: true });
  }

  async send(more = {}) {
    const content = this.content();
    if (this.stopped || content === this.kept) return;
    if (this.sending) return this.later(PAUSE);
    this.sending = true;
    try {
      const answer = await fetch(this.form.dataset.draftUrl, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "fetch", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        body: this.withToken(content),
        ...more,
      });
      if (answer.ok) this.done(content);
      else if (answer.status === TOO_LARGE) this.say((await answer.json()).refused ?? "", true);
      else this.failed(answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403);
    } catch {
      this.failed(false);
    } finally {
      this.sending = false;
    }
  }

  done(content) {
    this.kept = content;
    this.retry = FIRST_RETRY;
    const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.say(`${this.line?.dataset.savedText ?? ""} ${now}`, false);
    if (this.content() !== content) this.later(PAUSE);
    document.dispatchEvent(new CustomEvent("exitwork:heard"));
  }

  failed(expired) {
    this.say((expired ? this.line?.dataset.expiredText : this.line?.dataset.unsavedText) ?? "", true);
    this.later(this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
  }

  say(words, bad) {
    if (!this.line) return;
    this.line.textContent = words.trim();
    this.line.classList.toggle("unsaved", bad);
  }
}
