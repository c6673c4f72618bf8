"use strict";
// The search of the directory: what is found, in which order, and how the page shows it.
{
  const { fold, open, service, misfits, numbers, $, el, counted, load } = placewise;
  const MILE = 1.609344;
  const DAYS = [0, 7, 28, 90];

  // The second part of a postcode is not searched by.
  const asked = (text) => fold(text.replace(/\b([a-z]{1,2}\d[a-z\d]?)\s*\d[a-z]{2}\b/gi, "$1"));

  // Whether one letter more, less, other or two swapped make the difference.
  const near = (a, b) => {
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    const [x, y] = [a.slice(i), b.slice(i)];
    return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) ||
      (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
  };
  const begins = (word, token) => token.startsWith(word);
  const almost = (word, token) => near(word, token) || (word.length > 5 &&
    [-1, 0, 1].some((more) => near(word, token.slice(0, word.length + more))));

  // Readies an index for the search: what words are found in, points of places, and the facets.
  const ready = (content) => {
    const x = open(content);
    const r = x.rows;
    const spots = r.lat.map((lat, row) => lat && [lat, r.lon[row]]);
    for (const [list, column] of [[x.towns, r.town], [x.districts, r.district]]) {
      const sums = list.map(() => [0, 0, 0]);
      column.forEach((entry, row) => spots[row] && [...spots[row], 1].forEach((value, i) => { sums[entry][i] += value; }));
      sums.forEach(([lat, lon, n], entry) => { list[entry] = [list[entry], n && [lat / n, lon / n]]; });
    }
    x.spot = (row) => spots[row] || (x.areas[r.area[row]] || [])[3];
    // Each area with those that it lies in, which stand before it.
    const lines = [[]];
    x.areas.forEach((area) => area && lines.push([area, ...lines[area[2]]]));
    // The entries that each number of a column stands for.
    const single = (list) => list.map((entry) => (entry ? [[entry].flat()] : []));
    const sets = (list) => x.sets.map((set) => (set || []).map((entry) => list[entry]));
    const ages = x.ranges.map((range) => x.ages.filter((age) => age && range && range[0] <= age[3] && age[2] <= range[1]));
    const [needs, levels, ratings] = [sets(x.needs), single(x.levels), single(x.ratings)];
    const types = sets(x.types);
    const registered = sets(x.register.map((entry) => entry && [...(x.needs[entry[1]] || [""]), entry[0]]));
    // Each word once, as most stand in many places; lists hold their numbers.
    x.words = new Map();
    const number = (word) => x.words.get(word) ?? x.words.set(word, x.words.size).size - 1;
    x.sources = [
      [single(r.name), [...r.name.keys()]],
      [single(x.providers.map((entry) => entry && entry[1])), r.provider],
      [single(x.towns), r.town], [single(x.districts), r.district], [lines, r.area], [types, r.type], [levels, r.level],
      [needs, r.need], [needs, r.claimed], [registered, r.registered], [single(x.genders), r.gender], [single(x.texts), r.takes],
    ].map(([list, codes]) => [list.map((entries) => fold(entries.flat().filter((part) => part && part.at).join(" ")).map(number)), codes]);
    // Ids of the choices that each service has, by facet.
    const ids = (list, column) => column.map((number) => list[number].map(([id]) => id));
    const each = (of) => r.name.map((_, row) => of(row));
    const needed = [ids(needs, r.need), ids(needs, r.claimed), ids(registered, r.registered)];
    x.of = {
      area: ids(lines, r.area), type: ids(types, r.type), level: ids(levels, r.level), legal: ids(sets(x.legal), r.legal),
      age: ids(ages, r.age), rating: ids(ratings, r.rating), contract: ids(sets(x.texts.map((text) => [text])), r.contract),
      need: each((row) => [...new Set(needed.flatMap((of) => of[row]))]),
      gender: each((row) => [[], ["female", "male"], ["female", "female-only"], ["male", "male-only"]][r.gender[row] & 3]),
      free: each((row) => (r.free[row] ? DAYS.filter((most) => -r.from[row] <= most).map((most) => String(most || "now")) : [])),
      register: each((row) => [r.regulated[row] ? "yes" : "no"]),
    };
    return x;
  };

  // How well each service answers a text; nothing where one of the words is not found.
  const score = (x, text) => {
    let total = new Uint16Array(x.rows.name.length).fill(1);
    for (const word of asked(text)) {
      const plain = word.length > 1 && !/\d/.test(word);
      // Whole words, else beginnings, else words like it; short words only as a last resort.
      const ways = !plain ? [null] : word.length > 3 ? [begins, almost] : [null, begins];
      const sum = new Uint16Array(total.length);
      let found = false;
      for (const like of ways) {
        if (found) break;
        const worth = [...x.words.keys()].map((token) => (token === word ? 3 : like && like(word, token) ? 2 : 0));
        for (const [i, [list, codes]] of x.sources.entries()) {
          const hits = list.map((numbers) => numbers.reduce((best, number) => Math.max(best, worth[number]), 0));
          if (!hits.some(Boolean)) continue;
          codes.forEach((code, row) => {
            const value = hits[code] * (i ? 1 : 2);
            if (value > sum[row]) sum[row] = value;
            found = found || value > 0;
          });
        }
      }
      total = total.map((before, row) => (before && sum[row] ? before + sum[row] : 0));
    }
    return total;
  };

  // Kilometres between points in hundredths of a degree; near enough within one country.
  const km = ([lat1, lon1], [lat2, lon2]) => 1.112 * Math.hypot(lat1 - lat2, (lon1 - lon2) * Math.cos((lat1 + lat2) * Math.PI / 36000));

  // Places with a point: towns, areas and postcode districts.
  const places = (x) => [...x.towns, ...x.areas.map((area) => [area && area[1], area && area[3]]), ...x.districts].filter(([name, spot]) => name && spot);
  const place = (x, text) => {
    const wanted = asked(text).join(" ");
    return wanted && places(x).find(([name]) => fold(name).join(" ") === wanted);
  };

  // What answers a state: rows in order, how many each option would leave, and who does not fit.
  const find = (x, state, person) => {
    const r = x.rows;
    const text = score(x, String(state.q));
    const from = place(x, String(state.near));
    const away = r.name.map((_, row) => (from && x.spot(row) ? km(from[1], x.spot(row)) : Infinity));
    const chosen = x.facets.map(({ key, names }) => state[key].filter((id) => names.has(id)));
    const counts = x.facets.map(() => new Map());
    const why = [];
    const rows = [];
    let unfit = 0;
    for (let row = 0; row < r.name.length; row++) {
      if (!text[row] || (from && state.within > 0 && away[row] > state.within * MILE)) continue;
      const failed = !person ? undefined : r.closed[row] ? 7 : misfits(x, service(x, row), person)[0] ?? -1;
      const missed = chosen.flatMap((ids, f) => {
        const { key } = x.facets[f];
        const has = (id) => x.of[key][row].includes(id);
        return !ids.length || (key === "need" ? ids.every(has) : ids.some(has)) ? [] : [f];
      });
      if (!missed.length && failed >= 0) unfit++;
      if (failed >= 0 && !state["p-others"].length) continue;
      if (!missed.length) rows.push(row);
      why[row] = failed;
      x.facets.forEach(({ key }, f) => {
        if (missed.length > 1 || (missed.length && (missed[0] !== f || key === "need"))) return;
        for (const id of x.of[key][row]) counts[f].set(id, (counts[f].get(id) || 0) + 1);
      });
    }
    // What stands first has least; rows stand by name.
    const sorts = {
      best: (row) => -text[row],
      distance: (row) => away[row],
      free: (row) => -1e6 * x.of.free[row].length - r.free[row],
      rating: (row) => r.rating[row] || 9,
      name: () => 0,
    };
    const sort = sorts[state.sort] || (from ? sorts.distance : sorts.best);
    rows.sort((a, b) => (why[a] >= 0) - (why[b] >= 0) || sort(a) - sort(b) || a - b);
    return { rows, counts, why, unfit, away, from };
  };

  // ---- The page ----
  const SIZE = 20;
  let x, form, state, keys;

  // The state holds a list of values for each field. In the address the query may be shared; the
  // fragment holds what is told of a person.
  const parameters = () => [location.search, location.hash.includes("=") ? location.hash.slice(1) : ""].map((text) => new URLSearchParams(text));
  const read = () => {
    const [query, hash] = parameters();
    state = Object.fromEntries(keys.map((key) => [key, key.startsWith("p-") ? hash.getAll(key.slice(2)) : query.getAll(key)]));
  };
  const address = (to) => {
    const all = keys.flatMap((key) => to[key].filter(Boolean).map((value) => [key, value]));
    const part = (mark, told) => {
      const own = all.flatMap(([key, value]) => (key.startsWith("p-") === told ? [[key.replace(/^p-/, ""), value]] : []));
      return own.length ? mark + new URLSearchParams(own) : "";
    };
    return location.pathname + part("?", false) + part("#", true);
  };
  // What takes away all that is chosen, or what begins so.
  const nothing = (start) => Object.fromEntries(keys.filter((key) => key.startsWith(start) && key !== "part").map((key) => [key, []]));
  const changed = (changes) => ({ ...state, page: [], ...changes });
  const go = (changes, replace) => {
    state = changed(changes);
    history[replace ? "replaceState" : "pushState"](null, "", address(state));
    show();
  };
  // The same, with the fields, and on to the results.
  const turn = (changes) => {
    go(changes);
    fill();
    $("results-h").focus();
  };

  const day = (ago) => el("time", null, new Date(Date.parse(x.as_at) - ago * 864e5).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }));
  const distance = (away) => (away < 1.6 ? "less than a mile" : "about " + counted(Math.round(away / MILE), "mile"));
  const hidden = (text) => el("span", { class: "vh" }, text);

  // The parts of a card stand in the order of the template in the page.
  const card = (row, { away, from, why }) => {
    const r = x.rows;
    const t = (column) => x.texts[r[column][row]];
    const link = (href, text) => el("a", { href: form.dataset.root + href }, text);
    const when = (...parts) => el("span", { class: "when" }, parts);
    const names = (list, set) => x.sets[r[set][row]].map((entry) => list[entry][1]).join(", ");
    const [provider, by] = x.providers[r.provider[row]];
    const [area, level, [town], rating, reason] = [x.areas[r.area[row]], x.levels[r.level[row]], x.towns[r.town[row]], x.ratings[r.rating[row]], why[row]];
    const [types, capacity, vacancies] = [names(x.types, "type"), (t("capacity") || "").replace("#", r.places[row]), t("vacancies")];
    const node = $("card").content.cloneNode(true);
    const said = [
      [link(`directory/${provider}/${r.id[row]}/`, r.name[row])],
      [types ? types + ", run by " : "Run by ", link(`directory/${provider}/`, by)],
      ["closed", "old"].flatMap((column) => (t(column) ? [el("span", { class: column === "old" ? "tag tag-old" : "tag" }, t(column)), " "] : [])),
      reason < 0 ? [el("b", null, "Fits")] : reason >= 0 && [el("b", null, "Does not fit"), ": " + form.dataset.reasons.split("|")[reason]],
      [town, area && area[1] !== town && [town && ", ", link(`areas/${area[0]}/`, area[1])], away[row] < Infinity && when((town || area ? ", " : "") + `${distance(away[row])} from ${from[0]}`)],
      [level && link(`gaps/${level[0]}/`, level[1])],
      [t("takes")],
      [capacity, vacancies && [capacity && ". ", vacancies, r.as_of[row] !== null && when(" on ", day(r.as_of[row]))], !capacity && t("closed") && "None at present"],
      [names(x.needs, "need")],
      [rating && [el("b", null, rating), when(" Care Quality Commission", r.rated[row] !== null && [", ", day(r.rated[row])])]],
    ].map((parts) => [parts].flat(3).filter(Boolean));
    node.querySelectorAll("h3, p, dd").forEach((place, i) => place.replaceChildren(...(said[i].length || i < 4 ? said[i] : [el("span", { class: "absent" }, "Not stated")])));
    return node;
  };

  // Changes the state where a reader acts on something.
  const act = (node, changes) => {
    node.onclick = (event) => {
      event.preventDefault();
      turn(changes);
    };
    return node;
  };
  const pages = (count, page) => {
    const last = Math.ceil(count / SIZE);
    $("pages").hidden = last < 2;
    $("pages").firstChild.textContent = `Page ${page} of ${last}: ${(page - 1) * SIZE + 1} to ${Math.min(count, page * SIZE)} of ${counted(count, "service")}`;
    for (const [id, to] of [["previous", page - 1], ["next", page + 1]]) {
      act($(id), { page: [to] }).href = address(changed({ page: [to] }));
      $(id).parentNode.hidden = to < 1 || to > last;
    }
  };

  // What was chosen, each with a button that takes it away.
  const chips = (person) => {
    const { q, near, within } = state;
    const list = [
      q[0] && [`“${q}”`, { q: [] }],
      near[0] && [(within[0] ? `Within ${within} miles of ` : "Distance from ") + near, { near: [], within: [] }],
      ...x.facets.flatMap(({ key, title, names }) => state[key].filter((id) => names.has(id)).map((id) =>
        [`${title}: ${names.get(id)}`, { [key]: state[key].filter((other) => other !== id) }])),
      person && ["For one person", nothing("p-")],
    ].filter(Boolean);
    if (list.length > 1) list.push(["All filters", nothing("")]);
    return list.map(([text, changes]) => el("li", null, act(el("button", { type: "button", class: "chip" },
      hidden("Remove "), text, el("span", { "aria-hidden": "true" }, " ×")), changes)));
  };

  const show = () => {
    const person = numbers(x, state);
    const found = find(x, state, person);
    const total = found.rows.length;
    const filters = x.facets.reduce((sum, { key }) => sum + state[key].length, state.near[0] ? 1 : 0);
    const page = Math.max(1, Math.min(state.page[0] | 0, Math.ceil(total / SIZE)));
    const active = Boolean(state.q[0] || state.all[0] || state.sort[0] || person || filters || page > 1);
    const told = person ? `${counted(total - (state["p-others"].length && found.unfit), "service fits", "services fit")}, ${counted(found.unfit, "does", "do")} not` : counted(total, "service");
    const unknown = state.near[0] && !found.from ? `. “${state.near}” ${form.dataset.unknown}` : "";
    $("count").textContent = active ? told + unknown : $("count").dataset.text;
    document.title = (active ? told + (page > 1 ? `, page ${page}` : "") + " - " : "") + form.dataset.title;
    $("list").hidden = active;
    $("sorting").hidden = !active || total < 2;
    $("sort").value = state.sort[0] || (found.from ? "distance" : "");
    $("chosen").replaceChildren(...chips(person));
    $("none").hidden = !active || total > 0;
    pages(active ? total : 0, page);
    $("found").replaceChildren(...(active ? found.rows.slice((page - 1) * SIZE, page * SIZE).map((row) => card(row, found)) : []));
    x.facets.forEach(({ boxes }, f) => boxes.forEach((box) => { box.count.textContent = `(${found.counts[f].get(box.value) || 0})`; }));
    $("filters-n").textContent = filters ? ` (${filters} chosen)` : "";
  };

  // Puts a state into the fields, and takes it out of them. Those of a person have no name.
  const fields = () => [...form.elements].flatMap((field) => {
    const key = field.name || field.dataset.of;
    return key ? [[key, field, field.type === "checkbox"]] : [];
  });
  const fill = () => {
    for (const [key, field, many] of fields()) {
      if (many) field.checked = state[key].includes(field.value);
      else field.value = state[key][0] || "";
    }
  };
  const taken = () => {
    const next = { ...nothing(""), all: ["yes"] };
    for (const [key, field, many] of fields()) {
      const value = field.value.trim();
      if (many ? field.checked : value) next[key].push(value);
    }
    return numbers(x, next) ? next : { ...next, ...nothing("p-") };
  };

  // Readies the filters: choices that no service has are left out.
  const build = () => {
    x.facets = [...$("facets").children].map((group) => {
      const key = group.querySelector("input").name;
      const used = new Set(x.of[key].flat());
      const boxes = [...group.querySelectorAll("input")].filter((box) => used.has(box.value) || box.parentNode.remove());
      for (const box of boxes) box.count = box.nextSibling.lastChild;
      group.hidden = !boxes.length;
      group.open = state[key].length > 0;
      return { key, boxes, title: group.firstChild.firstChild.textContent, names: new Map(boxes.map((box) => [box.value, box.parentNode.textContent.trim()])) };
    });
    $("places").append(...[...new Set(places(x).map(([name]) => name))].map((name) => new Option(name)));
  };

  const start = () => {
    keys = [...new Set(["part", "all", ...fields().map(([key]) => key), "page"])];
    read();
    build();
    fill();
    $("person").open = !!numbers(x, state);
    const wide = matchMedia("(min-width: 60em)").matches;
    $("filters").open = wide;
    form.hidden = $("filters").hidden = false;
    $("ready-made").hidden = true;
    form.onsubmit = (event) => {
      event.preventDefault();
      turn(taken());
      if (!wide) $("filters").open = false;
    };
    $("q").oninput = () => go({ q: [$("q").value.trim()] }, true);
    $("sort").onchange = () => go({ sort: [$("sort").value] });
    act($("clear-person"), nothing("p-"));
    onpopstate = () => {
      // A link within the page, such as the one to the content, takes nothing away.
      if (location.hash && !location.hash.includes("=")) return history.replaceState(null, "", address(state));
      read();
      fill();
      show();
    };
    show();
  };

  // A long directory asks for the area first.
  const parts = (list) => {
    const part = parameters()[0].get("part");
    const wanted = list.find(([id]) => id === part);
    $("part").append(...list.map(([id, label]) => new Option(label, id, false, id === part)));
    $("parts").hidden = false;
    $("open-part").onclick = () => {
      if ($("part").value) location.search = "?part=" + $("part").value;
    };
    if (wanted) load(form.dataset.root + "assets/" + wanted[2]);
  };

  // The index calls this once it is there.
  placewise.index = (content) => {
    form = $("search");
    if (!form || content.version !== 2) return;
    if (content.parts) return parts(content.parts);
    x = ready(content);
    start();
  };
}
