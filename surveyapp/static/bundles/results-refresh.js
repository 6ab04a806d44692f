document.addEventListener("htmx:beforeRequest",e=>{document.hidden&&e.target.id==="live"&&e.preventDefault()});
