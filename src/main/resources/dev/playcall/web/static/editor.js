// Makes the fields of YAML comfortable: colours, line numbers, the line that is wrong. Without it they are plain text.
"use strict";
(() => {
  if (!window.CodeMirror) return;
  const form = document.getElementById("editor");
  const editors = [...document.querySelectorAll("textarea[data-yaml]")].map((area) => {
    const save = () => form?.requestSubmit(form.querySelector("[value=save]"));
    const editor = CodeMirror.fromTextArea(area, {
      mode: area.dataset.plain ? "text/plain" : "yaml",
      theme: "playcall",
      lineNumbers: true,
      lineWrapping: true,
      readOnly: area.readOnly,
      viewportMargin: 60,
      indentUnit: 2,
      tabSize: 2,
      screenReaderLabel: area.getAttribute("aria-label") ?? area.labels[0].textContent,
      // The keyboard leaves the field as it leaves any other.
      extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-S": save, "Cmd-S": save },
    });
    for (const label of area.labels) label.addEventListener("click", () => editor.focus());
    const line = Math.min(Number(area.dataset.fault || 0), editor.lineCount()) - 1;
    if (line >= 0) {
      editor.addLineClass(line, "background", "faulty");
      const said = document.createElement("div");
      said.className = "faultline";
      said.textContent = area.dataset.said;
      editor.addLineWidget(line, said);
      editor.setCursor(line, 0);
      editor.scrollIntoView({ line, ch: 0 }, 120);
      editor.focus();
    }
    return editor;
  });
  if (!form) return;
  let sent = false;
  let settled = false;
  form.addEventListener("submit", (submit) => {
    // What was typed a moment ago may not have come to the editor yet.
    if (!settled) {
      submit.preventDefault();
      settled = true;
      setTimeout(() => { form.requestSubmit(submit.submitter); settled = false; }, 120);
      return;
    }
    sent = true;
  });
  addEventListener("beforeunload", (leave) => {
    if (!sent && editors.some((e) => !e.isClean())) leave.preventDefault();
  });
})();
