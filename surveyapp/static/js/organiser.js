// Puts the keyboard on the list of problems, and falls back to the browser's own way where htmx is refused.
(() => {
  "use strict";
  const showProblem = () => {
    const problem = document.querySelector(".problem");
    if (problem) problem.focus();
  };
  document.addEventListener("DOMContentLoaded", showProblem);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "main") showProblem();
  });

  // A form that is refused is sent once more as a whole page, which says why and keeps what was typed.
  const sendNatively = (form, button) => {
    if (button && button.name) {
      const pressed = document.createElement("input");
      Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
      form.append(pressed);
    }
    form.submit();
  };
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { elt, triggeringEvent } = detail.requestConfig;
    if (detail.xhr.status < 400 || elt.tagName !== "FORM") return;
    detail.shouldSwap = false;
    detail.isError = false;
    sendNatively(elt, triggeringEvent && triggeringEvent.submitter);
  });

  document.addEventListener("htmx:sendError", () => {
    const status = document.getElementById("status");
    const sentence = document.createElement("p");
    sentence.textContent = status.dataset.offline;
    status.replaceChildren(sentence);
  });
})();
