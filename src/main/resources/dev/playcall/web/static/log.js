// The log of one run: the end first, earlier lines on demand, then live. At most MOST lines are kept on the page, so
// that a log of any length stays fast. Everything becomes text nodes; colours become classes.
"use strict";
(() => {
  const MOST = 4000;
  const PIECE = 131072;
  const root = document.querySelector("[data-run]");
  const id = root.dataset.run;
  const box = document.getElementById("lines");
  const hint = document.getElementById("nolog");
  const follow = document.getElementById("follow");
  const earlier = document.getElementById("earlier");
  let first = 0;        // offset of the first byte shown
  let next = 0;         // offset after the last byte shown
  let open = "";        // a line whose end has not come yet
  let openLine = null;
  let following = true;
  let done = false;
  let wait = 500;
  let top = 0;
  const bytes = new TextEncoder();

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

  const make = (text) => {
    const line = document.createElement("div");
    // Other control sequences have no meaning on a page; a carriage return starts its line again.
    paint(line, text.slice(text.lastIndexOf("\r", text.length - 2) + 1).replace(/\x1b\[[0-9;?]*[A-Za-ln-z]|\x1b[^[]|\r$/g, ""));
    line.dataset.size = bytes.encode(text).length + 1;
    return line;
  };

  const append = (text) => {
    const lines = (open + text).split("\n");
    open = lines.pop();
    openLine?.remove();
    const part = document.createDocumentFragment();
    if (lines.length > MOST) {
      for (const gone of [...box.children]) drop(gone);
      for (const gone of lines.splice(0, lines.length - MOST)) first += bytes.encode(gone).length + 1;
    }
    for (const line of lines) part.append(make(line));
    openLine = open ? make(open) : null;
    if (openLine) part.append(openLine);
    box.append(part);
    if (following) {
      while (box.children.length > MOST) drop(box.firstElementChild);
      box.scrollTop = box.scrollHeight;
    }
    hint.hidden = box.children.length > 0;
    earlier.hidden = first === 0;
  };

  const drop = (line) => { first += Number(line.dataset.size); line.remove(); };

  const get = async (query) => {
    const answer = await fetch("/api/v1/runs/" + id + "/log?" + query);
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  };

  const clear = () => { box.replaceChildren(); open = ""; openLine = null; };

  const end = async () => {
    const answer = await get("tail=1000");
    clear();
    first = Number(answer.headers.get("X-Offset"));
    next = Number(answer.headers.get("X-Next-Offset"));
    append(await answer.text());
  };

  const before = async () => {
    const from = Math.max(0, first - PIECE);
    const text = await (await get("offset=" + from + "&limit=" + (first - from))).text();
    const cut = from === 0 ? 0 : text.indexOf("\n") + 1;
    const lines = text.slice(cut).split("\n");
    lines.pop();
    const part = document.createDocumentFragment();
    for (const line of lines) part.append(make(line));
    const height = box.scrollHeight;
    box.prepend(part);
    first = from + bytes.encode(text.slice(0, cut)).length;
    box.scrollTop += box.scrollHeight - height;
    earlier.hidden = first === 0;
  };

  const setFollow = (on) => {
    following = on;
    follow.setAttribute("aria-pressed", String(on));
    if (on) box.scrollTop = box.scrollHeight;
  };

  const listen = () => {
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/api/v1/runs/" + id + "/stream?offset=" + next);
    socket.onmessage = ({ data }) => {
      wait = 500;
      const said = JSON.parse(data);
      if (said.type === "log") {
        if (said.next_offset <= next) return; // fetched already
        if (said.offset < next) { end().catch(() => {}); return; }
        next = said.next_offset;
        // Reading further up: what comes now is fetched when the reader goes back to the end.
        if (following || box.children.length < MOST) append(said.text);
        else follow.dataset.behind = "1";
      } else if (said.type === "end") {
        done = true;
        if (!box.children.length) hint.textContent = "There is no output.";
      }
    };
    socket.onclose = () => {
      if (done) return;
      setTimeout(listen, wait);
      wait = Math.min(wait * 2, 15000);
    };
  };

  const toEnd = async () => {
    if (follow.dataset.behind) { delete follow.dataset.behind; await end(); }
    setFollow(true);
  };
  follow.addEventListener("click", () => (following ? setFollow(false) : toEnd()));
  document.getElementById("newest").addEventListener("click", toEnd);
  earlier.querySelector("button").addEventListener("click", () => { setFollow(false); before(); });
  box.addEventListener("scroll", () => {
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    if (following && !atEnd && box.scrollTop < top) setFollow(false);
    top = box.scrollTop;
  }, { passive: true });

  end().catch(() => {}).finally(listen);
})();
