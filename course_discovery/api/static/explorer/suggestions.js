// Suggestions under the search box: a combobox with a list of links, as the WAI-ARIA Authoring
// Practices describe it. Without this script the form searches all the same.
(() => {
  "use strict";
  const form = document.querySelector("form[data-suggestions]");
  if (!form) return;
  const box = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const PAUSE = 120; // milliseconds without a key before anybody is asked
  let timer, asked, chosen = -1;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const options = () => [...list.children];

  function choose(place) {
    const all = options();
    chosen = all.length ? (place + all.length + 1) % (all.length + 1) : -1;
    if (chosen === all.length) chosen = -1; // between the last and the first is the box itself
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) {
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(({ title, note, url }, at) => {
      const option = document.createElement("li");
      const small = document.createElement("small");
      small.textContent = note;
      option.append(title, small);
      option.id = `suggestion-${at}`;
      option.dataset.url = url;
      option.setAttribute("role", "option");
      return option;
    }));
    list.hidden = !suggestions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = suggestions.length
      ? form.dataset.some + suggestions.length
      : form.dataset.none;
    choose(-1);
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const typed = box.value.trim();
    if (typed.length < 2) return close();
    try {
      const query = new URLSearchParams({ q: typed });
      const answer = await fetch(`${form.dataset.suggestions}?${query}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
      else close();
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else if (event.key === "ArrowDown") choose(chosen + 1);
      else choose(chosen < 0 ? options().length - 1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  box.addEventListener("blur", close);
  // Before the box loses the focus, and the list with it.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) location.assign(option.dataset.url);
  });
})();
