// The log of one run. Only a window of it is on the page; scrolling, a line number, a search and new output move the
// window, so that a log of any length stays fast. Everything becomes text nodes; colours become classes.
"use strict";
(() => {
  const PIECE = 500;
  const MOST = 2000;
  const root = document.querySelector("[data-run]");
  const id = root.dataset.run;
  const box = document.getElementById("lines");
  const hint = document.getElementById("nolog");
  const follow = document.getElementById("follow");
  const find = document.getElementById("search");
  const found = document.getElementById("found");
  const jump = document.getElementById("goto");
  let first = 1;        // number of the first line on the page
  let count = 0;        // how many are on the page
  let total = 0;        // complete lines in the log, as far as known
  let next = 0;         // offset after the last byte heard of
  let known = false;    // whether the two are known
  let open = "";        // a line whose end has not come yet
  let openLine = null;
  let following = true;
  let done = false;
  let wait = 500;
  let moving = null;
  let marked = 0;
  let markedTo = 0;

  const paint = (line, text) => {
    const style = { f: "", a: new Set() };
    let at = 0;
    const put = (part) => {
      if (!part) return;
      const names = [...style.a, style.f].filter(Boolean);
      if (!names.length) { line.append(part); return; }
      const span = document.createElement("span");
      span.className = names.join(" ");
      span.textContent = part;
      line.append(span);
    };
    for (const code of text.matchAll(/\x1b\[([0-9;]*)m/g)) {
      put(text.slice(at, code.index));
      at = code.index + code[0].length;
      for (const n of code[1].split(";").map(Number)) {
        if (n === 0) { style.f = ""; style.a.clear(); }
        else if (n >= 1 && n <= 4) style.a.add("a" + n);
        else if (n >= 30 && n <= 37) style.f = "f" + (n - 30);
        else if (n >= 90 && n <= 97) style.f = "f" + (n - 90);
        else if (n === 39) style.f = "";
      }
    }
    put(text.slice(at));
  };

  const make = (text, number) => {
    const line = document.createElement("div");
    const name = document.createElement("a");
    name.className = "n";
    name.href = "#L" + number;
    name.tabIndex = -1;
    name.dataset.n = number;
    name.setAttribute("aria-label", "Line " + number);
    const said = document.createElement("span");
    // The ruler behind a headline takes two lines of a phone and says nothing.
    text = text.replace(/^((?:\x1b\[[0-9;]*m)*[A-Z][^*]*?) ?\*{4,}((?:\x1b\[[0-9;]*m)*\r?)$/, "$1 ***$2");
    // Other control sequences have no meaning on a page; a carriage return starts its line again.
    paint(said, text.slice(text.lastIndexOf("\r", text.length - 2) + 1).replace(/\x1b\[[0-9;?]*[A-Za-ln-z]|\x1b[^[]|\r$/g, ""));
    line.append(name, said);
    window.playcall.timed?.(line, number, text);
    if (number >= marked && number <= markedTo) line.className = "marked";
    return line;
  };

  const told = () => {
    hint.hidden = count > 0 || openLine !== null;
    document.getElementById("total").textContent = total.toLocaleString("en");
  };
  const atEnd = () => first + count > total;

  const lines = async (query) => {
    const answer = await fetch("/api/v1/runs/" + id + "/log/lines?" + query);
    if (!answer.ok) throw new Error(answer.status);
    const head = (name) => Number(answer.headers.get(name));
    const text = await answer.text();
    if (!known) {
      total = head("X-Total-Lines");
      next = head("X-Next-Offset");
      known = true;
    }
    // What was written since comes with the stream, in its turn.
    const all = text.split("\n").slice(0, Math.max(0, Math.min(head("X-Lines"), total - head("X-First-Line") + 1)));
    return { first: head("X-First-Line"), all };
  };

  const part = (all, from) => {
    const made = document.createDocumentFragment();
    all.forEach((text, i) => made.append(make(text, from + i)));
    return made;
  };

  const show = ({ first: from, all }) => {
    openLine = null;
    box.replaceChildren(part(all, from));
    first = from;
    count = all.length;
    if (atEnd() && open) { openLine = make(open, total + 1); box.append(openLine); }
    told();
  };

  const end = async () => {
    show(await lines(known ? "from=" + Math.max(1, total - PIECE + 1) + "&limit=" + PIECE : "limit=" + PIECE));
    box.scrollTop = box.scrollHeight;
  };

  // Keeps what is seen where it is while lines come and go above it.
  const steady = (change) => {
    const height = box.scrollHeight;
    const top = box.scrollTop;
    change();
    box.scrollTop = top + box.scrollHeight - height;
  };

  const drop = (n, atTop) => {
    for (let i = 0; i < n; i++) (atTop ? box.firstElementChild : box.lastElementChild).remove();
    count -= n;
    if (atTop) first += n;
  };

  const earlier = async () => {
    if (first === 1) return;
    const from = Math.max(1, first - PIECE);
    const got = await lines("from=" + from + "&limit=" + (first - from));
    steady(() => box.prepend(part(got.all, from)));
    first = from;
    count += got.all.length;
    if (count > MOST) { openLine?.remove(); openLine = null; drop(count - MOST, false); }
  };

  const later = async () => {
    if (atEnd()) return;
    const got = await lines("from=" + (first + count) + "&limit=" + PIECE);
    box.append(part(got.all, got.first));
    count += got.all.length;
    if (count > MOST) steady(() => drop(count - MOST, true));
    told();
  };

  const move = (step) => { moving ??= step().catch(() => {}).finally(() => { moving = null; }); return moving; };

  const heard = (text) => {
    const all = (open + text).split("\n");
    const wasAtEnd = atEnd();
    open = all.pop();
    openLine?.remove();
    openLine = null;
    const from = total + 1;
    total += all.length;
    if (wasAtEnd && (following || count < MOST)) {
      const kept = all.length > MOST ? all.slice(-MOST) : all;
      if (kept.length < all.length) { box.replaceChildren(); count = 0; first = from + all.length - kept.length; }
      box.append(part(kept, total - kept.length + 1));
      count += kept.length;
      if (following && count > MOST) drop(count - MOST, true);
      if (open) { openLine = make(open, total + 1); box.append(openLine); }
      if (following) box.scrollTop = box.scrollHeight;
    }
    told();
  };

  const setFollow = async (on) => {
    following = on;
    follow.setAttribute("aria-pressed", String(on));
    if (!on) return;
    if (!atEnd()) await move(end);
    box.scrollTop = box.scrollHeight;
  };

  const listen = () => {
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/api/v1/runs/" + id + "/stream?offset=" + next);
    socket.onmessage = ({ data }) => {
      wait = 500;
      const said = JSON.parse(data);
      if (said.type === "log" && said.offset === next) {
        next = said.next_offset;
        heard(said.text);
      } else if (said.type === "end") {
        done = true;
        if (!count && !openLine) hint.textContent = hint.dataset.absent || "No output.";
      }
    };
    socket.onclose = () => {
      if (done) return;
      setTimeout(listen, wait);
      wait = Math.min(wait * 2, 15000);
    };
  };

  const mark = (number, to) => {
    marked = number;
    markedTo = Math.max(number, to);
    [...box.children].forEach((line, i) => line.classList.toggle("marked", first + i >= marked && first + i <= markedTo));
    const line = box.children[number - first];
    // The page stays where it is.
    if (line) box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
  };

  const go = async (number, intoView = true, to = number) => {
    setFollow(false);
    if (moving) await moving;
    const wanted = Math.max(1, Math.min(number, Math.max(total, 1)));
    if (wanted < first || wanted >= first + count) {
      await move(async () => show(await lines("from=" + Math.max(1, wanted - PIECE / 2) + "&limit=" + PIECE)));
    }
    mark(wanted, to);
    if (intoView) root.scrollIntoView({ block: "start" });
  };

  let searched = "";
  let hits = [];
  let more = false;
  let at = -1;
  const search = async (step) => {
    const text = document.getElementById("q").value.trim();
    if (!text) { found.textContent = ""; return; }
    if (text !== searched) {
      const answer = await fetch("/api/v1/runs/" + id + "/log/search?q=" + encodeURIComponent(text));
      if (!answer.ok) { found.textContent = "search failed"; return; }
      const said = await answer.json();
      searched = text;
      hits = said.matches.map((m) => m.line);
      more = said.more;
      at = step > 0 ? -1 : 0;
    }
    if (!hits.length) { found.textContent = "no matches"; return; }
    at = (at + step + hits.length) % hits.length;
    found.textContent = (at + 1) + " of " + hits.length + (more ? "+" : "");
    await go(hits[at], false);
  };
  find.addEventListener("submit", (submit) => { submit.preventDefault(); search(1); });
  document.getElementById("previous").addEventListener("click", () => search(-1));
  document.getElementById("q").addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter" && pressed.shiftKey) { pressed.preventDefault(); search(-1); }
  });
  document.addEventListener("click", (click) => {
    const text = click.target.closest("[data-find]")?.dataset.find;
    if (!text) return;
    document.getElementById("q").value = text;
    searched = "";
    root.scrollIntoView({ block: "start" });
    search(1);
  });
  jump.addEventListener("submit", (submit) => {
    submit.preventDefault();
    const number = parseInt(document.getElementById("line").value, 10);
    if (number > 0) history.replaceState(null, "", "#L" + Math.min(number, Math.max(total, 1)));
    if (number > 0) go(number);
  });

  follow.addEventListener("click", () => setFollow(!following));
  let top = 0;
  box.addEventListener("scroll", () => {
    const up = box.scrollTop < top;
    top = box.scrollTop;
    const below = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (following && up && below > 40) setFollow(false);
    if (up && box.scrollTop < 400) move(earlier);
    if (!up && below < 400) move(later);
  }, { passive: true });

  new ResizeObserver(() => { if (following) box.scrollTop = box.scrollHeight; }).observe(box);

  // One line, or with the shift key all up to another one.
  const fromHash = () => (/^#L(\d+)(?:-L(\d+))?$/.exec(location.hash) ?? []).slice(1).filter(Boolean).map(Number);
  const goHash = (intoView) => { const [from, to = from] = fromHash(); return from ? go(from, intoView, to) : null; };
  addEventListener("hashchange", () => goHash(false));
  box.addEventListener("click", (click) => {
    const number = Number(click.target.closest("a.n")?.dataset.n);
    if (!number || !click.shiftKey || !marked) return;
    click.preventDefault();
    location.hash = "#L" + Math.min(marked, number) + "-L" + Math.max(marked, number);
  });

  // A run that failed is opened where it did.
  const failure = async () => {
    const text = root.dataset.failure;
    if (!text || !box.clientHeight) return;
    for (const wanted of [text.slice(0, 200), "fatal: ["]) {
      const answer = await fetch("/api/v1/runs/" + id + "/log/search?limit=1&q=" + encodeURIComponent(wanted));
      const [match] = answer.ok ? (await answer.json()).matches : [];
      if (match) { await go(match.line, false); return; }
    }
  };
  window.playcall.line = make;

  (async () => {
    await end().catch(() => {});
    if (fromHash().length) await goHash(true); else await failure().catch(() => {});
  })().finally(listen);
})();
