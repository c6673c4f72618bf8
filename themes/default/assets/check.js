"use strict";
// The check of a service against published gaps. The page holds every line with what it asks; this
// sorts them by the rule of `src/evidence/disclosure/gaps/asks.rs`. Data is only ever set as text,
// and what is described stays after the # of the address: no request carries it.
{
  const { $, el, counted, load } = placewise;

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
    const [n, asked] = [lacks.length, needs(asks)];
    const part = among && needs(lacks) === n && (n > 1 ? n < asked : n === asked);
    return { is: n === 1 ? "one" : part ? "part" : n ? "more" : "answers", lacks };
  };

  const OLDEST = 130;
  const all = (within, selector) => [...within.querySelectorAll(selector)];
  const number = (text) => (/^\d+$/.test(text) ? Number(text) : null);
  let form, cards, title, records, waiting;

  // The state in the address, as the fields hold it.
  const FIELDS = ["level", "area", "serves", "gender", "min", "max", "places"];
  const read = (text) => {
    const hash = new URLSearchParams(text.slice(1));
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

  // How places compare with those that are wanted, which stand in the card.
  const sized = (card, places) => {
    const beds = card.querySelector('[data-key^="gap-line.beds"]');
    if (!places || !beds) return "";
    const text = beds.textContent;
    const [low, high = text.includes("more") ? Infinity : low] = text.match(/\d+/g).map(Number);
    const why = places < low ? "it would be a part of the answer" : places > high && "more than this gap would fill";
    return why ? ` With ${places} of about ${text} wanted, ${why}.` : "";
  };
  const says = (card, is, lacks, places) => {
    if (is === "answers") return "Your service would answer this." + sized(card, places);
    if (is === "one") return `One thing is missing: you would need to ${lacks[0].dataset.text}.` + sized(card, places);
    if (is === "part") return "It could take some of these people.";
    return `${lacks.length} things are missing.`;
  };

  // Marks in a card what a service offers of it.
  const mark = (card, state) => {
    const items = all(card, "[data-ask]");
    const asks = items.map((li) => [li.dataset.ask, li.dataset.of]);
    const found = state && verdict(asks, card.dataset.needs === "among", offered(state), within);
    const lacks = items.filter((_, i) => state && found.lacks.includes(asks[i]));
    for (const li of items) {
      li.textContent = li.dataset.text;
      if (!state) continue;
      li.append(el("b", null, lacks.includes(li) ? " (missing)" : " (yes)"));
    }
    const line = card.querySelector(".verdict");
    line.hidden = !state;
    line.textContent = state && says(card, found.is, lacks, number(state.places));
    return found ? found.is : "list";
  };

  // What the fields say, for print and for whoever cannot see the form.
  const describe = () => {
    const parts = FIELDS.filter((key) => $("o-" + key).value).map((key) => {
      const field = $("o-" + key);
      return `${field.labels[0].textContent.toLowerCase()} ${field.options ? label(field, field.value) : field.value}`;
    });
    return [...parts, ...all(form, ":checked[data-need], :checked[data-legal]").map((box) => box.labels[0].textContent)].join("; ");
  };

  const show = (state) => {
    const described = Boolean(written(state));
    const groups = { answers: 0, one: 0, part: 0, more: 0, list: 0 };
    for (const card of cards) {
      const group = mark(card, described ? state : null);
      groups[group]++;
      $(group).append(card);
    }
    const { answers, one, part, more } = groups;
    for (const id of ["answers", "one", "part", "more"]) $(id).hidden = !groups[id];
    $("more-n").textContent = ` (${more})`;
    const told = `Your service would answer ${counted(answers, "published gap")}, and misses ${one} by one thing.` +
      (part ? ` Of ${part} more it could take some of the people.` : "") + (answers + one + part ? "" : " Talk to us all the same: not every need is published.");
    $("count").textContent = described ? told : $("count").dataset.text;
    $("described").hidden = !described;
    $("described").textContent = described ? `As described: ${describe()}.` : "";
    document.title = described ? `${counted(answers, "gap")} answered, ${one} missed by one thing - ${title}` : title;
  };

  const go = (state) => {
    const hash = written(state);
    history.pushState(null, "", location.pathname + location.search + (hash && "#" + hash));
    show(state);
    $("results-h").focus();
  };
  const back = () => {
    if (location.hash && !location.hash.includes("=")) return;
    const state = read(location.hash);
    fill(state);
    show(state);
  };

  // Records are fetched when somebody asks for them.
  const fetchRecords = () => {
    if (records) return;
    records = [];
    load($("results").dataset.records);
  };
  const named = ([name, provider]) => `${name}, ${provider}`;
  const arrived = (list) => {
    records = list;
    $("o-records").append(...list.map((record) => new Option("", named(record))));
    if (waiting) fillIn();
  };
  const fillIn = () => {
    fetchRecords();
    waiting = !records.length;
    const wanted = $("o-record").value.trim().toLowerCase();
    if (waiting || !wanted) return;
    const has = (begin) => records.find((record) => (begin + named(record).toLowerCase()).includes(begin + wanted));
    const record = has("\n") || has("");
    if (!record) {
      $("count").textContent = "No service in the directory has this name. Describe it below.";
      return;
    }
    $("o-record").value = named(record);
    fill(read("#" + record[2]));
    go(taken());
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

  Object.assign(placewise, { verdict, records: arrived });
}
