// The form that starts a run: shows at once which servers a limit reaches, sends the wish to the API, and puts what is
// wrong beside the field that is at fault.
"use strict";
(() => {
  const form = document.getElementById("start");
  const problem = document.getElementById("problem");
  let key = null;

  const wish = () => {
    const body = { operation: form.dataset.operation, environment: form.dataset.environment, variables: {} };
    if (form.dataset.playbook) body.playbook = form.dataset.playbook;
    if (form.elements.limit.value.trim()) body.limit = form.elements.limit.value.trim();
    if (form.elements.check?.checked) { body.check = true; body.diff = true; }
    for (const field of form.querySelectorAll("[name^='v.']")) {
      const name = field.name.slice(2);
      if (field.dataset.kind === "flag") body.variables[name] = field.checked;
      else if (field.value !== "") body.variables[name] = field.dataset.kind === "secret" ? { secret: field.value } : field.value;
    }
    return body;
  };

  const complain = (said) => {
    const name = (said.field ?? "").replace(/^variables\./, "");
    const place = [...form.querySelectorAll("[data-field]")].find((f) => f.dataset.field === name);
    const at = place?.querySelector(".wrong") ?? problem;
    at.textContent = said.detail || said.title;
    at.hidden = false;
    const input = place?.querySelector("input, select");
    input?.setAttribute("aria-invalid", "true");
    (input ?? problem).focus?.();
  };

  form.addEventListener("input", () => { key = null; });
  form.addEventListener("submit", async (submit) => {
    submit.preventDefault();
    for (const old of form.querySelectorAll(".wrong, #problem")) old.hidden = true;
    for (const old of form.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
    const button = form.querySelector("button.first");
    button.disabled = true;
    // The same wish keeps its key, so that a second press after a lost answer makes no second run.
    key ??= playcall.key();
    try {
      const answer = await playcall.post("/api/v1/runs", JSON.stringify(wish()), key);
      const said = await answer.json();
      if (answer.ok) { playcall.started(said, "Asked for"); return; }
      complain(said);
    } catch {
      playcall.tell("The gateway does not answer. Press again, it is started once.", "bad");
    }
    button.disabled = false;
  });

  let asked = 0;
  form.elements.limit.addEventListener("input", () => {
    const mine = ++asked;
    setTimeout(async () => {
      if (mine !== asked) return;
      const address = new URL(location.href);
      address.searchParams.set("limit", form.elements.limit.value);
      try {
        const answer = await fetch(address, { headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("review");
        if (mine === asked && fresh) document.getElementById("review").replaceChildren(...document.importNode(fresh, true).childNodes);
      } catch { /* it is told when the form is sent */ }
    }, 300);
  });
})();
