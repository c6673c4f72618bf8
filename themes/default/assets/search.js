"use strict";
// The search of the directory: what is found, in which order, and how the page shows it.
(() => {
  const { fold, open, service, misfits, $, el, counted, numbers } = placewise;
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
    for (const [list, column] of [[x.towns, r.town], [x.districts, r.district]]) {
      const sums = list.map(() => [0, 0, 0]);
      column.forEach((entry, row) => r.lat[row] && [r.lat[row], r.lon[row], 1].forEach((value, i) => { sums[entry][i] += value; }));
      sums.forEach(([lat, lon, n], entry) => { list[entry] = list[entry] && [list[entry], n ? [lat / n, lon / n] : null]; });
    }
    // Each word once, as most stand in many places; lists hold their numbers.
    x.words = new Map();
    const number = (word) => x.words.get(word) ?? x.words.set(word, x.words.size).size - 1;
    const words = (list, of) => list.map((entry) => (entry ? fold(of(entry)).map(number) : []));
    const named = (entry) => entry[1] + " " + entry[2];
    const areas = [];
    x.areas.forEach((area, i) => { areas[i] = area ? [i, ...areas[area[2]]] : []; });
    const texts = x.texts.map((text) => [text]);
    const said = words(texts, ([text]) => text || "");
    x.sources = [
      [words(r.name, String), r.name.map((_, row) => row)],
      [words(x.providers, (entry) => entry[1]), r.provider],
      [words(x.towns, (entry) => entry[0]), r.town],
      [words(x.districts, (entry) => entry[0]), r.district],
      [words(areas, (line) => line.map((area) => x.areas[area][1]).join(" ")), r.area],
      [words(x.types, named), r.type, x.sets],
      [words(x.levels, named), r.level],
      [words(x.needs, named), r.need, x.sets],
      [words(x.needs, named), r.claimed, x.sets],
      [words(x.register, ([word, need]) => word + " " + (need ? named(x.needs[need]) : "")), r.registered, x.sets],
      [words(x.genders, String), r.gender],
      [said, r.takes],
    ];
    const ids = (list, column) => {
      const sets = x.sets.map((set) => (set || []).map((entry) => (list[entry] || [])[0]));
      return (row) => sets[r[column][row]];
    };
    const bands = x.ranges.map((range) => x.ages.flatMap((age) => (age && range && range[0] <= age[3] && age[2] <= range[1] ? [age[0]] : [])));
    const lines = areas.map((line) => line.map((area) => x.areas[area][0]));
    const [checked, claimed] = [ids(x.needs, "need"), ids(x.needs, "claimed")];
    const meant = ids(x.register.map((entry) => entry && entry[1] && x.needs[entry[1]]), "registered");
    // Ids of the choices that each service has, by facet.
    x.of = {
      area: (row) => lines[r.area[row]], type: ids(x.types, "type"), legal: ids(x.legal, "legal"), contract: ids(texts, "contract"),
      level: (row) => (r.level[row] ? [x.levels[r.level[row]][0]] : []),
      need: (row) => [...new Set([...checked(row), ...claimed(row), ...meant(row)])],
      age: (row) => bands[r.age[row]],
      gender: (row) => [[], ["female", "male"], ["female", "female-only"], ["male", "male-only"]][r.gender[row] & 3],
      free: (row) => (r.free[row] ? DAYS.filter((most) => -r.from[row] <= most).map((most) => String(most || "now")) : []),
      rating: (row) => [x.ratings[r.rating[row]]],
      register: (row) => [r.regulated[row] ? "yes" : "no"],
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
        for (const [i, [list, codes, sets]] of x.sources.entries()) {
          const hits = list.map((numbers) => numbers.reduce((best, number) => Math.max(best, worth[number]), 0));
          if (!hits.some(Boolean)) continue;
          const values = sets ? sets.map((set) => Math.max(0, ...(set || []).map((code) => hits[code] || 0))) : hits;
          codes.forEach((code, row) => {
            const value = (values[code] || 0) * (i ? 1 : 2);
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
  const km = ([lat1, lon1], [lat2, lon2]) => 1.112 * Math.hypot(lat1 - lat2, (lon1 - lon2) * Math.cos(((lat1 + lat2) * Math.PI) / 36000));

  // Places with a point: towns, areas and postcode districts.
  const places = (x) => [...x.towns, ...x.areas.map((a) => a && [a[1], a[3]]), ...x.districts].filter((entry) => entry && entry[1]);
  const place = (x, text) => {
    const wanted = asked(text).join(" ");
    return wanted && places(x).find(([name]) => fold(name).join(" ") === wanted);
  };

  // What answers a state: rows in order, how many each option would leave, and who does not fit.
  const find = (x, state, person) => {
    const r = x.rows;
    const text = score(x, state.q);
    const from = state.near && place(x, state.near);
    const here = (row) => (r.lat[row] || r.lon[row] ? [r.lat[row], r.lon[row]] : r.area[row] && x.areas[r.area[row]][3]);
    const away = r.name.map((_, row) => (from && here(row) ? km(from[1], here(row)) : Infinity));
    const chosen = x.facets.map(({ key, names }) => state[key].filter((id) => names.has(id)));
    const counts = x.facets.map(() => new Map());
    const why = new Map();
    const rows = [];
    let unfit = 0;
    for (let row = 0; row < r.name.length; row++) {
      if (!text[row] || (from && state.within && away[row] > state.within * MILE)) continue;
      const failed = !person ? undefined : r.closed[row] ? 7 : misfits(x, service(x, row), person)[0] ?? -1;
      const missed = chosen.flatMap((ids, f) => {
        const { key } = x.facets[f];
        const has = (id) => x.of[key](row).includes(id);
        return !ids.length || (key === "need" ? ids.every(has) : ids.some(has)) ? [] : [f];
      });
      if (!missed.length && failed >= 0) unfit++;
      if (failed >= 0 && !state["p-others"].length) continue;
      if (!missed.length) {
        rows.push(row);
        why.set(row, failed);
      }
      if (missed.length < 2) {
        x.facets.forEach(({ key }, f) => {
          if (missed.length && (missed[0] !== f || key === "need")) return;
          for (const id of x.of[key](row)) counts[f].set(id, (counts[f].get(id) || 0) + 1);
        });
      }
    }
    const sorts = {
      best: (a, b) => text[b] - text[a],
      distance: (a, b) => (away[a] === away[b] ? 0 : away[a] - away[b]),
      free: (a, b) => x.of.free(b).length - x.of.free(a).length || r.free[b] - r.free[a],
      rating: (a, b) => (r.rating[a] || 9) - (r.rating[b] || 9),
      name: () => 0,
    };
    const sort = sorts[state.sort] || (from ? sorts.distance : sorts.best);
    rows.sort((a, b) => (why.get(a) >= 0) - (why.get(b) >= 0) || sort(a, b) || a - b);
    return { rows, counts, why, unfit, away, from };
  };

  // ---- The page ----
  const SIZE = 20;
  let x, form, state, keys;

  // The state in the address: the query may be shared, the fragment holds what is told of a person.
  const parameters = () => [new URLSearchParams(location.search), new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "")];
  const read = () => {
    const [query, hash] = parameters();
    const next = { page: Math.max(1, query.get("page") | 0) };
    for (const [key, many] of keys) {
      const all = key.startsWith("p-") ? hash.getAll(key.slice(2)) : query.getAll(key);
      next[key] = many ? all : all[0] || "";
    }
    return next;
  };
  const address = (to) => {
    const [query, hash] = [[], []];
    for (const key of [...keys.keys(), "page"]) {
      for (const value of [to[key]].flat()) {
        if (key.startsWith("p-")) value && hash.push([key.slice(2), value]);
        else if (value && value !== 1) query.push([key, value]);
      }
    }
    return location.pathname + (query.length ? "?" + new URLSearchParams(query) : "") + (hash.length ? "#" + new URLSearchParams(hash) : "");
  };
  // A state with nothing chosen, wholly or about the person.
  const nothing = (start = "") => Object.fromEntries([...keys].filter(([key]) => key.startsWith(start) && key !== "part").map(([key, many]) => [key, many ? [] : ""]));
  const go = (changes, replace) => {
    state = { ...state, page: 1, ...changes };
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
  const distance = (away) => (away < 1.6 ? "less than a mile" : `about ${counted(Math.round(away / MILE), "mile", "miles")}`);

  // The parts of a card stand in the order of the template in the page.
  const card = (row, { away, from, why }) => {
    const r = x.rows;
    const t = (column) => x.texts[r[column][row]];
    const link = (href, text) => el("a", { href: form.dataset.root + href }, text);
    const when = (...parts) => el("span", { class: "when" }, ...parts);
    const names = (list, set) => x.sets[r[set][row]].map((entry) => list[entry][1]);
    const [provider, by] = x.providers[r.provider[row]];
    const [area, level, town, rating, reason] = [x.areas[r.area[row]], x.levels[r.level[row]], x.towns[r.town[row]], x.ratings[r.rating[row]], why.get(row)];
    const [types, capacity, vacancies] = [names(x.types, "type").join(", "), r.capacity[row] && t("capacity").replace("#", r.places[row]), t("vacancies")];
    const node = $("card").content.cloneNode(true);
    const [head, owner, tags, verdict, ...facts] = node.querySelectorAll("h3, p, dd");
    head.replaceChildren(link(`directory/${provider}/${r.id[row]}/`, r.name[row]));
    owner.append(types ? types + ", run by " : "Run by ", link(`directory/${provider}/`, by));
    for (const [kind, column] of [["tag", "closed"], ["tag tag-old", "old"]]) if (t(column)) tags.append(el("span", { class: kind }, t(column)), " ");
    if (reason !== undefined) verdict.append(el("b", null, reason < 0 ? "Fits" : "Does not fit"), reason < 0 ? "" : ": " + form.dataset.reasons.split("|")[reason]);
    [
      [town && town[0], area && !(town && area[1] === town[0]) && [town && ", ", link(`areas/${area[0]}/`, area[1])], away[row] < Infinity && when((town || area ? ", " : "") + `${distance(away[row])} from ${from[0]}`)],
      [level && link(`gaps/${level[0]}/`, level[1])],
      [t("takes")],
      [capacity, vacancies && (capacity ? ". " : "") + vacancies, vacancies && r.as_of[row] !== null && when(" on ", day(r.as_of[row])), !capacity && t("closed") && "None at present"],
      [names(x.needs, "need").join(", ")],
      [rating && el("b", null, rating), rating && when(" Care Quality Commission", r.rated[row] !== null && [", ", day(r.rated[row])])],
    ].forEach((parts, i) => {
      const said = parts.flat().filter(Boolean);
      facts[i].append(...(said.length ? said : [el("span", { class: "absent" }, "Not stated")]));
    });
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
  const pages = (count) => {
    const last = Math.ceil(count / SIZE);
    const link = (page, text) => page > 0 && page <= last &&
      el("li", null, act(el("a", { href: address({ ...state, page }) }, text, el("span", { class: "vh" }, " page")), { page }));
    return last > 1 ? [el("nav", { class: "pagination", "aria-label": "Pages of results" },
      el("p", null, `Page ${state.page} of ${last}: ${(state.page - 1) * SIZE + 1} to ${Math.min(count, state.page * SIZE)} of ${counted(count, "service", "services")}`),
      el("ul", null, link(state.page - 1, "Previous"), link(state.page + 1, "Next")))] : [];
  };

  // What was chosen, each with a button that takes it away.
  const chips = () => {
    const list = [];
    const chip = (text, changes) => list.push(el("li", null, act(el("button", { type: "button", class: "chip" },
      el("span", { class: "vh" }, "Remove "), text, el("span", { "aria-hidden": "true" }, " ×")), changes)));
    if (state.q) chip(`“${state.q}”`, { q: "" });
    if (state.near) chip((state.within ? `Within ${state.within} miles of ` : "Distance from ") + state.near, { near: "", within: "" });
    for (const { key, title, names } of x.facets) {
      for (const id of state[key]) {
        if (names.has(id)) chip(`${title}: ${names.get(id)}`, { [key]: state[key].filter((other) => other !== id) });
      }
    }
    if (numbers(x, state)) chip("For one person", nothing("p-"));
    if (list.length > 1) chip("All filters", nothing());
    return list;
  };

  const show = () => {
    const person = numbers(x, state);
    const found = find(x, state, person);
    const total = found.rows.length;
    const filters = x.facets.reduce((sum, { key }) => sum + state[key].length, state.near ? 1 : 0);
    state.page = Math.min(state.page, Math.ceil(total / SIZE) || 1);
    const active = Boolean(state.q || state.all || state.sort || person || filters || state.page > 1);
    const told = person ? `${counted(total - (state["p-others"].length && found.unfit), "service fits", "services fit")}, ${counted(found.unfit, "does", "do")} not` : counted(total, "service", "services");
    const unknown = state.near && !found.from ? `. “${state.near}” ${form.dataset.unknown}` : "";
    $("count").textContent = active ? told + unknown : $("count").dataset.text;
    document.title = (active ? told + (state.page > 1 ? `, page ${state.page}` : "") + " - " : "") + form.dataset.title;
    $("list").hidden = active;
    $("sorting").hidden = !active || total < 2;
    $("sort").value = state.sort || (found.from ? "distance" : "");
    $("chosen").replaceChildren(...chips());
    $("none").hidden = !active || total > 0;
    $("found").replaceChildren(...(active ? [...found.rows.slice((state.page - 1) * SIZE, state.page * SIZE).map((row) => card(row, found)), ...pages(total)] : []));
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
      else field.value = state[key];
    }
  };
  const taken = () => {
    const next = { ...nothing(), all: "yes" };
    for (const [key, field, many] of fields()) {
      if (!many) next[key] = field.value.trim();
      else if (field.checked) next[key].push(field.value);
    }
    return numbers(x, next) ? next : { ...next, ...nothing("p-") };
  };

  // Readies the filters: choices that no service has are left out.
  const build = () => {
    x.facets = [...$("facets").children].map((group) => {
      const key = group.querySelector("input").name;
      const used = new Set(x.rows.name.flatMap((_, row) => x.of[key](row)));
      for (const box of group.querySelectorAll("input")) if (!used.has(box.value)) box.parentNode.remove();
      const boxes = [...group.querySelectorAll("input")];
      for (const box of boxes) box.count = box.nextSibling.lastChild;
      group.hidden = !boxes.length;
      const names = new Map(boxes.map((box) => [box.value, box.parentNode.textContent.trim()]));
      return { key, title: group.firstChild.firstChild.textContent, group, boxes, names };
    });
    $("places").append(...[...new Set(places(x).map(([name]) => name))].map((name) => new Option(name)));
  };

  const start = () => {
    keys = new Map([["part"], ["all"], ...fields().map(([key, , many]) => [key, many])]);
    state = read();
    build();
    fill();
    for (const { key, group } of x.facets) group.open = state[key].length > 0;
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
    $("q").oninput = () => go({ q: $("q").value.trim() }, true);
    $("sort").onchange = () => go({ sort: $("sort").value });
    act($("clear-person"), nothing("p-"));
    onpopstate = () => {
      // A link within the page, such as the one to the content, takes nothing away.
      if (location.hash && !location.hash.includes("=")) return history.replaceState(null, "", address(state));
      state = read();
      fill();
      show();
    };
    show();
  };

  // A long directory asks for the area first.
  const parts = (list) => {
    const select = $("part");
    const wanted = list.find(([id]) => id === parameters()[0].get("part"));
    select.append(...list.map(([id, label]) => new Option(label, id)));
    select.value = wanted ? wanted[0] : "";
    $("parts").hidden = false;
    $("open-part").onclick = () => {
      if (select.value) location.search = "?part=" + select.value;
    };
    // A host may allow no script that is not vouched for; this names the site's own files only.
    const names = { createScriptURL: (url) => url };
    const policy = self.trustedTypes ? trustedTypes.createPolicy("placewise", names) : names;
    if (wanted) document.head.append(el("script", { src: policy.createScriptURL(form.dataset.root + "assets/" + wanted[2]) }));
  };

  // The index calls this once it is there.
  placewise.index = (content) => {
    form = $("search");
    if (!form || content.version !== 1) return;
    if (content.parts) return parts(content.parts);
    x = ready(content);
    start();
  };
})();
