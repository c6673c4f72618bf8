"use strict";
// What the scripts of all pages share; it stands before them. Data is only ever set as text.
const placewise = (() => {
  const $ = (id) => document.getElementById(id);
  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...children.flat(9).filter(Boolean));
    return node;
  };
  const counted = (n, one, many = one + "s") => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

  // A host may allow no script that is not vouched for; this names the site's own files only.
  const names = { createScriptURL: (url) => url };
  const policy = globalThis.trustedTypes ? trustedTypes.createPolicy("placewise", names) : names;
  const load = (url) => document.head.append(el("script", { src: policy.createScriptURL(url) }));

  return { $, el, counted, load };
})();
