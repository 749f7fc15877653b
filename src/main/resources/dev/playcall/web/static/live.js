// Keeps the page true without a reload: a change anywhere fetches this page again, and only what differs in the marked
// parts is replaced, so that focus, what was opened, scrolling and the log stay as they are.
"use strict";
(() => {
  const link = document.getElementById("link");
  const toasts = document.getElementById("toasts");
  let busy = false;
  let again = false;

  // A toast stays as long as it is read, and one that the page came with is like any other.
  const keep = (toast) => {
    const close = document.createElement("button");
    close.textContent = "Close";
    close.addEventListener("click", () => toast.remove());
    toast.append(close);
    const bad = toast.classList.contains("bad");
    const leave = () => setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) leave(); else toast.remove();
    }, bad ? 12000 : 6000);
    leave();
  };
  const tell = (text, tone = "") => {
    const toast = document.createElement("div");
    toast.className = "toast " + tone;
    const said = document.createElement("span");
    said.textContent = text;
    toast.append(said);
    toasts.append(toast);
    while (toasts.children.length > 3) toasts.firstElementChild.remove();
    keep(toast);
  };
  for (const toast of [...toasts.children]) keep(toast);
  const later = (text) => sessionStorage.setItem("toast", text);
  const kept = sessionStorage.getItem("toast");
  if (kept) { sessionStorage.removeItem("toast"); tell(kept); }

  const state = (name, text) => {
    link.className = "link " + name;
    link.textContent = text;
  };

  // Children with a key are the same thing before and after; anything else is replaced where it differs.
  const morph = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    const open = old.open;
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    if (old.tagName === "DETAILS") old.open = open;
    const known = new Map();
    for (const child of old.children) if (child.dataset.key) known.set(child.dataset.key, child);
    let at = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      const same = next.nodeType === 1 && next.dataset.key ? known.get(next.dataset.key)
        : at && at.nodeName === next.nodeName && !(at.dataset && at.dataset.key) ? at : null;
      if (!same) {
        old.insertBefore(document.importNode(next, true), at);
        continue;
      }
      if (same !== at) old.insertBefore(same, at);
      else at = at.nextSibling;
      if (same.nodeType === 1) morph(same, next);
      else if (same.nodeValue !== next.nodeValue) same.nodeValue = next.nodeValue;
    }
    while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  };

  const replace = (page) => {
    document.title = page.title;
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(old.id);
      if (fresh) morph(old, fresh);
    }
    remembered();
    zoned();
  };

  // What somebody opened or closed stays so on their next visit.
  const remember = (part) => {
    const kept = localStorage.getItem("open/" + part.dataset.remember);
    if (kept) part.open = kept === "yes";
    part.addEventListener("toggle", () => localStorage.setItem("open/" + part.dataset.remember, part.open ? "yes" : "no"));
  };
  const reminded = new WeakSet();
  const remembered = () => {
    for (const part of document.querySelectorAll("details[data-remember]")) {
      if (!reminded.has(part)) { reminded.add(part); remember(part); }
    }
  };
  remembered();

  // Times are told in UTC, or as the clock of this machine shows them.
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  let zone = localStorage.getItem("zone") === "here" ? here : "UTC";
  const clock = (at) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone, timeStyle: "medium" }).format(new Date(at));
  const moment = (at) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(at)
    + " " + (zone === "UTC" ? zone : new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" })
      .formatToParts(at).find((part) => part.type === "timeZoneName").value);
  const zoned = () => {
    for (const time of document.querySelectorAll("time[datetime], dd[data-at]")) {
      const at = new Date(time.dateTime ?? time.dataset.at);
      if (Number.isNaN(at.getTime())) continue;
      time.title = moment(at);
      if (time.classList.contains("stamp")) time.textContent = clock(at);
      else if (/^\d{4}-\d\d-\d\d \d\d:\d\d/.test(time.textContent)) time.textContent = moment(at);
    }
  };
  const side = document.getElementById("side");
  if (side && here !== "UTC") {
    const choose = document.createElement("button");
    choose.className = "small zone";
    const named = () => { choose.textContent = "Times in " + zone; };
    named();
    choose.addEventListener("click", () => {
      zone = zone === "UTC" ? here : "UTC";
      localStorage.setItem("zone", zone === "UTC" ? "UTC" : "here");
      named();
      zoned();
    });
    side.append(choose);
  }
  zoned();

  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    const began = performance.now();
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
      // The session has ended: the login leads back to here.
      if (answer.redirected && new URL(answer.url).pathname === "/login") location.href = answer.url;
      else if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* the event stream says when the gateway is back */ }
    // A page that is dear to make is asked for less often.
    const rest = document.hidden ? 5000 : Math.max(700, 4 * (performance.now() - began));
    await new Promise((done) => setTimeout(done, rest));
    busy = false;
    if (again) { again = false; refresh(); }
  };

  let events = null;
  let lost = false;
  let wait = 1000;
  const listen = () => {
    events = new EventSource("/api/v1/events");
    events.onopen = () => { state("on", "live"); wait = 1000; if (lost) refresh(); lost = false; };
    events.onerror = () => {
      state("off", "no connection");
      lost = true;
      // A browser gives up by itself after some answers, for example while the gateway starts.
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(listen, wait);
        wait = Math.min(2 * wait, 15000);
      }
    };
    events.addEventListener("change", refresh);
  };
  listen();
  setInterval(refresh, 30000); // ages grow without an event

  // What is to come counts down from what the gateway said, whatever the clock of this machine says.
  const told = new WeakMap();
  const two = (large, unit, small, part) => large + " " + unit + (small ? " " + small + " " + part : "");
  const span = (s) => s < 60 ? s + " s" : s < 3600 ? two(Math.floor(s / 60), "min", s % 60, "s") // as TextFormat.duration
    : s < 86400 ? two(Math.floor(s / 3600), "h", Math.floor(s / 60) % 60, "min")
    : two(Math.floor(s / 86400), "d", Math.floor(s / 3600) % 24, "h");
  setInterval(() => {
    for (const time of document.querySelectorAll("[data-left]")) {
      if (told.get(time)?.left !== time.dataset.left) told.set(time, { left: time.dataset.left, at: performance.now() });
      const s = Math.floor(Number(time.dataset.left) - (performance.now() - told.get(time).at) / 1000);
      time.textContent = s <= 0 ? "now" : "in " + span(s);
    }
  }, 1000);
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (shown) => { if (shown.persisted) { listen(); refresh(); } });

  const key = () => crypto.randomUUID?.() ?? String(Date.now()) + Math.random();

  const post = (path, body, idempotency) => fetch(path, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": idempotency ?? key(),
      "X-CSRF-Token": document.querySelector('meta[name="csrf-token"]').content,
    },
    body,
  });

  const started = (run, verb) => {
    later(verb + " as #" + run.id + (run.status === "awaiting_approval" ? ", awaiting approval." : "."));
    location.href = "/runs/" + run.id;
  };

  document.addEventListener("click", async (click) => {
    const button = click.target.closest("button");
    if (!button) return;
    if (button.dataset.why) { tell(button.dataset.why, "bad"); return; }
    const path = button.dataset.start ? (button.dataset.batch ? "/api/v1/batches" : "/api/v1/runs") : button.dataset.deed;
    if (!path) return;
    click.preventDefault(); // its form does the same for those without scripts
    if (button.dataset.ask && !confirm(button.dataset.ask)) return;
    button.disabled = true;
    try {
      const answer = await post(path, button.dataset.start ?? "{}");
      const said = await answer.json();
      if (!answer.ok) tell(said.detail || said.title, "bad");
      else if (button.dataset.batch) { tell("Queued as batch " + said.id + " of " + said.runs.length + " runs."); refresh(); }
      else if (button.dataset.start) { tell("Queued as #" + said.id + "."); refresh(); }
      else if (said.run) { tell("Queued as #" + said.run + "."); refresh(); }
      else if (answer.status === 201) started(said, "Queued");
      else { tell(button.dataset.done ?? said.message ?? button.firstChild.textContent.trim() + ": done."); refresh(); }
    } catch {
      tell("The gateway is not responding.", "bad");
    }
    button.disabled = false;
  });

  document.addEventListener("submit", (submit) => {
    const { ask } = submit.target.dataset;
    if (!ask) return;
    if (!confirm(ask)) submit.preventDefault();
    else if (submit.target.elements.ask) submit.target.elements.ask.disabled = true; // who was asked here is not asked again
  });

  const menu = document.getElementById("menu");
  const show = (on) => {
    menu.setAttribute("aria-expanded", String(on));
    document.body.classList.toggle("menu-open", on);
  };
  menu.addEventListener("click", () => show(menu.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (pressed) => { if (pressed.key === "Escape") show(false); });

  window.playcall = { tell, later, post, key, started, clock };
})();
