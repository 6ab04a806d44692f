// Says that a long file is being made; the link itself works without this.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.file");
    const line = link && link.closest("li") && link.closest("li").querySelector(".making");
    if (line) line.hidden = false;
  });
})();
