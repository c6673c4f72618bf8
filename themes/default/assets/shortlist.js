"use strict";
// The shortlist, which stands in the address of a page and nowhere else.
{
  const { $, el, counted } = placewise;
  const MOST = 4;
  const root = new URL($("shortlist").dataset.root, location.href).href;

  // Ids are small letters, digits and hyphens; nothing else in the address is taken for one.
  const listed = () => [...new Set((new URLSearchParams(location.search).get("ids") || "").split(","))]
    .filter((id) => /^[a-z0-9-]+$/.test(id)).slice(0, MOST);
  const leading = (href, ids) => {
    const url = new URL(href, location.href);
    url.searchParams.delete("ids");
    url.search = [String(url.searchParams), ids.length && "ids=" + ids].filter(Boolean).join("&");
    return url.href;
  };

  // Takes the shortlist along to pages of the directory.
  const carry = (ids) => document.querySelectorAll("a[href]:not([data-short])").forEach((a) => {
    const own = a.getAttribute("href");
    const page = a.href.startsWith(root) && /^(directory|compare)\//.test(a.href.slice(root.length));
    if (page && own[0] !== "#" && (ids.length || own.includes("ids="))) a.href = leading(own, ids);
  });

  // A link that puts a service on the list or takes it off.
  const word = (a) => {
    const { short, of } = a.dataset;
    const others = kept.filter((id) => id !== short);
    const on = others.length < kept.length;
    const full = !on && kept.length === MOST;
    a.replaceChildren(on ? "Remove from shortlist" : full ? "The shortlist is full: see it" : "Add to shortlist",
      of ? el("span", { class: "vh" }, ": " + of) : "");
    const next = on ? others : [...kept, short];
    a.href = full ? leading(root + "compare/", kept) : leading(location.href, next);
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
    if (String(kept) !== String(listed())) history.replaceState(history.state, "", leading(location.href, kept));
    for (const card of document.querySelectorAll(".card:not(.provider, :has([data-short]))")) {
      const name = card.querySelector(".card-name a");
      const id = name.pathname.split("/").at(-2);
      card.append(el("p", { class: "card-short no-print" }, el("a", { "data-short": id, "data-of": name.textContent, href: "" })));
    }
    document.querySelectorAll("a[data-short]").forEach(word);
    carry(kept);
    const text = kept.length ? `Shortlist: ${counted(kept.length, "service")}.` : "";
    if ($("shortlist-n").textContent !== text) $("shortlist-n").textContent = text;
    $("shortlist-see").hidden = !kept.length;
  };

  // The page that compares looks after its list itself; elsewhere results come and go.
  if (!$("compared")) {
    show();
    addEventListener("popstate", show);
    if ($("found")) new MutationObserver(show).observe($("found"), { childList: true });
  }

  Object.assign(placewise, { root, listed, leading, carry });
}
