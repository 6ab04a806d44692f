var c=/<style[^]*?<\/style>|\sstyle=(?:"[^"]*"|'[^']*')/gi,s="p, div, br, tr, h1, h2, h3, h4, h5, h6, table, ul, ol",a=r=>{var t;return((t=r.textContent)!=null?t:"").replace(/\s+/g," ").trim()},i=r=>[...r.cells].map(t=>a(t)+"	".repeat(t.colSpan-1)).join("	");function p(r){var n;let t=new DOMParser().parseFromString(r.replace(c,""),"text/html"),o=[...t.querySelectorAll("table")].filter(e=>{var l;return!e.querySelector("table")&&((l=e.rows[1])==null?void 0:l.cells[1])});if(o.length===0)return"";for(let e of o)e.replaceWith(`
${[...e.rows].map(i).join(`
`)}
`);for(let e of t.querySelectorAll("style, script, title"))e.remove();for(let e of t.querySelectorAll("li"))e.prepend(`
- `);for(let e of t.querySelectorAll(s))e.before(`
`);return((n=t.body.textContent)!=null?n:"").replace(/\r/g,"").replace(/\n{3,}/g,`

`).replace(/^\n+|\n+$/g,"")}document.addEventListener("paste",r=>{var n,e;let o=r.target instanceof HTMLTextAreaElement?p((e=(n=r.clipboardData)==null?void 0:n.getData("text/html"))!=null?e:""):"";o&&(r.preventDefault(),document.execCommand("insertText",!1,o))});
