for(let t of document.querySelectorAll("[data-print]"))t.removeAttribute("hidden"),t.addEventListener("click",()=>print());
