// Puts a new list around the item that holds the keyboard, so that the control in use is never replaced.
(() => {
  "use strict";
  const itemIn = (list, item) => item && list.querySelector(`:scope > #${CSS.escape(item.id)}`);

  // The parts of the item that changed, but never the part that the keyboard is in.
  const refresh = (held, twin) => {
    for (const part of twin.querySelectorAll(":scope > [id]")) {
      const old = held.querySelector(`:scope > #${CSS.escape(part.id)}`);
      if (old && !old.contains(document.activeElement)) old.replaceWith(part);
    }
  };

  const putAround = (list, fresh) => {
    const held = list.querySelector(":scope > :focus-within");
    const twin = itemIn(fresh, held);
    const items = [...fresh.children];
    if (!twin) {
      const next = held && (itemIn(fresh, held.nextElementSibling) || fresh.lastElementChild);
      list.replaceChildren(...items);
      if (next) next.querySelector("a, button, input, textarea")?.focus();
      return items;
    }
    const place = items.indexOf(twin);
    refresh(held, twin);
    for (const other of [...list.children]) if (other !== held) other.remove();
    held.before(...items.slice(0, place));
    held.after(...items.slice(place + 1));
    held.scrollIntoView({ block: "nearest" });
    return [...list.children];
  };

  htmx.defineExtension("around", {
    handleSwap: (style, target, fragment) => {
      if (style !== "around" || !fragment.firstElementChild) return false;
      return putAround(target, fragment.firstElementChild);
    },
  });
})();

// Shows what is typed in the frame that looks like a phone, without loading the frame anew.
(() => {
  "use strict";
  const show = (text) => {
    const shown = document.getElementById("phone").contentDocument;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    for (const name of ["class", "lang", "dir"]) {
      shown.documentElement.setAttribute(name, fresh.documentElement.getAttribute(name));
    }
    shown.body.replaceWith(shown.adoptNode(fresh.body));
  };
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.requestConfig.elt.id !== "look") return;
    detail.shouldSwap = false;
    detail.isError = false; // the last picture stays; saving tells what is wrong
    if (detail.xhr.status === 200) show(detail.serverResponse);
  });
})();
