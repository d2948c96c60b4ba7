/* Keeps a searcher where they are while htmx puts new results and counts in place.

   Without this script, or without htmx, the form and its links are plain ones. */
(() => {
  "use strict";

  const results = () => document.getElementById("uitkomst");
  const choices = () => document.getElementById("keuzes");
  let before = null;

  const facets = () => [...choices().querySelectorAll("details")];
  const nameOf = (facet) => facet.querySelector("legend").textContent;

  /* Says which one something is among the choices, before and after a swap alike. */
  function placeOf(one) {
    const facet = one.closest("details");
    const isBelow = Boolean(one.closest("#keuzes-tonen"));
    return [one.tagName, one.name, one.value, facet ? nameOf(facet) : "", isBelow].join("|");
  }

  /* What a swap would lose: which facets are unfolded, and where the focus is. */
  function remember() {
    const focused = document.activeElement;
    before = {
      total: Number(results().dataset.total),
      open: new Map(facets().map((facet) => [nameOf(facet), facet.open])),
      focused: focused.closest("#keuzes, #uitkomst, #keuzes-tonen, #eigen-gemeente") ? placeOf(focused) : "",
    };
  }

  function restore() {
    if (!before) return;
    for (const facet of facets()) facet.open = before.open.get(nameOf(facet)) ?? facet.open;
    if (before.focused) focusOn(before.focused);
    tell(Number(results().dataset.total) - before.total);
    before = null;
  }

  function focusOn(place) {
    const every = document.querySelectorAll(":is(#keuzes, #keuzes-tonen, #eigen-gemeente) :is(a, button, input:not([type=hidden]), summary)");
    const same = [...every].find((one) => placeOf(one) === place);
    // What was pressed may be gone, a chosen condition for instance.
    (same || document.getElementById("resultaten")).focus({ preventScroll: Boolean(same) });
  }

  /* One sentence for who listens: "37 praktijken, 4 minder". */
  function tell(difference) {
    const told = document.getElementById("melding");
    const heading = document.getElementById("resultaten").firstChild.textContent.trim();
    const words = difference > 0 ? told.dataset.more : told.dataset.fewer;
    told.textContent = difference ? `${heading}, ${words.replace("…", Math.abs(difference))}` : heading;
  }

  // On a phone the choices cover the page: who tabs on goes back to what can be seen.
  document.getElementById("filters").addEventListener("focusout", ({ currentTarget: filters, relatedTarget: next }) => {
    if (next && !filters.contains(next) && filters.matches(":popover-open")) filters.hidePopover();
  });
  document.addEventListener("submit", (event) => {
    const filters = document.getElementById("filters");
    if (event.target.id === "zoekformulier" && filters.matches(":popover-open")) filters.hidePopover();
  });
  document.addEventListener("htmx:beforeSwap", remember);
  document.addEventListener("htmx:afterSettle", restore);
  // The plain way works where the other one failed.
  for (const failed of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failed, () => document.getElementById("zoekformulier").submit());
  }
})();
