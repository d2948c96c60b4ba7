/* Keeps the panel “Wat nog mist en opvalt” up to date while somebody fills in the form of a practice.

   Without this script the page shows the same report after saving. Everything is found anew at each
   step: autosave replaces the panel and the rows of the form while the page is open. */
(() => {
  "use strict";

  const PAUSE = 1000; // ms without a change before a new report is asked for
  const LATER = 15000; // ms to wait after a refusal or a failure
  const WIDE = 1200; // px from which the panel stands beside the form
  const FOCUSABLE = ["[contenteditable=true]", "input:not([type=hidden]), textarea, select", "button"];

  let timer = 0;
  let running = null;
  let sent = "";

  const panel = () => document.querySelector("[data-checks]");
  const form = () => document.querySelector("form[data-edit-form]");

  function values() {
    const data = new FormData(form());
    for (const [name, value] of [...data]) {
      if (value instanceof File || name.startsWith("comments-")) data.delete(name);
    }
    return new URLSearchParams(data);
  }

  function plan(wait = PAUSE) {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  async function ask() {
    const url = panel()?.dataset.checksUrl;
    if (!url || !form()) return;
    const body = values();
    if (body.toString() === sent) return;
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(url, { method: "POST", body, signal: running.signal });
      if (response.ok && !response.redirected) {
        sent = body.toString();
        show(await response.text());
      } else if (response.status === 429) {
        plan(LATER);
      }
    } catch (error) {
      if (error.name !== "AbortError") plan(LATER);
    }
  }

  /* Show a report, and leave alone what somebody is writing in the panel. */
  function show(html) {
    const root = panel();
    const place = root?.querySelector("[data-checks-report]");
    if (!place) return;
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    const written = new Map();
    for (const details of place.querySelectorAll("details[data-rule][open]")) {
      written.set(details.dataset.rule, details.querySelector("textarea").value);
    }
    place.innerHTML = html;
    for (const [rule, text] of written) {
      const details = place.querySelector(`details[data-rule="${rule}"]`);
      if (!details) continue;
      details.open = true;
      details.querySelector("textarea").value = text;
    }
    if (focused) document.getElementById(focused)?.focus();
    prepare(root);
  }

  /* What is told of the report outside of it, and the buttons that need this script. */
  function prepare(root) {
    const report = root.querySelector("[data-count]");
    if (!report) return;
    say(root, report.dataset.status);
    const counter = document.querySelector(
      "[data-side-panel-toggle=practice-checks] [data-side-panel-toggle-counter]",
    );
    if (counter) {
      counter.textContent = report.dataset.count;
      counter.hidden = report.dataset.count === "0";
    }
    for (const button of root.querySelectorAll("[data-checks-refer]")) button.hidden = false;
  }

  function say(root, text) {
    const status = root.querySelector("[data-checks-status]");
    if (status.textContent !== text) status.textContent = text;
  }

  /* Open the tab of a field and put the focus in it; in a list, in the row that has the text. */
  function go(link) {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return false;
    const tab = target.closest("[role=tabpanel]");
    if (tab) document.getElementById(tab.getAttribute("aria-labelledby"))?.click();
    const field = target.closest("[data-contentpath]") ?? target.closest("[data-panel]") ?? target;
    const text = link.dataset.text;
    const rows = text ? [...field.querySelectorAll("input:not([type=hidden]), textarea")] : [];
    const row = rows.find((one) => one.value.includes(text));
    const own = FOCUSABLE.some((one) => target.matches(one)) ? target : null;
    const focus = row ?? own ?? FOCUSABLE.map((one) => field.querySelector(one)).find(Boolean);
    if (window.innerWidth < WIDE) document.querySelector("[data-form-side-close-button]")?.click();
    requestAnimationFrame(() => {
      (focus ?? field).focus();
      (focus ?? field).scrollIntoView({ block: "center" });
      if (row?.setSelectionRange && row.type !== "number" && row.type !== "email") {
        const start = row.value.indexOf(text);
        row.setSelectionRange(start, start + text.length);
      }
    });
    return true;
  }

  /* Add a row to the links of the practice; where there can be none, copy the address. */
  function refer(button) {
    const root = panel();
    const add = document.getElementById("id_links-ADD");
    const url = button.dataset.checksRefer;
    const known = [...document.querySelectorAll("#id_links-FORMS input[name$='-url']")];
    if (!add || add.disabled) {
      navigator.clipboard?.writeText(url).then(() => say(root, root.dataset.checksCopied));
      return;
    }
    if (!known.some((input) => input.value === url && !isRemoved(input))) {
      add.click();
      const inputs = [...document.querySelectorAll("#id_links-FORMS input[name$='-url']")];
      fill(inputs.at(-1), url);
      const titles = [...document.querySelectorAll("#id_links-FORMS input[name$='-title']")];
      fill(titles.at(-1), button.dataset.title.slice(0, titles.at(-1).maxLength));
    }
    button.disabled = true;
    say(root, root.dataset.checksAdded);
    plan();
  }

  function isRemoved(input) {
    const name = input.name.replace(/-url$/, "-DELETE");
    return document.querySelector(`[name="${name}"]`)?.value === "1";
  }

  function fill(input, value) {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* Send a reason with what the form holds now; the answer is a new report. */
  async function overrule(event) {
    const own = event.target;
    event.preventDefault();
    const body = values();
    for (const [name, value] of new FormData(own, event.submitter)) body.set(name, value);
    try {
      const response = await fetch(own.action, { method: "POST", body });
      const is_report = response.ok || response.status === 400;
      if (!is_report || response.redirected) return;
      own.closest("details")?.removeAttribute("open");
      sent = "";
      show(await response.text());
      const wrong = panel().querySelector("[aria-invalid=true]");
      (wrong ?? panel().querySelector("[data-checks-status]")).focus();
    } catch {
      own.submit();
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-checks-go]");
    if (link && go(link)) event.preventDefault();
    const button = event.target.closest("[data-checks-refer]");
    if (button) refer(button);
    if (event.target.closest("form[data-edit-form] button")) plan();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-checks-overrule]") && form()) overrule(event);
  });
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => {
      if (event.target.closest("form[data-edit-form]")) plan();
    });
  }
  for (const name of ["w-unsaved:add", "w-autosave:success"]) {
    document.addEventListener(name, () => plan());
  }
  window.addEventListener("load", () => {
    const root = panel();
    if (!root) return;
    prepare(root);
    // Beside the form from the start, until somebody closes it or chooses another panel.
    let chosen = "";
    try {
      chosen = localStorage.getItem("wagtail:side-panel-open");
    } catch {
      // Without storage nothing was chosen that could be known.
    }
    if (chosen === null && window.innerWidth >= WIDE) {
      root.closest("[data-side-panel]")?.dispatchEvent(new CustomEvent("open"));
    }
  });
})();
