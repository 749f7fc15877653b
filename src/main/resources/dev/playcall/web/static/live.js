// Keeps the page true without a reload: a change anywhere fetches this page again, and only the marked parts that
// differ are replaced, so that focus, scrolling and the log stay as they are.
"use strict";
(() => {
  const link = document.getElementById("link");
  const toast = document.getElementById("toast");
  let busy = false;
  let again = false;
  let told = 0;

  const tell = (text) => {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(told);
    told = setTimeout(() => { toast.hidden = true; }, 8000);
  };

  const state = (name, text) => {
    link.className = "link " + name;
    link.textContent = text;
  };

  const replace = (page) => {
    document.title = page.title;
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh || fresh.isEqualNode(old)) continue;
      const focused = old.contains(document.activeElement) ? path(old, document.activeElement) : null;
      old.className = fresh.className;
      old.replaceChildren(...document.importNode(fresh, true).childNodes);
      if (focused) old.querySelector(focused)?.focus({ preventScroll: true });
    }
  };

  const path = (root, node) => {
    const steps = [];
    for (let at = node; at !== root; at = at.parentElement) {
      steps.unshift(":nth-child(" + ([...at.parentElement.children].indexOf(at) + 1) + ")");
    }
    return ":scope > " + steps.join(" > ");
  };

  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      // The session has ended: the login leads back to here.
      if (answer.redirected && new URL(answer.url).pathname === "/login") location.href = answer.url;
      else if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* the event stream says when the gateway is back */ }
    await new Promise((done) => setTimeout(done, document.hidden ? 5000 : 700));
    busy = false;
    if (again) { again = false; refresh(); }
  };

  const events = new EventSource("/api/v1/events");
  let lost = false;
  events.onopen = () => { state("on", "live"); if (lost) refresh(); lost = false; };
  events.onerror = () => { state("off", "no connection, trying again"); lost = true; };
  events.addEventListener("change", refresh);
  setInterval(refresh, 30000); // ages grow without an event
  addEventListener("pagehide", () => events.close());

  document.addEventListener("click", async (click) => {
    const button = click.target.closest("button[data-deed]");
    if (!button || (button.dataset.ask && !confirm(button.dataset.ask))) return;
    button.disabled = true;
    try {
      const answer = await fetch(button.dataset.deed, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "Idempotency-Key": crypto.randomUUID?.() ?? String(Date.now()),
          "X-CSRF-Token": document.querySelector('meta[name="csrf-token"]').content,
        },
        body: "{}",
      });
      const said = await answer.json();
      if (!answer.ok) tell(said.detail || said.title);
      else if (answer.status === 201) location.href = "/runs/" + said.id;
      else refresh();
    } catch {
      tell("The gateway does not answer.");
    }
    button.disabled = false;
  });
})();
