"use strict";
// The index of the directory, what fits whom, and the person told. `src/search/mod.rs` describes the
// index. What is told of a person stays after the # of the address: no request carries it.
{
  // Words as they are compared: small letters, no accents, one for many, and what is lacked as one word.
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'‘’]/g, "").replace(/without /g, "without")
    .split(/[^\p{L}\p{N}]+/u).filter((word) => word && word !== "and")
    .map((word) => (word.length > 3 ? word.replace(/([^s])s$/, "$1") : word));

  // Numbers of a column out of their digits: the other half of `src/search/coder.rs`.
  const decoded = (digits, beside, count) => {
    const bytes = atob(digits);
    const seen = new Map();
    let [low, high, code, at] = [0, 2 ** 32 - 1, 0, 0];
    const moved = (number, byte) => ((number << 8) | byte) >>> 0;
    const read = () => { code = moved(code, bytes.charCodeAt(at++)); };
    while (at < 4) read();
    const bit = (place) => {
      const counts = seen.get(place) || [1, 2];
      if (place >= 0) seen.set(place, counts);
      const middle = low + Math.floor((high - low) * counts[0] / counts[1]);
      const one = code <= middle;
      if (one) high = middle;
      else low = middle + 1;
      counts[0] += 2 * one;
      counts[1] += 2;
      for (; !((low ^ high) >>> 24); read()) [low, high] = [moved(low, 0), moved(high, 255)];
      return one;
    };
    return Array.from({ length: count }, (_, row) => {
      const place = (beside ? beside[row] : 0) * 2 ** 14;
      let [length, value] = [0, 1];
      while (bit(place + length)) length++;
      for (let i = 0; i < length; i++) value = value * 2 + bit(value < 256 ? place + value * 64 + length : -1);
      return value - 1;
    });
  };

  // An id in full: ~ stands for the name as ids write it.
  const whole = (id, name) => (id[0] === "~" ? name.replace(/&/g, " and ").replace(/['’]/g, "").toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join("-") + id.slice(1) : id);

  // Readies an index: a list for each column, rows by name.
  const open = (x) => {
    const r = x.rows;
    const count = r.name.length;
    const coded = {};
    for (const [key, column] of Object.entries(r).slice(1)) {
      const { digits, beside, least, steps } = column || {};
      let sum = 0;
      r[key] = digits ? (coded[key] = decoded(digits, coded[beside], count)).map((number) => {
        if (steps) return sum += number % 2 ? -(number + 1) / 2 : number / 2;
        return least === undefined ? number : number ? least + number - 1 : null;
      }) : Array(count).fill(column);
    }
    let last = 0;
    r.provider = r.provider.map((number) => number || ++last);
    r.id = r.id.map((number, row) => whole(number === null ? x.others.shift() : x.stem + number, r.name[row]));
    for (const entry of [...x.providers, ...x.areas]) if (entry) entry[0] = whole(...entry);
    // A district that begins with a digit has the letters of the one before.
    let letters = "";
    x.districts = x.districts.split(" ").map((name) => (letters = /\D*/.exec(name)[0] || letters) + name.replace(/^\D*/, ""));
    const keys = r.name.map((name, row) => name.replace(/^[^\p{L}\p{N}]+/u, "").toLowerCase().replace(/^the /, "") + "\t" + r.id[row]);
    const byName = [...keys.keys()].sort((a, b) => (keys[a] < keys[b] ? -1 : 1));
    for (const key in r) r[key] = byName.map((row) => r[key][row]);
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

  // A person as numbers, for the rules; null when nothing that a rule asks is stated.
  const numbers = (x, told) => {
    const at = (list, [id]) => Math.max(0, list.findIndex((entry) => entry && entry[0] === id));
    const band = x.ages[at(x.ages, told["p-age"])];
    const person = {
      level: at(x.levels, told["p-level"]), home: at(x.areas, told["p-home"]), age: band && [band[2], band[3]],
      gender: { female: 2, male: 3 }[told["p-gender"][0]], legal: at(x.legal, told["p-legal"]),
      needs: told["p-need"].map((id) => at(x.needs, [id])).filter(Boolean),
    };
    const says = Object.values(person).flat().some(Boolean);
    return says ? { ...person, ready: told["p-ready"].length > 0 } : null;
  };

  Object.assign(placewise, { fold, open, service, misfits, numbers });
}
