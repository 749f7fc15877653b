// The three steps to a run. Without this the form is one page that works the same: here only one step is shown at a time,
// ticks and the written limit are kept alike, and what is wrong is put beside the field that is at fault.
"use strict";
(() => {
  const form = document.getElementById("start");
  const problem = document.getElementById("problem");
  const steps = [...form.querySelectorAll(".step")];
  const tabs = [...form.querySelectorAll("#steps button")];
  const [back, next, look, go] = ["back", "next", "look", "go"].map((id) => document.getElementById(id));
  const limit = form.elements.limit;
  const when = () => form.elements.when.value;
  let key = form.elements.key.value;
  let at = 1;

  const take = (page, id) => {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceChildren(...document.importNode(fresh, true).childNodes);
  };
  // The page as it would be for this form; what is ticked is in the limit.
  const ask = async (more) => {
    const sent = new URLSearchParams(new FormData(form));
    for (const name of ["target", "was"]) sent.delete(name);
    for (const [name, value] of Object.entries(more)) sent.set(name, value);
    const answer = await fetch("/start", { method: "POST", body: sent, headers: { Accept: "text/html" } });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const silence = () => {
    for (const old of form.querySelectorAll(".wrong, #problem")) old.hidden = true;
    for (const old of form.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
  };
  const complain = (field, text) => {
    const name = (field ?? "").replace(/^variables\./, "");
    const place = [...form.querySelectorAll("[data-field]")].find((f) => f.dataset.field === name);
    const line = place?.querySelector(".wrong") ?? problem;
    if (place) show(Number(place.closest(".step").dataset.step), false);
    line.textContent = text;
    line.hidden = false;
    const input = place?.querySelector("input, select, textarea");
    input?.setAttribute("aria-invalid", "true");
    (input ?? problem).focus?.();
  };

  // Nothing is started by this: it says what would be.
  const review = async () => {
    const box = document.getElementById("review");
    box.setAttribute("aria-busy", "true");
    try {
      const page = await ask({ do: "review" });
      take(page, "review");
      take(page, "preview");
      const fault = document.querySelector("#review [data-fault]");
      const hidden = fault && [...form.querySelectorAll("[data-field]")].find((f) =>
        f.dataset.field === fault.dataset.fault.replace(/^variables\./, ""));
      if (hidden && Number(hidden.closest(".step").dataset.step) < 3) complain(fault.dataset.fault, fault.textContent);
    } catch {
      playcall.tell("The gateway is not responding.", "bad");
    }
    box.removeAttribute("aria-busy");
  };

  const show = (step, focus = true) => {
    at = step;
    for (const s of steps) s.hidden = Number(s.dataset.step) !== step;
    for (const t of tabs) {
      if (Number(t.dataset.to) === step) t.setAttribute("aria-current", "step"); else t.removeAttribute("aria-current");
    }
    back.hidden = step === 1;
    next.hidden = step === 3;
    go.hidden = step !== 3;
    if (focus) {
      const first = steps[step - 1].querySelector("input:not([type=hidden]), select, a, button");
      (step === 3 ? go : first)?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
    }
  };
  const leave = (step) => {
    for (const input of form.querySelectorAll(".step:not([hidden]) input, .step:not([hidden]) select")) {
      if (step > at && !input.checkValidity()) { input.reportValidity(); return; }
    }
    silence();
    show(step);
    if (step === 3) review();
  };
  tabs.forEach((t) => t.addEventListener("click", () => leave(Number(t.dataset.to))));
  back.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => leave(at + 1));

  // What is ticked is what is written: the limit is what counts.
  const ticks = () => [...form.querySelectorAll("[name=target]")];
  const parts = () => limit.value.split(/[,\s]+/).filter((p) => p);
  const tick = () => { const chosen = new Set(parts()); for (const t of ticks()) t.checked = chosen.has(t.value); };
  let asked = 0;
  const soon = (work) => {
    const mine = ++asked;
    setTimeout(() => { if (mine === asked) work(() => mine === asked); }, 300);
  };
  const fresh = (id) => soon(async (current) => {
    try {
      const page = await ask({ do: "find" });
      if (current()) { take(page, id); tick(); }
    } catch { /* it is told when the form is sent */ }
  });
  form.addEventListener("change", ({ target: t }) => {
    if (t.name !== "target") return;
    const rest = parts().filter((p) => p !== t.value);
    limit.value = (t.checked ? [...rest, t.value] : rest).join(",");
    fresh("reach");
  });
  // The buttons that choose all that were found, or none: of thousands this page lists some, and the gateway knows all.
  form.addEventListener("click", async (click) => {
    const button = click.target.closest("[name=do][value=all], [name=do][value=none]");
    if (!button) return;
    click.preventDefault();
    asked++;
    try {
      const page = await ask({ do: button.value });
      limit.value = page.getElementById("limit").value;
      for (const id of ["picks", "reach"]) take(page, id);
      tick();
    } catch {
      playcall.tell("The gateway is not responding.", "bad");
    }
  });
  limit.addEventListener("input", () => { tick(); fresh("reach"); });
  const search = document.getElementById("search");
  search?.addEventListener("input", () => fresh("picks"));
  search?.addEventListener("keydown", (pressed) => { if (pressed.key === "Enter") pressed.preventDefault(); });
  if (search) search.nextElementSibling.hidden = true;

  // Another environment has other servers; what was typed stays as it is.
  form.addEventListener("click", async (click) => {
    const to = click.target.closest("[name=to]");
    if (!to) return;
    click.preventDefault();
    try {
      const page = await ask({ to: to.value });
      const other = page.getElementById("start");
      if (!other) { playcall.tell("This environment cannot be used.", "bad"); return; }
      for (const id of ["places", "picks", "reach", "denied"]) take(page, id);
      document.querySelector("h1").replaceChildren(...document.importNode(page.querySelector("h1"), true).childNodes);
      form.dataset.environment = form.elements.environment.value = other.dataset.environment;
      go.disabled = page.getElementById("go").disabled;
      key = null;
      tick();
      form.querySelector("#places [aria-current]")?.focus();
    } catch {
      playcall.tell("The gateway is not responding.", "bad");
    }
  });
  for (const name of ["cron", "timezone"]) {
    form.elements[name].addEventListener("input", () => fresh("preview"));
  }
  for (const radio of form.elements.when) {
    radio.addEventListener("change", () => { go.textContent = when() === "now" ? "Start" : "Add schedule"; review(); });
  }

  const waved = () => Boolean(form.elements.rollout?.checked);
  const target = () => waved() ? "/api/v1/deployments" : when() === "now" ? "/api/v1/runs" : "/api/v1/schedules";
  const wish = () => {
    const body = { operation: form.dataset.operation, environment: form.dataset.environment, variables: {} };
    if (form.dataset.playbook) body.playbook = form.dataset.playbook;
    for (const name of ["name", "description", "limit"]) {
      if (form.elements[name].value.trim()) body[name] = form.elements[name].value.trim();
    }
    const tags = (form.elements.tags?.value ?? "").split(/[,\s]+/).filter((t) => t);
    if (tags.length) body.tags = tags;
    if (waved()) {
      body.rollout = {};
      for (const name of ["max_failed", "pause", "rollback"]) {
        if (form.elements[name].value.trim()) body.rollout[name] = form.elements[name].value.trim();
      }
      const sizes = form.elements.waves.value.split(/[,\s]+/).filter((w) => w);
      if (sizes.length) body.rollout.waves = sizes;
    }
    if (form.elements.check?.checked) { body.check = true; body.diff = true; }
    for (const field of form.querySelectorAll("[name^='v.']")) {
      const name = field.name.slice(2);
      if (field.dataset.kind === "flag") body.variables[name] = field.checked;
      else if (field.value !== "") body.variables[name] = field.dataset.kind === "secret" ? { secret: field.value } : field.value;
    }
    if (when() === "now") return body;
    body[when()] = form.elements[when()].value.trim();
    for (const name of when() === "cron" ? ["timezone", "missed", "jitter"] : ["timezone", "missed"]) {
      if (form.elements[name].value.trim()) body[name] = form.elements[name].value.trim();
    }
    return body;
  };

  form.addEventListener("input", () => { key = null; });
  form.addEventListener("submit", async (submit) => {
    // The gateway fills a template in.
    if (submit.submitter?.name === "template") return;
    // What a module is given is read by the gateway alone, so its form is sent as it is.
    if (at === 3 && (form.dataset.operation === "adhoc" || (waved() && when() !== "now"))) return;
    submit.preventDefault();
    if (at < 3) { leave(at + 1); return; }
    silence();
    go.disabled = true;
    // The same request keeps its key, so that a second press after a lost answer makes no second run.
    key ??= playcall.key();
    try {
      const answer = await playcall.post(target(), JSON.stringify(wish()), key);
      const said = await answer.json();
      if (answer.ok && waved()) { playcall.later(said.message); location.href = "/deployments/" + said.deployment.id; return; }
      if (answer.ok && when() === "now") { playcall.started(said, "Queued"); return; }
      if (answer.ok) { playcall.later(said.message); location.href = "/queue#schedule-" + said.id; return; }
      complain((said.field ?? "").replace(/^rollout\./, ""), said.detail || said.title);
    } catch {
      playcall.tell("The gateway is not responding. Press again: the run starts only once.", "bad");
    }
    go.disabled = false;
  });

  form.noValidate = true;
  document.getElementById("steps").hidden = false;
  look.hidden = true;
  tick();
  show(1, false);
  // The review of something that is wrong brings the page back to where it is.
  const fault = form.querySelector(".wrong:not([hidden])");
  if (fault) show(Number(fault.closest(".step").dataset.step), false);
})();
