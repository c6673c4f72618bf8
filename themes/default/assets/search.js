"use strict";
// The search of the directory. `src/search/mod.rs` describes the index. Data is only ever set as
// text. What is entered about a person stays after the # of the address: no request carries it.
const placewise = (() => {
  // By gender, and again for services that take children only.
  const TAKES = ["", "women men female male mixed any", "women woman female", "men man male", "",
    "girls boys female male any", "girls female", "boys male"];

  // A word as it is compared: small letters, no accents, one for many, without what a thing lacks.
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'‘’]|without \w+/g, "")
    .split(/[^\p{L}\p{N}]+/u).filter((word) => word && word !== "and")
    .map((word) => (word.length > 3 ? word.replace(/([^s])s$/, "$1") : word));

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

  // Readies an index: rows by name, what words are found in, and the facets.
  const open = (x) => {
    const r = x.rows;
    const count = r.name.length;
    for (const column of [r.provider, r.town, r.district, r.lat, r.lon]) column.forEach((step, row) => { column[row] = step + (column[row - 1] || 0); });
    const whole = (id, name) => (id[0] === "~" ? name.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join("-") + id.slice(1) : id);
    r.id = r.id.map((id, row) => whole(id, r.name[row]));
    x.providers.forEach((entry) => entry && (entry[0] = whole(...entry)));
    const keys = r.name.map((name) => name.replace(/^[^\p{L}\p{N}]+/u, "").toLowerCase().replace(/^the /, ""));
    const byName = [...keys.keys()].sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : r.id[a] < r.id[b] ? -1 : 1));
    for (const column of Object.keys(r)) r[column] = byName.map((row) => r[column][row]);
    for (const [list, column] of [[x.towns, r.town], [x.districts, r.district]]) {
      const sums = list.map(() => [0, 0, 0]);
      column.forEach((entry, row) => r.lat[row] && [r.lat[row], r.lon[row], 1].forEach((value, i) => { sums[entry][i] += value; }));
      sums.forEach(([lat, lon, n], entry) => { list[entry] = list[entry] && [list[entry], n ? [lat / n, lon / n] : null]; });
    }
    const all = (list, of) => list.map((entry) => (entry ? fold(of(entry)) : []));
    const named = (entry) => entry[1] + " " + entry[2];
    const lineage = (area) => (area ? [area, ...lineage(x.areas[area][2])] : []);
    const areas = x.areas.map((_, area) => lineage(area));
    const texts = all(x.texts, (text) => text);
    x.sources = [
      [r.name.map(fold), r.name.map((_, row) => row)],
      [all(x.providers, (entry) => entry[1]), r.provider],
      [all(x.towns, (entry) => entry[0]), r.town],
      [all(x.districts, (entry) => entry[0]), r.district],
      [areas.map((line) => line.flatMap((area) => fold(x.areas[area][1]))), r.area],
      [all(x.types, named), r.type, x.sets], [texts, r.types],
      [all(x.levels, named), r.level],
      [all(x.needs, named), r.need, x.sets], [all(x.needs, named), r.said, x.sets],
      [texts, r.registered, x.sets], [TAKES.map(fold), r.gender.map((gender, row) => gender + (r.aged[row] && r.max[row] < 18 ? 4 : 0))], [texts, r.takes],
    ];
    const column = (of) => Array.from({ length: count }, (_, row) => of(row));
    const options = (list) => list.map((entry) => entry && [entry[0], entry[1]]);
    const ratings = [...new Set(r.rating)].filter(Boolean);
    const order = ["Outstanding", "Good", "Requires improvement", "Inadequate", "Not rated"];
    ratings.sort((a, b) => order.indexOf(x.texts[a]) - order.indexOf(x.texts[b]));
    const contracts = [...new Set(r.contract.flatMap((set) => x.sets[set]))].sort((a, b) => a - b);
    const slugs = (codes) => [null, ...codes.map((code) => [fold(x.texts[code]).join("-"), x.texts[code]])];
    const wait = [0, 7, 28, 90];
    const bands = new Map();
    x.facets = [
      ["area", "Area", x.areas.map((a, i) => a && [a[0], a[1], areas[i].length - 1]), column((row) => areas[r.area[row]])],
      ["level", "Level of care", x.levels.map((l) => l && [l[0], l[1], 0, x.ladders[l[3]]]), column((row) => [r.level[row]])],
      ["type", "Type", options(x.types), column((row) => x.sets[r.type[row]])],
      ["need", "Needs (all you tick)", options(x.needs), column((row) => [...x.sets[r.need[row]], ...x.sets[r.said[row]]])],
      ["age", "Ages", options(x.ages), column((row) => {
        const key = r.aged[row] && r.min[row] * 256 + r.max[row];
        if (!bands.has(key)) {
          bands.set(key, x.ages.flatMap((age, i) =>
            (age && key && r.min[row] <= age[3] && age[2] <= r.max[row] ? [i] : [])));
        }
        return bands.get(key);
      })],
      ["gender", "Gender", [null, ["female", "Takes women or girls"], ["male", "Takes men or boys"], ["female-only", "Women or girls only"],
        ["male-only", "Men or boys only"]], column((row) => [[], [1, 2], [1, 3], [2, 4]][r.gender[row]])],
      ["legal", "Legal status", options(x.legal), column((row) => x.sets[r.legal[row]] || [])],
      ["free", "Free places", [null, ["now", "Free now"], ...wait.slice(1).map((days) => [String(days), `Free within ${days} days`])],
        column((row) => {
          const days = r.from[row] ? (Date.parse(x.texts[r.from[row]]) - Date.parse(x.as_at)) / 864e5 : 0;
          return r.free[row] ? wait.flatMap((most, i) => (days <= most ? [i + 1] : [])) : [];
        })],
      ["rating", "Rating", slugs(ratings), column((row) => [ratings.indexOf(r.rating[row]) + 1])],
      ["contract", "Contract", slugs(contracts), column((row) => x.sets[r.contract[row]].map((code) => contracts.indexOf(code) + 1))],
      ["register", "Regulation", [null, ["yes", "On the regulator’s register"], ["no", "Not on its register"]],
        column((row) => [r.regulated[row] ? 1 : 2])],
    ].map(([key, title, list, of]) => ({ key, title, list, of }));
    return x;
  };

  // How well each service answers a text; nothing where one of the words is not found.
  const score = (x, text) => {
    let total = new Uint16Array(x.rows.name.length).fill(1);
    for (const word of asked(text)) {
      const plain = word.length > 1 && !/\d/.test(word);
      const how = [word.length > 3 && plain ? begins : null, plain && word.length < 4 ? begins : null, plain && word.length > 3 ? almost : null];
      let found = false;
      const sum = new Uint16Array(total.length);
      for (let step = 0; step < 3 && !found; step++) {
        if (step && !how[step]) continue;
        for (const [i, [list, codes, sets]] of x.sources.entries()) {
          const hits = list.map((tokens) => tokens.reduce((best, token) =>
            Math.max(best, token === word ? 3 : how[step] && how[step](word, token) ? 2 : 0), 0));
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

  // The first rule that a person and a service do not pass, or -1: 0 home, 1 level, 2 needs, 3 age,
  // 4 gender, 5 legal status, 6 quality. A rule about what is not stated of the person is left out.
  const misfit = (x, row, person) => {
    const r = x.rows;
    const [wanted, level] = [x.levels[person.level], x.levels[r.level[row]]];
    const rules = [
      !person.home || x.sets[r.homes[row]].includes(person.home),
      !wanted || (level && level[3] === wanted[3] && level[4] <= wanted[4] &&
        wanted[4] - level[4] <= (person.ready ? x.step : 0)),
      person.needs.every((need) => x.sets[r.need[row]].includes(need)),
      !person.age || (r.aged[row] && r.min[row] <= person.age[0] && person.age[1] <= r.max[row]),
      !person.gender || r.gender[row] === 1 || r.gender[row] === person.gender,
      !person.legal || (r.legal[row] && x.sets[r.legal[row]].includes(person.legal)),
      r.ok[row],
    ];
    return rules.findIndex((kept) => !kept);
  };

  const km = ([lat1, lon1], [lat2, lon2]) => {
    const rad = Math.PI / 180000;
    const half = (a, b) => Math.sin(((b - a) * rad) / 2) ** 2;
    const chord = half(lat1, lat2) + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * half(lon1, lon2);
    return 12742 * Math.asin(Math.sqrt(Math.min(1, chord)));
  };

  // The point of a town, area or postcode district.
  const place = (x, text) => {
    const wanted = asked(text).join(" ");
    const entries = [...x.towns, ...x.districts, ...x.areas.map((a) => a && [a[1], a[3]])];
    const found = wanted && entries.find((entry) => entry && entry[1] && fold(entry[0]).join(" ") === wanted);
    return found ? { name: found[0], at: found[1] } : null;
  };

  // What answers a state: rows in order, how many each option would leave, and who does not fit.
  const find = (x, state) => {
    const r = x.rows;
    const text = score(x, state.q);
    const from = state.near ? place(x, state.near) : null;
    const here = (row) => (r.lat[row] || r.lon[row] ? [r.lat[row], r.lon[row]] : r.area[row] && x.areas[r.area[row]][3]);
    const away = r.name.map((_, row) => (from && here(row) ? km(from.at, here(row)) : Infinity));
    const chosen = x.facets.map((facet) => (state[facet.key] || []).map((id) => facet.list.findIndex((o) => o && o[0] === id)).filter((i) => i > 0));
    const counts = x.facets.map((facet) => new Array(facet.list.length).fill(0));
    const why = new Map();
    const rows = [];
    let misfits = 0;
    for (let row = 0; row < r.name.length; row++) {
      if (!text[row] || (from && state.within && away[row] > state.within * 1.609344)) continue;
      const failed = state.person ? (r.closed[row] ? 7 : misfit(x, row, state.person)) : -1;
      const hidden = failed >= 0 && !state.person.others;
      const missed = chosen.flatMap((ids, f) => {
        const has = (id) => x.facets[f].of[row].includes(id);
        return !ids.length || (x.facets[f].key === "need" ? ids.every(has) : ids.some(has)) ? [] : [f];
      });
      if (!missed.length && failed >= 0) misfits++;
      if (hidden) continue;
      if (!missed.length) {
        rows.push(row);
        why.set(row, failed);
      }
      if (missed.length < 2) {
        x.facets.forEach((facet, f) => {
          if (missed.length && (missed[0] !== f || facet.key === "need")) return;
          for (const id of new Set(facet.of[row])) counts[f][id]++;
        });
      }
    }
    const grade = (row) => ["Outstanding", "Good", "Requires improvement", "Inadequate"].indexOf(x.texts[r.rating[row]]) >>> 0;
    const free = x.facets.find((facet) => facet.key === "free").of;
    const sorts = {
      best: (a, b) => text[b] - text[a],
      distance: (a, b) => (away[a] === away[b] ? 0 : away[a] - away[b]),
      free: (a, b) => free[b].length - free[a].length || r.free[b] - r.free[a],
      rating: (a, b) => grade(a) - grade(b),
      name: () => 0,
    };
    const sort = sorts[state.sort] || (from ? sorts.distance : sorts.best);
    rows.sort((a, b) => (why.get(a) >= 0) - (why.get(b) >= 0) || sort(a, b) || a - b);
    return { rows, counts, why, misfits, away, from };
  };

  // ---- The page ----
  const REASONS = ["not local to people from {home}", "another level of care", "not listed as meeting every need", "takes other ages, or does not state them",
    "takes others, or does not state whom", "does not take this legal status, or does not state it", "the quality published of it is too low, or none is", "takes nobody at present"];
  const KEYS = ["level", "home", "age", "gender", "legal", "ready", "others"];
  const $ = (id) => document.getElementById(id);
  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== "" && child));
    return node;
  };
  const day = (iso) => el("time", { datetime: iso }, new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }));
  const counted = (n, one, many) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
  let x, form, state;

  // The state in the address: the query may be shared, the fragment holds what is said of a person.
  const read = () => {
    const query = new URLSearchParams(location.search);
    const hash = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    const next = { page: Math.max(1, Number(query.get("page")) | 0), within: Number(query.get("within")) || 0, person: null };
    for (const key of ["q", "near", "sort", "all", "part"]) next[key] = query.get(key) || "";
    for (const { key } of x.facets) next[key] = query.getAll(key);
    if ([...hash].length) {
      next.person = {};
      for (const key of KEYS) next.person[key] = hash.get(key) || "";
      next.person.need = hash.getAll("need");
    }
    return next;
  };
  const address = (to) => {
    const [query, hash] = [new URLSearchParams(), new URLSearchParams()];
    const add = (params, key, values) => [values].flat().forEach((value) => value && params.append(key, value));
    for (const key of ["part", "q", "near", "within", "sort", "all"]) add(query, key, to[key]);
    for (const { key } of x.facets) add(query, key, to[key]);
    if (to.page > 1) query.set("page", to.page);
    for (const key of [...KEYS, "need"]) if (to.person) add(hash, key, to.person[key]);
    return location.pathname + (String(query) && "?" + query) + (String(hash) && "#" + hash);
  };
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

  // A person as numbers, for the engine; null when nothing that a rule asks is stated.
  const numbers = (person) => {
    if (!person) return null;
    const at = (list, id) => Math.max(0, list.findIndex((entry) => entry && entry[0] === id));
    const band = x.ages[at(x.ages, person.age)];
    const told = {
      level: at(x.levels, person.level), home: at(x.areas, person.home), age: band && [band[2], band[3]],
      gender: { female: 2, male: 3 }[person.gender], legal: at(x.legal, person.legal),
      needs: person.need.map((id) => at(x.needs, id)).filter(Boolean), ready: person.ready === "yes", others: person.others === "yes",
    };
    return told.level || told.home || told.age || told.gender || told.legal || told.needs.length ? told : null;
  };

  const card = (row, found) => {
    const r = x.rows;
    const t = (column) => x.texts[r[column][row]] || "";
    const absent = (text) => el("span", { class: "absent" }, text || "Not stated");
    const link = (href, text) => el("a", { href: form.dataset.root + href }, text);
    const [provider, by] = x.providers[r.provider[row]];
    const area = x.areas[r.area[row]];
    const level = x.levels[r.level[row]];
    const town = (x.towns[r.town[row]] || [""])[0];
    const needs = x.sets[r.need[row]].map((need) => x.needs[need][1]);
    const away = found.away[row];
    const reason = found.why.get(row);
    const fact = (name, ...parts) => el("div", null, el("dt", null, name), el("dd", null, parts.some((part) => part) ? parts : absent()));
    const tags = [t("closed"), t("old")].flatMap((text, i) => (text ? [el("span", { class: i ? "tag tag-old" : "tag" }, text), " "] : []));
    const wrong = reason >= 0 && REASONS[reason].replace("{home}", (x.areas[numbers(state.person).home] || ["", "there"])[1]);
    return el("article", { class: "card" },
      el("h3", { class: "card-name" }, link(`directory/${provider}/${r.id[row]}/`, r.name[row])),
      el("p", { class: "card-by" }, t("types") ? t("types") + ", run by " : "Run by ", link(`directory/${provider}/`, by)),
      tags.length ? el("p", { class: "card-tags" }, tags) : "",
      state.person && reason !== undefined ? el("p", { class: "verdict" }, el("b", null, reason < 0 ? "Fits" : "Does not fit"), reason < 0 ? "" : ": " + wrong) : "",
      el("dl", { class: "card-facts" },
        fact("Where", town, area && area[1] !== town ? [town && ", ", link(`areas/${area[0]}/`, area[1])] : "",
          away < Infinity ? el("span", { class: "when" }, ` ${distance(away)} from ${found.from.name}`) : ""),
        fact("Level of care", level && link(`gaps/${level[0]}/`, level[1])),
        fact("For", t("takes")),
        fact("Places", t("capacity"), t("vacancies") && (t("capacity") ? ". " : "") + t("vacancies"),
          t("vacancies") && t("as_of") ? el("span", { class: "when" }, " on ", day(t("as_of"))) : "", !t("capacity") && t("closed") ? "None at present" : ""),
        fact("Needs met", needs.join(", ")),
        fact("Rating", t("rating") && el("b", null, t("rating")), t("rating") && el("span", { class: "when" }, " Care Quality Commission", t("rated") ? [", ", day(t("rated"))] : ""))));
  };

  const distance = (away) => (away < 1.6 ? "less than a mile" : `about ${counted(Math.round(away / 1.609344), "mile", "miles")} (${Math.round(away)} km)`);

  const SIZE = 20;
  const pages = (count) => {
    const last = Math.ceil(count / SIZE);
    if (last < 2) return [];
    const link = (page, text) => {
      if (page < 1 || page > last) return "";
      const a = el("a", { href: address({ ...state, page }) }, text, el("span", { class: "vh" }, " page"));
      a.onclick = (event) => {
        event.preventDefault();
        turn({ page });
      };
      return el("li", null, a);
    };
    return [el("nav", { class: "pagination", "aria-label": "Pages of results" },
      el("p", null, `Page ${state.page} of ${last}: ${(state.page - 1) * SIZE + 1} to ${Math.min(count, state.page * SIZE)} of ${counted(count, "service", "services")}`),
      el("ul", null, link(state.page - 1, "Previous"), link(state.page + 1, "Next")))];
  };

  // What was chosen, each with a button that takes it away.
  const chips = () => {
    const chip = (text, changes) => {
      const button = el("button", { type: "button", class: "chip" }, el("span", { class: "vh" }, "Remove "), text, el("span", { "aria-hidden": "true" }, " ×"));
      button.onclick = () => turn(changes);
      return el("li", null, button);
    };
    const list = [];
    if (state.q) list.push(chip(`“${state.q}”`, { q: "" }));
    if (state.near) list.push(chip((state.within ? `Within ${state.within} miles of ` : "Distance from ") + state.near, { near: "", within: 0 }));
    for (const { key, title, list: options } of x.facets) {
      for (const id of state[key]) {
        const option = options.find((o) => o && o[0] === id);
        if (option) list.push(chip(`${title.split(" (")[0]}: ${option[1]}`, { [key]: state[key].filter((other) => other !== id) }));
      }
    }
    if (numbers(state.person)) list.push(chip("For one person", { person: null }));
    if (list.length > 1) list.push(chip("all filters", Object.fromEntries([["q", ""], ["near", ""], ["within", 0], ["person", null], ...x.facets.map(({ key }) => [key, []])])));
    return list;
  };

  const show = () => {
    const person = numbers(state.person);
    const active = Boolean(state.q || state.near || state.all || state.sort || state.page > 1 || person || x.facets.some(({ key }) => state[key].length));
    const found = find(x, { ...state, person });
    const total = found.rows.length;
    state.page = Math.min(state.page, Math.ceil(total / SIZE) || 1);
    const fits = total - (person && person.others ? found.misfits : 0);
    const unknown = state.near && !found.from ? `. “${state.near}” is not a place we know: try a town, an area or the first part of a postcode.` : "";
    const status = $("count");
    status.textContent = !active ? status.dataset.text : (person ? `${counted(fits, "service fits", "services fit")}, ${counted(found.misfits, "does", "do")} not` : counted(total, "service", "services")) + unknown;
    document.title = active ? `${state.q ? state.q + ", " : ""}${counted(total, "service", "services")}${state.page > 1 ? `, page ${state.page}` : ""} - ${form.dataset.title}` : form.dataset.title;
    $("list").hidden = active;
    $("sorting").hidden = !active || total < 2;
    $("sort").value = state.sort || (found.from ? "distance" : "");
    $("chosen").replaceChildren(...chips());
    const none = active && !total ? [el("div", { class: "inset" }, el("h3", null, "Nothing matches"), el("p", null, "Take away a filter, try a wider area, or use another word."))] : [];
    $("found").replaceChildren(...none, ...(active ? found.rows.slice((state.page - 1) * SIZE, state.page * SIZE).map((row) => card(row, found)) : []), ...(active ? pages(total) : []));
    x.facets.forEach((facet, f) => facet.list.forEach((option, i) => {
      if (option && option.count) option.count.textContent = `(${found.counts[f][i]})`;
    }));
    const n = x.facets.reduce((sum, { key }) => sum + state[key].length, 0) + (state.near ? 1 : 0);
    $("filters-n").textContent = n ? ` (${n} chosen)` : "";
  };

  // Puts a state into the fields, and takes it out of them.
  const fill = () => {
    for (const field of form.elements) {
      const [name, id] = [field.name, field.id];
      if (id.startsWith("p-")) {
        const value = state.person && state.person[id.slice(2)];
        if (field.type === "checkbox") field.checked = value === "yes";
        else field.value = value || "";
      } else if (field.dataset.need) field.checked = Boolean(state.person && state.person.need.includes(field.dataset.need));
      else if (field.type === "checkbox") field.checked = state[name].includes(field.value);
      else if (name) field.value = state[name] || "";
    }
  };
  const taken = () => {
    const next = { all: "yes", person: { need: [] } };
    for (const { key } of x.facets) next[key] = [];
    for (const field of form.elements) {
      const id = field.id;
      if (id.startsWith("p-")) next.person[id.slice(2)] = field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value;
      else if (field.dataset.need) field.checked && next.person.need.push(field.dataset.need);
      else if (field.type === "checkbox") field.checked && next[field.name].push(field.value);
      else if (field.name) next[field.name] = field.value.trim();
    }
    if (!numbers(next.person)) next.person = null;
    next.within = Number(next.within) || 0;
    return next;
  };

  const build = () => {
    $("facets").append(...x.facets.map((facet, f) => {
      const used = new Set(facet.of.flat());
      let group = "";
      const order = facet.list.map((_, i) => i).filter((i) => used.has(i) && facet.list[i]);
      if (facet.key === "need") order.sort((a, b) => facet.list[a][1].localeCompare(facet.list[b][1], "en"));
      const items = order.flatMap((i) => {
        const option = facet.list[i];
        const box = el("input", { type: "checkbox", form: "search", name: facet.key, value: option[0] });
        option.count = el("span", { class: "n" });
        const head = option[3] && option[3] !== group ? [el("p", { class: "ladder" }, option[3])] : [];
        group = option[3] || "";
        return [...head, el("label", { class: "option depth-" + (option[2] || 0) }, box, el("span", null, option[1], " ", option.count))];
      });
      const open = state[facet.key].length > 0;
      return items.length ? el("details", { open }, el("summary", null, facet.title), el("fieldset", null, el("legend", { class: "vh" }, facet.title), items)) : "";
    }).filter(Boolean));
    const choice = (id, list) => $("p-" + id).append(...list.filter(Boolean).map((entry) => el("option", { value: entry[0] }, entry[1])));
    x.ladders.forEach((name, ladder) => name && $("p-level").append(el("optgroup", { label: name }, x.levels.filter((level) => level && level[3] === ladder).map((level) => el("option", { value: level[0] }, level[1])))));
    choice("home", x.facets[0].list);
    choice("age", x.ages.map((age) => age && [age[0], age[1]]));
    choice("legal", x.legal.map((legal) => legal && [legal[0], legal[1]]));
    $("p-needs").append(...x.needs.filter(Boolean).map((need) => el("label", { class: "option" }, el("input", { type: "checkbox", "data-need": need[0] }), el("span", null, need[1]))));
    $("places").append(...[...new Set([...x.towns, ...x.areas.map((a) => a && [a[1], a[3]]), ...x.districts].filter((entry) => entry && entry[1]).map((entry) => entry[0]))].map((value) => el("option", { value })));
  };

  const start = () => {
    state = read();
    build();
    fill();
    if (numbers(state.person)) $("person").open = true;
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
    $("clear-person").onclick = () => turn({ person: null });
    const back = () => {
      state = read();
      fill();
      show();
    };
    onpopstate = () => {
      // A link within the page, such as the one to the content, takes nothing away.
      if (location.hash && !location.hash.includes("=")) history.replaceState(null, "", address(state));
      else back();
    };
    show();
  };

  // The index calls this once it is there.
  const index = (content) => {
    form = $("search");
    if (!form || content.version !== 1) return;
    if (content.parts) return parts(content.parts);
    x = open(content);
    start();
  };
  const parts = (list) => {
    const [params, select] = [new URLSearchParams(location.search), $("part")];
    const wanted = list.find(([id]) => id === params.get("part"));
    select.append(...list.map(([id, name, count]) => el("option", { value: id }, `${name} (${counted(count, "service", "services")})`)));
    select.value = wanted ? wanted[0] : "";
    $("parts").hidden = false;
    $("open-part").onclick = () => {
      if (select.value) location.search = "?part=" + encodeURIComponent(select.value);
    };
    // A host may allow no script that is not vouched for; this names the site's own files only.
    const names = { createScriptURL: (url) => url };
    const policy = self.trustedTypes ? trustedTypes.createPolicy("placewise", names) : names;
    if (wanted) document.head.append(el("script", { src: policy.createScriptURL(form.dataset.root + "assets/" + encodeURIComponent(wanted[3])) }));
  };

  return { fold, open, find, misfit, place, index };
})();
