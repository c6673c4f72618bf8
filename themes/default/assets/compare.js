"use strict";
// Puts the services of a shortlist side by side; `shortlist.js` keeps the list.
{
  const { $, el, counted, load, root, listed, leading, carry } = placewise;
  const ids = listed();
  const found = new Map();
  const files = Number($("compared").dataset.files);
  let labels = [];
  carry(ids);

  // Services stand in small files, each in that of its number; `src/view/side_by_side.rs` counts alike.
  const file = (id) => [...id].reduce((number, letter) => (number * 31 + letter.charCodeAt(0)) % 65521, 0) % files;
  const waiting = [...new Set(ids.map(file))];

  const link = (text, href) => el("a", { href: root + href }, text);
  const cell = ([text, href, when]) => el("td", {}, !text ? el("span", { class: "absent" }, "Not stated") : href ? link(text, href) : text,
    ...(text && when ? [el("span", { class: "when" }, `, ${when}`)] : []));
  const draw = () => {
    const shown = ids.filter((id) => found.has(id)).map((id) => [id, found.get(id)]);
    const lost = ids.length - shown.length;
    const missing = lost ? ` ${counted(lost, "service")} of this link ${lost === 1 ? "is" : "are"} not in the directory now.` : "";
    const more = shown.length === 1 ? " Add one to three more to compare." : "";
    $("shortlist-n").textContent = shown.length ? `${counted(shown.length, "service")} side by side.${missing}${more}` : `Your shortlist is empty.${missing}`;
    if (!shown.length) return;
    const differ = labels.map((_, fact) => new Set(shown.map(([, { cells }]) => cells[fact][0] || "")).size > 1);
    // That each is run by somebody else is no news.
    const named = (wanted) => labels.filter((_, fact) => differ[fact] === wanted && (fact || !wanted)).map((name) => name[0].toLowerCase() + name.slice(1)).join(", ");
    const said = (words, wanted) => (named(wanted) ? [el("p", {}, el("b", {}, words), ` ${named(wanted)}.`)] : []);
    const heads = shown.map(([id, { name, href }]) => el("th", { scope: "col" }, link(name, href), el("span", { class: "unit no-print" },
      el("a", { href: leading(location.href, ids.filter((other) => other !== id)), "data-short": id }, "Remove", el("span", { class: "vh" }, ` ${name}`)))));
    const rows = labels.map((name, fact) => el("tr", {}, el("th", { scope: "row" }, name,
      ...(shown.length > 1 ? [el("span", { class: "unit" }, differ[fact] ? "Differs" : "The same")] : [])), ...shown.map(([, { cells }]) => cell(cells[fact]))));
    const print = el("button", { type: "button", class: "plain no-print" }, "Print this");
    print.onclick = () => window.print();
    $("compared").replaceChildren(...(shown.length > 1 ? [...said("They differ in:", true), ...said("They are alike in:", false)] : []),
      el("div", { class: "table-wrap", role: "region", tabindex: "0", "aria-labelledby": "compared-t" }, el("table", {},
        el("caption", { id: "compared-t" }, el("span", {}, "Services side by side"), el("span", { class: "scroll-hint no-print" }, "Scroll sideways to see all services.")),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "What"), ...heads)), el("tbody", {}, ...rows))), print);
    carry(ids);
    document.title = `${shown.map(([, { name }]) => name).join(", ")} - ${document.title}`;
  };

  // Each file calls this once it is there.
  placewise.facts = (content) => {
    if (content.services.length) labels = content.labels;
    for (const [id, name, href, cells] of content.services) if (ids.includes(id)) found.set(id, { name, href, cells });
    next();
  };
  const next = () => (waiting.length ? load(`${root}assets/services-${waiting.shift()}.js`) : draw());
  addEventListener("load", next);
}
