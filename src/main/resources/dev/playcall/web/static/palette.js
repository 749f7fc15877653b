// The command palette (Ctrl+K): what the page Search finds, while one types; and the keyboard shortcuts (?).
"use strict";
(() => {
  const SHORTCUTS = [["Ctrl+K or /", "search and go to"], ["?", "show these shortcuts"], ["g o", "operations"], ["g a", "alerts"],
    ["g r", "runs"], ["g q", "queue"], ["g i", "inventory"], ["Esc", "close"]];
  const GO = { o: "/", a: "/alerts", r: "/runs", q: "/queue", i: "/inventory" };
  const make = (name, props = {}, ...children) => {
    const made = Object.assign(document.createElement(name), props);
    made.append(...children);
    return made;
  };
  const show = (dialog) => {
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (click) => { if (click.target === dialog) dialog.close(); });
    dialog.showModal();
  };
  const isOpen = () => document.querySelector("dialog.palette[open]");

  const shortcuts = () => {
    const rows = SHORTCUTS.map(([keys, what]) => make("tr", {}, make("td", {}, make("kbd", { textContent: keys })), make("td", { textContent: what })));
    const close = make("button", { className: "small", textContent: "Close" });
    const dialog = make("dialog", { className: "palette", ariaLabel: "Keyboard shortcuts" },
      make("h2", { textContent: "Keyboard shortcuts" }), make("table", {}, make("tbody", {}, ...rows)), close);
    close.addEventListener("click", () => dialog.close());
    show(dialog);
  };

  const palette = () => {
    const input = make("input", { type: "search", placeholder: "Run number, host, playbook, page", ariaLabel: "Search", autocomplete: "off", spellcheck: false });
    const list = make("ul", { className: "list results" });
    const dialog = make("dialog", { className: "palette", ariaLabel: "Search and go to" }, input, list);
    let asked = 0;
    const choose = (to) => {
      const links = [...list.querySelectorAll("a")];
      const now = links.findIndex((a) => a.classList.contains("chosen"));
      links[now]?.classList.remove("chosen");
      const next = links[(to(now) + links.length) % links.length];
      next?.classList.add("chosen");
      next?.scrollIntoView({ block: "nearest" });
    };
    const search = async () => {
      const mine = ++asked;
      const answer = await fetch("/search?q=" + encodeURIComponent(input.value), { headers: { Accept: "text/html" } });
      if (!answer.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...[...page.querySelectorAll("#results > li")].map((li) => document.importNode(li, true)));
      choose(() => 0);
    };
    let wait = 0;
    input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(() => search().catch(() => {}), 120); });
    input.addEventListener("keydown", async (pressed) => {
      if (pressed.key === "ArrowDown" || pressed.key === "ArrowUp") {
        pressed.preventDefault();
        choose((now) => now + (pressed.key === "ArrowDown" ? 1 : -1));
      } else if (pressed.key === "Enter") {
        pressed.preventDefault();
        clearTimeout(wait);
        await search().catch(() => {});
        list.querySelector("a.chosen")?.click();
      }
    });
    show(dialog);
    input.focus();
    search().catch(() => {});
  };

  let going = false;
  document.addEventListener("keydown", (pressed) => {
    if ((pressed.ctrlKey || pressed.metaKey) && pressed.key.toLowerCase() === "k") {
      pressed.preventDefault();
      if (!isOpen()) palette();
      return;
    }
    const typing = pressed.target.closest("input, textarea, select, [contenteditable], .CodeMirror, dialog");
    if (typing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    const to = going ? GO[pressed.key] : undefined;
    going = pressed.key === "g";
    if (to) location.href = to;
    else if (pressed.key === "?") shortcuts();
    else if (pressed.key === "/") { pressed.preventDefault(); palette(); }
  });
})();
