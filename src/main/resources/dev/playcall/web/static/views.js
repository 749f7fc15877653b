// Filters that somebody uses often, kept in this browser under a name.
"use strict";
(() => {
  const box = document.getElementById("views");
  const path = box.dataset.page;
  const kept = () => { try { return JSON.parse(localStorage.getItem("views" + path)) ?? []; } catch { return []; } };
  const keep = (views) => { localStorage.setItem("views" + path, JSON.stringify(views)); show(); };
  const query = () => {
    const all = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name, value]) => value && name !== "cursor" && name !== "page"));
    all.sort();
    return all.toString();
  };
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.className = "small";
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };
  const show = () => {
    const views = kept();
    const now = query();
    box.replaceChildren(...views.map((view) => {
      const link = document.createElement("a");
      link.className = "chip";
      link.href = path + "?" + view.query;
      link.textContent = view.name;
      if (view.query === now) link.setAttribute("aria-current", "true");
      return link;
    }));
    if (!now) return;
    const mine = views.find((view) => view.query === now);
    box.append(mine
      ? button("Forget " + mine.name, "", () => keep(views.filter((view) => view !== mine)))
      : button("Save this view", "", ask));
  };
  const ask = () => {
    const form = document.createElement("form");
    const name = document.createElement("input");
    name.maxLength = 40;
    name.required = true;
    name.placeholder = "Name of the view";
    name.setAttribute("aria-label", "Name of the view");
    form.className = "finder";
    form.append(name, Object.assign(document.createElement("button"), { textContent: "Save", className: "small" }));
    form.addEventListener("submit", (submit) => {
      submit.preventDefault();
      const said = name.value.trim();
      if (said) keep([...kept().filter((view) => view.name !== said), { name: said, query: query() }]);
    });
    box.lastElementChild.replaceWith(form);
    name.focus();
  };
  show();
})();
