"use strict";
// The shortlist, which stands in the address of a page and nowhere else. Data is only ever set as text.
const shortlist = (() => {
  const MOST = 4;
  const $ = (id) => document.getElementById(id);
  const box = $("shortlist");
  const root = new URL(box.dataset.root, location.href);
  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const name of Object.keys(attributes)) node.setAttribute(name, attributes[name]);
    node.append(...children);
    return node;
  };
  const counted = (n) => `${n} ${n === 1 ? "service" : "services"}`;

  // Ids are small letters, digits and hyphens; nothing else in the address is taken for one.
  const listed = () => [...new Set((new URLSearchParams(location.search).get("ids") || "").split(","))]
    .filter((id) => /^[a-z0-9-]+$/.test(id)).slice(0, MOST);
  const leading = (href, ids) => {
    const url = new URL(href, location.href);
    url.searchParams.delete("ids");
    url.search = [String(url.searchParams), ids.length ? "ids=" + ids.join(",") : ""].filter(Boolean).join("&");
    return url.href;
  };

  // Takes the shortlist along to pages of the directory.
  const carry = (ids) => document.querySelectorAll("a[href]:not([data-short])").forEach((a) => {
    const own = a.getAttribute("href");
    const page = a.href.startsWith(root.href) && /^(directory|compare)\//.test(a.href.slice(root.href.length));
    if (page && own[0] !== "#" && (ids.length || own.includes("ids="))) a.href = leading(own, ids);
  });

  // A link that puts a service on the list or takes it off.
  const word = (a, ids) => {
    const id = a.dataset.short;
    const on = ids.includes(id);
    const full = !on && ids.length === MOST;
    const text = on ? "Remove from shortlist" : full ? "The shortlist is full: see it" : "Add to shortlist";
    a.replaceChildren(text, ...(a.dataset.of ? [el("span", { class: "vh" }, ": " + a.dataset.of)] : []));
    const next = on ? ids.filter((other) => other !== id) : [...ids, id];
    a.href = full ? leading(root.href + "compare/", ids) : leading(location.href, next);
    a.onclick = full ? null : (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      kept = next;
      show();
    };
  };

  // The search writes the address anew whenever it is asked, and knows nothing of the list.
  let kept = listed();
  const show = () => {
    const ids = kept;
    if (ids.join() !== listed().join()) history.replaceState(history.state, "", leading(location.href, ids));
    for (const card of document.querySelectorAll(".card:not(.provider)")) {
      if (card.querySelector("[data-short]")) continue;
      const name = card.querySelector(".card-name a");
      const id = name.pathname.split("/").at(-2);
      card.append(el("p", { class: "card-short no-print" }, el("a", { "data-short": id, "data-of": name.textContent, href: "" })));
    }
    document.querySelectorAll("a[data-short]").forEach((a) => word(a, ids));
    carry(ids);
    const text = ids.length ? `Shortlist: ${counted(ids.length)}.` : "";
    if ($("shortlist-n").textContent !== text) $("shortlist-n").textContent = text;
    $("shortlist-see").hidden = !ids.length;
  };

  // The page that compares looks after its list itself; elsewhere results come and go.
  if (!$("compared")) {
    show();
    addEventListener("popstate", show);
    if ($("found")) new MutationObserver(show).observe($("found"), { childList: true });
  }

  return { root, el, counted, listed, leading, carry };
})();
