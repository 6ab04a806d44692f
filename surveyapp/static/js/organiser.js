// Puts the keyboard on the list of problems, when a page or a swapped part has one.
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
})();
