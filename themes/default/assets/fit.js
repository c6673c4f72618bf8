"use strict";
// What the search and the check of a service share: the index, what fits whom, and the person told.
// `src/search/mod.rs` describes the index. Data is only ever set as text. What is told of a person
// stays after the # of the address: no request carries it.
const placewise = (() => {
  // Words as they are compared: small letters, no accents, one for many, and what is lacked as one word.
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'‘’]/g, "").replace(/without /g, "without")
    .split(/[^\p{L}\p{N}]+/u).filter((word) => word && word !== "and")
    .map((word) => (word.length > 3 ? word.replace(/([^s])s$/, "$1") : word));

  // An id in full: ~ stands for the name as ids write it.
  const whole = (id, name) => (id[0] === "~" ? name.replace(/&/g, " and ").replace(/['’]/g, "").toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join("-") + id.slice(1) : id);

  // Readies an index: a list for each column, rows by name.
  const open = (x) => {
    const r = x.rows;
    const count = r.name.length;
    const each = (of) => Array.from({ length: count }, (_, row) => of(row));
    for (const [key, column] of Object.entries(r)) {
      if (Array.isArray(column)) continue;
      r[key] = each(column && column.wide !== undefined ? (row) => {
        const number = parseInt(column.digits.substr(row * column.wide, column.wide), 36);
        return number >= 0 ? column.least + number : null;
      } : () => column);
    }
    for (const column of [r.town, r.district, r.lat, r.lon]) column.forEach((step, row) => { column[row] = step + (column[row - 1] || 0); });
    let last = 0;
    r.provider = r.provider.map((number) => number || ++last);
    r.id = r.id.map((number, row) => whole(number === null ? x.others.shift() : x.stem + number, r.name[row]));
    x.providers = x.providers.map((entry) => entry && (entry.map ? [whole(...entry), entry[1]] : [whole("~", entry), entry]));
    const keys = r.name.map((name) => name.replace(/^[^\p{L}\p{N}]+/u, "").toLowerCase().replace(/^the /, ""));
    const byName = [...keys.keys()].sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : r.id[a] < r.id[b] ? -1 : 1));
    for (const column of Object.keys(r)) r[column] = byName.map((row) => r[column][row]);
    return x;
  };

  // What the rules ask of a service. A page may fill in the same of one that is not in the index.
  const service = (x, row) => {
    const r = x.rows;
    return { homes: x.sets[r.homes[row]], level: r.level[row], needs: x.sets[r.need[row]], ages: x.ranges[r.age[row]],
      gender: r.gender[row] & 3, legal: x.sets[r.legal[row]], ok: r.ok[row] };
  };

  // The rules that a person and a service do not pass: 0 home, 1 level, 2 needs, 3 age, 4 gender,
  // 5 legal status, 6 quality. A rule about what is not stated of the person is left out.
  const misfits = (x, s, person) => {
    const [wanted, level] = [x.levels[person.level], x.levels[s.level]];
    return [
      !person.home || s.homes.includes(person.home),
      !wanted || (level && level[3] === wanted[3] && level[4] <= wanted[4] &&
        wanted[4] - level[4] <= (person.ready ? x.step : 0)),
      person.needs.every((need) => s.needs.includes(need)),
      !person.age || (s.ages && s.ages[0] <= person.age[0] && person.age[1] <= s.ages[1]),
      !person.gender || s.gender === 1 || s.gender === person.gender,
      !person.legal || (s.legal && s.legal.includes(person.legal)),
      s.ok,
    ].flatMap((kept, rule) => (kept ? [] : [rule]));
  };

  // ---- Pages ----
  const $ = (id) => document.getElementById(id);
  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    node.append(...children.flat().filter(Boolean));
    return node;
  };
  const counted = (n, one, many) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
  const at = (list, id) => Math.max(0, list.findIndex((entry) => entry && entry[0] === id));

  // A person as numbers, for the rules; null when nothing that a rule asks is stated.
  const numbers = (x, told) => {
    const band = x.ages[at(x.ages, told["p-age"])];
    const person = {
      level: at(x.levels, told["p-level"]), home: at(x.areas, told["p-home"]), age: band && [band[2], band[3]],
      gender: { female: 2, male: 3 }[told["p-gender"]], legal: at(x.legal, told["p-legal"]),
      needs: told["p-need"].map((id) => at(x.needs, id)).filter(Boolean), ready: told["p-ready"].length > 0,
    };
    return person.level || person.home || person.age || person.gender || person.legal || person.needs.length ? person : null;
  };

  return { fold, open, service, misfits, $, el, counted, at, numbers };
})();
