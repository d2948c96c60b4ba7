/* Offers names while somebody types in a search box (ARIA combobox with a list).

   Without this script the box is a plain field of a plain form. */
(() => {
  "use strict";

  const PAUSE = 120; // ms without a key before offers are asked for
  const LEAST = 2; // letters

  function attach(field) {
    const list = document.createElement("ul");
    const told = document.createElement("span");
    let offers = [];
    let active = -1;
    let timer = 0;
    let running = null;

    list.id = `${field.id}-aanbod`;
    list.className = "completion";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.offers);
    told.className = "visually-hidden";
    told.setAttribute("aria-live", "polite");
    field.after(list, told);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    close();

    function close() {
      list.hidden = true;
      active = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function show(found) {
      offers = found;
      active = -1;
      field.removeAttribute("aria-activedescendant");
      list.replaceChildren(...offers.map(option));
      list.hidden = offers.length === 0;
      field.setAttribute("aria-expanded", String(!list.hidden));
      told.textContent = offers.length ? `${offers.length} ${field.dataset.offers}` : "";
    }

    function option(offer, place) {
      const item = document.createElement("li");
      const kind = document.createElement("span");
      item.id = `${list.id}-${place}`;
      item.className = "completion__offer";
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.append(`${offer.label} `);
      kind.className = "completion__kind";
      kind.textContent = offer.kind;
      item.append(kind);
      item.addEventListener("click", () => go(place));
      return item;
    }

    function mark(place) {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = place;
      const item = list.children[active];
      if (!item) {
        field.removeAttribute("aria-activedescendant");
        return;
      }
      item.setAttribute("aria-selected", "true");
      item.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", item.id);
    }

    function go(place) {
      window.location.assign(offers[place].url);
    }

    async function ask() {
      running?.abort();
      const text = field.value.trim();
      if (text.length < LEAST) {
        show([]);
        return;
      }
      running = new AbortController();
      try {
        const address = `/aanvullen.json?${new URLSearchParams({ q: text })}`;
        const response = await fetch(address, { signal: running.signal });
        if (response.ok && document.activeElement === field) show((await response.json()).offers);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    field.addEventListener("blur", close);
    // The field keeps the focus when an offer is pressed, so that it is not gone before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) {
        close();
        event.preventDefault();
      } else if (event.key === "Enter" && !list.hidden && active >= 0) {
        event.preventDefault();
        go(active);
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && offers.length) {
        event.preventDefault();
        list.hidden = false;
        field.setAttribute("aria-expanded", "true");
        const step = event.key === "ArrowDown" ? 1 : -1;
        // One place more than there are offers: none of them, back in the field.
        const places = offers.length + 1;
        mark(((active + 1 + step + places) % places) - 1);
      }
    });
  }

  for (const field of document.querySelectorAll("input[data-offers]")) attach(field);
})();

/* Remembers the municipality of a searcher in this browser, for who asks for that, and fills it in.

   What was remembered is only filled in the field: nobody sees other results than the address says.
   Without this script the question is asked each time. */
(() => {
  "use strict";

  const KEY = "wegwijzer-gemeente";

  /* A browser may forbid to keep anything. */
  function kept(action) {
    try {
      return action(window.localStorage);
    } catch {
      return null;
    }
  }

  const remembered = () => kept((storage) => storage.getItem(KEY));

  function show() {
    const field = document.getElementById("mijn");
    if (field && !field.value) field.value = remembered() ?? "";
    const button = document.querySelector("[data-remember]");
    if (button && remembered() !== button.dataset.remember) button.hidden = false;
  }

  function remember(button) {
    const name = button.dataset.remember;
    kept((storage) => storage.setItem(KEY, name));
    if (remembered() !== name) return;
    button.textContent = button.dataset.done;
    button.setAttribute("aria-disabled", "true");
  }

  let names = null;

  /* The names of all municipalities, once somebody comes to the field. */
  async function offerNames(field) {
    names ??= fetch("/gemeenten.json").then((response) => response.json());
    try {
      const options = (await names).namen.map((name) => new Option("", name));
      if (!field.list.options.length) field.list.replaceChildren(...options);
    } catch {
      names = null;
    }
  }

  document.addEventListener("focusin", ({ target }) => {
    if (target.id === "mijn") offerNames(target);
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-remember]");
    if (button) remember(button);
    if (target.closest("[data-forget]")) kept((storage) => storage.removeItem(KEY));
  });
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
