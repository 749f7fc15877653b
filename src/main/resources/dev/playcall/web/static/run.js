// The tabs of a run's page, and other ways to look at its log: folded by play and task, or only what is about one host or
// what failed. What is picked out is read from the gateway, so that a log of any length is treated alike.
"use strict";
(() => {
  const panels = document.getElementById("panels");
  const tabs = [...document.querySelectorAll(".tabs a")];
  const open = (name) => {
    panels.dataset.tab = name;
    for (const tab of tabs) tab.setAttribute("aria-current", String(tab.hash === "#" + name));
  };
  for (const tab of tabs) {
    tab.addEventListener("click", (click) => {
      click.preventDefault();
      history.replaceState(null, "", tab.hash);
      open(tab.hash.slice(1));
    });
  }

  const root = document.querySelector("[data-run]");
  const base = "/api/v1/runs/" + root.dataset.run + "/log/";
  const all = document.getElementById("lines");
  const picked = document.getElementById("picked");
  const host = document.getElementById("loghost");
  const failures = document.getElementById("failures");
  const fold = document.getElementById("fold");
  const wrap = document.getElementById("wrap");
  const pressed = (button) => button.getAttribute("aria-pressed") === "true";
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  const line = (text, number) => window.playcall.line(text, number);
  let asked = 0;

  const pick = (on) => { picked.hidden = !on; all.hidden = on; };
  const whole = () => {
    asked++;
    host.value = "";
    press(failures, false);
    press(fold, false);
    pick(false);
  };
  const rest = (text, act) => {
    const more = document.createElement("button");
    more.className = "small rest";
    more.textContent = text;
    more.addEventListener("click", () => { more.remove(); act(); });
    return more;
  };
  const note = (text) => {
    const said = document.createElement("p");
    said.className = "rest";
    said.textContent = text;
    return said;
  };
  const ask = async (path) => {
    const answer = await fetch(base + path);
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  };

  // When a task began stands in the events of the run, not in its log.
  const times = document.getElementById("times");
  const menu = document.getElementById("logmenu");
  const began = new Map();
  const looked = new Set();
  let reading = null;
  let read = 0;
  const stamp = (row, number) => {
    const at = began.get(number);
    if (!at || row.querySelector("time")) return;
    const time = document.createElement("time");
    time.dateTime = at;
    time.title = at;
    time.className = "stamp";
    time.textContent = window.playcall.clock(at);
    row.children[0].after(time);
  };
  const stamps = () => {
    for (const row of document.querySelectorAll("#lines > div, #picked div")) stamp(row, Number(row.firstElementChild?.dataset.n));
  };
  const readTimes = () => {
    reading ??= new Promise((done) => setTimeout(done, Math.max(300, read + 3000 - Date.now())))
      .then(() => ask("outline")).then((answer) => answer.json())
      .then(({ sections }) => { for (const s of sections) if (s.began) began.set(s.line, s.began); stamps(); })
      .catch(() => {}).finally(() => { reading = null; read = Date.now(); });
  };
  window.playcall.timed = (row, number, text) => {
    if (!pressed(times)) return;
    if (began.has(number)) stamp(row, number);
    else if (!looked.has(number) && looked.add(number) && /^(?:\x1b\[[0-9;]*m)*(TASK|RUNNING HANDLER) \[/.test(text)) readTimes();
  };
  const timed = (on) => {
    press(times, on);
    if (on) readTimes(); else for (const time of root.querySelectorAll("time.stamp")) time.remove();
  };
  times.addEventListener("click", () => {
    timed(!pressed(times));
    localStorage.setItem("times", pressed(times) ? "yes" : "no");
  });
  if (localStorage.getItem("times") === "yes") timed(true);
  menu.addEventListener("click", () => menu.setAttribute("aria-expanded", String(menu.getAttribute("aria-expanded") !== "true")));

  const failed = () => picked.replaceChildren(note("The log could not be read."));

  const filter = async (from) => {
    const mine = from === 1 ? ++asked : asked;
    const query = new URLSearchParams({ from, limit: 1000 });
    if (host.value) query.set("host", host.value);
    if (pressed(failures)) query.set("failures", "1");
    const found = await (await ask("filter?" + query)).json();
    if (mine !== asked) return;
    if (from === 1) picked.replaceChildren();
    picked.append(...found.matches.map((m) => line(m.text, m.line)));
    if (!picked.children.length) picked.append(note("No such lines."));
    if (found.more) picked.append(rest("Show more", () => filter(found.matches.at(-1).line + 1).catch(failed)));
  };
  const filtered = () => {
    press(fold, false);
    if (!host.value && !pressed(failures)) { whole(); return; }
    pick(true);
    filter(1).catch(failed);
  };

  const PIECE = 500;
  const fill = async (part, from, until) => {
    if (until < from) return;
    const limit = Math.min(PIECE, until - from + 1);
    const text = await (await ask("lines?from=" + from + "&limit=" + limit)).text();
    const lines = text.split("\n").slice(0, -1);
    part.append(...lines.map((t, i) => line(t, from + i)));
    const next = from + lines.length;
    if (lines.length && next <= until) part.append(rest("Show more", () => fill(part, next, until).catch(failed)));
  };
  const section = (s, until) => {
    const part = document.createElement("details");
    part.className = s.play ? "play" : "task";
    const head = document.createElement("summary");
    head.textContent = s.text + (s.failed ? " " : "");
    if (s.failed) {
      const bad = document.createElement("b");
      bad.className = "f1";
      bad.textContent = s.failed + " failed";
      head.append(bad);
    }
    part.append(head);
    part.addEventListener("toggle", () => fill(part, s.line + 1, until).catch(failed), { once: true });
    part.open = s.failed > 0;
    return part;
  };
  const folded = async () => {
    const mine = ++asked;
    const found = await (await ask("outline")).json();
    if (mine !== asked) return;
    const { sections } = found;
    picked.replaceChildren(...sections.slice(0, 2000).map((s, i) =>
      section(s, i + 1 < sections.length ? sections[i + 1].line - 1 : found.more ? s.line : found.total_lines)));
    if (!sections.length) picked.append(note("The log has no plays or tasks."));
    if (found.more) picked.append(note("There are more than 2000 tasks; the rest is in the whole log."));
  };

  host.addEventListener("change", filtered);
  failures.addEventListener("click", () => { press(failures, !pressed(failures)); filtered(); });
  fold.addEventListener("click", () => {
    const on = !pressed(fold);
    whole();
    if (!on) return;
    press(fold, true);
    pick(true);
    folded().catch(failed);
  });
  const wrapped = (on) => {
    press(wrap, on);
    for (const box of [all, picked]) box.classList.toggle("unwrapped", !on);
  };
  wrapped(localStorage.getItem("wrap") !== "no");
  wrap.addEventListener("click", () => {
    wrapped(!pressed(wrap));
    localStorage.setItem("wrap", pressed(wrap) ? "yes" : "no");
  });

  // What leads into the log leads into all of it.
  const shown = () => {
    const name = location.hash.slice(1);
    if (/^L\d/.test(name)) { whole(); open("log"); } else if (tabs.some((tab) => tab.hash === "#" + name)) open(name);
  };
  open(panels.dataset.first);
  shown();
  addEventListener("hashchange", shown);
  document.addEventListener("click", (click) => {
    if (click.target.closest("[data-find]")) { whole(); open("log"); }
  }, true);
  for (const form of root.querySelectorAll("form")) form.addEventListener("submit", whole, true);
})();
