// Forms with lines of several fields: one more line on request.
"use strict";
document.querySelectorAll("[data-adds]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const lines = button.closest("fieldset").querySelectorAll(".row");
    const last = lines[lines.length - 1], more = last.cloneNode(true), name = button.dataset.adds;
    const from = `${name}-${lines.length - 1}-`, to = `${name}-${lines.length}-`;
    for (const part of more.querySelectorAll("*")) {
      for (const key of ["id", "name", "for", "aria-describedby"]) {
        const value = part.getAttribute(key);
        if (value) part.setAttribute(key, value.replace(from, to));
      }
      if (part.matches("input, textarea")) { part.value = ""; part.checked = false; part.setAttribute("aria-invalid", "false"); }
      if (part.matches("select")) part.selectedIndex = 0;
    }
    more.querySelectorAll(".fault").forEach((fault) => fault.remove());
    more.querySelectorAll(".wrong").forEach((cell) => cell.classList.remove("wrong"));
    last.after(more);
    more.querySelector("input, select")?.focus();
  });
});
