"use strict";
// The check of a service against published gaps. The page holds every line with what it asks; this
// sorts them by the rule of `src/evidence/disclosure/gaps/asks.rs`. Data is only ever set as text,
// and what is described stays after the # of the address: no request carries it.
const placewiseCheck = (() => {
  // Whether a service offers one thing. `within` gives an area's id with those of all around it.
  const met = ([kind, of], offer, within) => {
    if (kind === "level") return offer.level === of;
    if (kind === "area") return within(offer.area).includes(of);
    if (kind === "serves") return !offer.serves.length || within(of).some((area) => offer.serves.includes(area));
    if (kind === "need" || kind === "legal") return offer[kind].includes(of);
    if (kind === "gender") return offer.gender === "any" || offer.gender === of;
    const [min, max] = of.split("-").map(Number);
    return kind === "ages" && offer.ages !== null && offer.ages[0] <= min && max <= offer.ages[1];
  };

  // What a service is to a line: "answers", "one", "part" or "more", and what it lacks.
  const verdict = (asks, among, offer, within) => {
    const lacks = asks.filter((ask) => !met(ask, offer, within));
    const needs = (list) => list.filter(([kind]) => kind === "need").length;
    const part = among && needs(lacks) === lacks.length && lacks.length < needs(asks);
    return { is: ["answers", "one"][lacks.length] || (part ? "part" : "more"), lacks };
  };

  const OLDEST = 130;
  const $ = (id) => document.getElementById(id);
  const all = (within, selector) => [...within.querySelectorAll(selector)];
  const counted = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  const number = (text) => (/^\d+$/.test(text) ? Number(text) : null);
  let form, cards, title, records;

  // The state in the address, as the fields hold it.
  const FIELDS = ["level", "area", "serves", "gender", "min", "max", "places"];
  const read = () => {
    const hash = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    const state = { need: hash.getAll("need"), legal: hash.getAll("legal") };
    for (const key of FIELDS) state[key] = hash.get(key) || "";
    return state;
  };
  const written = (state) => {
    const hash = new URLSearchParams();
    for (const key of FIELDS) if (state[key]) hash.set(key, state[key]);
    for (const key of ["need", "legal"]) state[key].forEach((id) => hash.append(key, id));
    return String(hash);
  };
  const choice = (select, value) => [...select.options].find((option) => option.value === value);
  const label = (select, value) => {
    const option = value && choice(select, value);
    return option ? option.dataset.name || option.text : "";
  };
  const fill = (state) => {
    const serves = $("o-serves");
    const names = state.serves.split("*").map((id) => label(serves, id));
    if (state.serves && !choice(serves, state.serves) && names.every(Boolean)) {
      serves.append(new Option(`${names.join(" and ")} only`, state.serves));
    }
    for (const key of FIELDS) $("o-" + key).value = state[key];
    for (const key of ["need", "legal"]) {
      for (const box of all(form, `[data-${key}]`)) box.checked = state[key].includes(box.dataset[key]);
    }
  };
  const taken = () => {
    const state = {};
    for (const key of FIELDS) state[key] = $("o-" + key).value.trim();
    for (const key of ["need", "legal"]) state[key] = all(form, `[data-${key}]:checked`).map((box) => box.dataset[key]);
    return state;
  };

  // The state as an offer: what is not stated is not offered.
  const offered = (state) => {
    const [min, max] = [number(state.min), number(state.max)];
    return { ...state, serves: state.serves ? state.serves.split("*") : [],
      ages: min === null && max === null ? null : [min || 0, max === null ? OLDEST : max] };
  };
  const within = (id) => {
    const option = id && choice($("o-area"), id);
    return option ? option.dataset.within.split(" ") : [];
  };

  const sized = (card, places) => {
    const beds = card.querySelector('[data-key^="gap-line.beds"]');
    if (!places || !beds) return "";
    const [low, high] = beds.textContent.match(/\d+/g).map(Number);
    const words = `${counted(places, "place", "places")}, and about ${beds.textContent}`;
    if (places < low) return ` It has ${words} are wanted: it would be a part of the answer.`;
    if (places > high) return ` It has ${words} are wanted: more than this gap would fill.`;
    return "";
  };
  const says = (card, { is, lacks }, places) => {
    const text = ([kind, of]) => all(card, "[data-ask]").find((li) => li.dataset.ask === kind && li.dataset.of === of).dataset.text;
    if (is === "answers") return `Your service would answer this.${sized(card, places)}`;
    if (is === "one") return `One thing is missing: you would need to ${text(lacks[0])}.${sized(card, places)}`;
    if (is === "part") return "It could take some of these people: it meets some of their needs.";
    return `${lacks.length} things are missing.`;
  };

  // Marks in a card what a service offers of it.
  const mark = (card, state) => {
    const items = all(card, "[data-ask]");
    const offer = state && offered(state);
    const asks = items.map((li) => [li.dataset.ask, li.dataset.of]);
    const found = state && verdict(asks, card.dataset.needs === "among", offer, within);
    items.forEach((li, i) => {
      li.textContent = li.dataset.text;
      if (!state) return;
      const mark = document.createElement("b");
      mark.textContent = found.lacks.includes(asks[i]) ? ": missing" : ": yes";
      li.append(mark);
    });
    const line = card.querySelector(".verdict");
    line.hidden = !state;
    line.textContent = state ? says(card, found, number(state.places)) : "";
    return found;
  };

  const describe = (state) => {
    const names = (key) => all(form, `[data-${key}]:checked`).map((box) => box.parentNode.textContent.trim());
    const ages = state.min || state.max ? `ages ${state.min || 0} ${state.max ? `to ${state.max}` : "and over"}` : "";
    const parts = [label($("o-level"), state.level), label($("o-area"), state.area), state.serves && $("o-serves").selectedOptions[0].text,
      label($("o-gender"), state.gender), ages, names("need").join(", "), names("legal").join(", "), state.places && counted(Number(state.places), "place", "places")];
    return parts.filter(Boolean).join("; ");
  };

  const show = (state) => {
    const described = Boolean(written(state));
    const groups = { answers: 0, one: 0, part: 0, more: 0 };
    for (const card of cards) {
      const found = mark(card, described ? state : null);
      if (found) groups[found.is]++;
      $(found ? found.is : "list").append(card);
    }
    for (const [id, n] of Object.entries(groups)) $(id).hidden = !n;
    $("more-n").textContent = ` (${groups.more})`;
    const status = $("count");
    const { answers, one, part, more } = groups;
    const told = `Your service would answer ${counted(answers, "line", "lines")} of what is wanted. ` +
      `${counted(one, "line lacks", "lines lack")} one thing${part ? `, and of ${counted(part, "other", "others")} it could take some people` : ""}. ${counted(more, "line lacks", "lines lack")} more.`;
    status.textContent = described ? told : status.dataset.text;
    $("described").hidden = !described;
    $("described").textContent = described ? `As described: ${describe(state)}.` : "";
    document.title = described ? `${counted(answers, "line", "lines")} answered - ${title}` : title;
  };

  const go = (state) => {
    const hash = written(state);
    history.pushState(null, "", location.pathname + location.search + (hash && "#" + hash));
    show(state);
    $("results-h").focus();
  };
  const back = () => {
    if (location.hash && !location.hash.includes("=")) return;
    const state = read();
    fill(state);
    show(state);
  };

  // Records are fetched when somebody asks for them.
  const fetchRecords = () => {
    if (records) return;
    records = [];
    const names = { createScriptURL: (url) => url };
    const policy = self.trustedTypes ? trustedTypes.createPolicy("placewise", names) : names;
    const script = document.createElement("script");
    script.src = policy.createScriptURL($("results").dataset.records);
    document.head.append(script);
  };
  const named = ([name, provider]) => `${name}, ${provider}`;
  const arrived = (list) => {
    records = list;
    $("o-records").append(...list.map((record) => new Option("", named(record))));
  };
  const fillIn = () => {
    const wanted = $("o-record").value.trim().toLowerCase();
    const is = (test) => records && wanted && records.find((record) => test(named(record).toLowerCase()));
    const record = is((name) => name === wanted) || is((name) => name.startsWith(wanted)) || is((name) => name.includes(wanted));
    if (!record) {
      $("count").textContent = "No service of this name is in the directory. Describe it below.";
      return;
    }
    $("o-record").value = named(record);
    history.pushState(null, "", location.pathname + location.search + "#" + record[2]);
    back();
    $("results-h").focus();
  };

  const start = () => {
    form = $("offer");
    if (!form) return;
    title = document.title;
    cards = all(document, ".answer");
    for (const li of all(document, ".asks li")) li.dataset.text = li.textContent;
    form.hidden = false;
    form.onsubmit = (event) => {
      event.preventDefault();
      go(taken());
    };
    $("o-clear").onclick = () => {
      form.reset();
      go(taken());
    };
    if ($("o-record")) {
      $("o-record").onfocus = fetchRecords;
      $("o-fill").onclick = fillIn;
      $("o-record").onkeydown = (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        fillIn();
      };
    }
    onpopstate = back;
    back();
  };
  if (typeof document !== "undefined") start();

  return { verdict, records: arrived };
})();
