// The search of the directory, in a browser, on the example.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { directory, found, open, stage } from "./harness.mjs";

const QUERIES = JSON.parse(readFileSync(new URL("queries.json", import.meta.url)));
const PERSON = "#level=open-rehab&home=kesterly&age=adults&gender=female&legal=informal&need=psychosis";
let site, chrome;
stage((...both) => ([site, chrome] = both));

/** Goes to a state of the search as the back button does. */
const at = (page, query) => page.evaluate((to) => {
  history.pushState(null, "", location.pathname + to);
  dispatchEvent(new PopStateEvent("popstate"));
}, query);

async function fresh(query, options) {
  const opened = await open(chrome, options);
  await directory(opened.page, site.root, query);
  return opened;
}

test("every query finds what it should", async () => {
  const { page, faults, close } = await fresh();
  const wrong = [];
  const everything = new Set();
  for (const { why, q, query, only, includes, excludes, first, none, all } of QUERIES) {
    if (query) await at(page, query);
    else {
      await at(page, "");
      await page.locator("#q").fill(q);
      await page.locator("#search button").first().click();
    }
    const ids = await found(page);
    ids.forEach((id) => everything.add(id));
    const has = (id) => ids.includes(id);
    const right = (!only || (ids.length === only.length && only.every(has))) && (!includes || includes.every(has)) &&
      !excludes?.some(has) && (!first || first.split("|").includes(ids[0])) && (!none || !ids.length) && (!all || ids.length > 80);
    if (!right || !(only ?? includes ?? first ?? none ?? all)) wrong.push(`${why}: ${q ?? query} finds ${ids.join(", ")}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(QUERIES.length >= 60 && everything.size > 80);
  assert.deepEqual(faults, []);
  await close();
});

test("each choice of each facet leaves as many as it says", async () => {
  const { page, faults, close } = await fresh("?all=yes");
  const options = await page.$$eval("#facets input", (boxes) => boxes.map((box) => ({
    name: box.name, value: box.value, count: Number(box.parentNode.querySelector(".n").textContent.slice(1, -1)) })));
  assert.ok(new Set(options.map((option) => option.name)).size === 11, "all facets are there");
  for (const { name, value, count } of options) {
    await at(page, `?${new URLSearchParams([[name, value]])}`);
    assert.match(await page.textContent("#count"), new RegExp(`^${count} service`), `${name} ${value}`);
  }
  assert.deepEqual(faults, []);
  await close();
});

test("a list of a facet and the search agree, card by card", async () => {
  const { page, close } = await fresh();
  const cards = (within) => page.$$eval(`${within} article`, (all) => all.map((card) => ({
    text: card.textContent.replace(/\s+/g, ""), links: [...card.querySelectorAll("a:not([data-short])")].map((a) => a.pathname).join(" ") })));
  for (const [facet, value] of [["area", "avonbridge"], ["area", "saltby"], ["type", "care-home"], ["level", "supported-living"], ["need", "dementia"]]) {
    await page.goto(`${site.root}/directory/${facet}/${value}/`);
    const listed = await cards("#list");
    const seen = [];
    for (let number = 1; seen.length < listed.length; number++) {
      await directory(page, site.root, `?${facet}=${value}&sort=name&page=${number}`);
      seen.push(...await cards("#found"));
    }
    assert.deepEqual(seen, listed, `${facet} ${value}`);
  }
  await close();
});

test("filters are applied by a button, shown, removed, and kept in the address", async () => {
  const { page, faults, close } = await fresh();
  const count = () => page.textContent("#count");
  const before = await count();
  assert.match(before, /providers with 90 services|providers with/);
  await page.locator("#facets summary", { hasText: "Area" }).click();
  await page.getByLabel(/^Saltby/).check();
  assert.equal(await count(), before, "nothing changes before the button");
  await page.getByRole("button", { name: "Apply filters" }).click();
  const saltby = await count();
  assert.notEqual(saltby, before);
  assert.match(page.url(), /\?all=yes&area=saltby$/);
  assert.equal(await page.locator("#chosen button").count(), 1);
  await page.reload();
  await page.waitForSelector("#search:not([hidden])");
  assert.equal(await count(), saltby, "a reload keeps it");
  await page.getByRole("button", { name: /Remove Area: Saltby/ }).click();
  assert.notEqual(await count(), saltby);
  assert.equal(await page.getByLabel(/^Saltby/).isChecked(), false);
  await page.goBack();
  assert.equal(await count(), saltby, "back goes back");
  assert.equal(await page.getAttribute("#count", "role"), "status");
  assert.deepEqual(faults, []);
  await close();
});

test("typing shows results at once, and pages turn", async () => {
  const { page, faults, close } = await fresh("?all=yes");
  assert.equal(await page.locator("#found article").count(), 20);
  await page.getByRole("link", { name: "Next page" }).click();
  assert.match(await page.title(), /page 2/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "results-h");
  await page.locator("#q").pressSequentially("picu");
  assert.deepEqual(await found(page), ["carr-lane-picu"]);
  assert.match(page.url(), /q=picu/);
  assert.doesNotMatch(page.url(), /page=/);
  await page.locator("#q").fill("zeppelin");
  assert.ok(await page.getByRole("heading", { name: "Nothing matches" }).isVisible());
  assert.ok(await page.locator("#filters").isVisible());
  assert.deepEqual(faults, []);
  await close();
});

test("results are sorted as asked", async () => {
  const { page, close } = await fresh("?near=Saltby&sort=distance&all=yes");
  const miles = await page.$$eval("#found article", (all) => all.map((card) => Number(/less than a mile/.test(card.textContent) ? 0 : /about (\d+) mile/.exec(card.textContent)?.[1] ?? 999)));
  assert.deepEqual(miles, miles.toSorted((a, b) => a - b));
  assert.ok(miles[0] < 3);
  await directory(page, site.root, "?sort=name&all=yes");
  const names = await page.$$eval("#found .card-name", (all) => all.map((h) => h.textContent.replace(/^The /, "")));
  assert.deepEqual(names, names.toSorted((a, b) => a.localeCompare(b, "en")));
  await directory(page, site.root, "?sort=rating&all=yes");
  assert.match(await page.textContent("#found article:first-child"), /Outstanding/);
  await directory(page, site.root, "?sort=free&all=yes");
  assert.match(await page.textContent("#found article:first-child"), /6 places free/);
  await directory(page, site.root, "?near=Nowhere-on-Sea");
  assert.match(await page.textContent("#count"), /not a place we know/);
  await close();
});

test("a person is described in the fragment, and no request carries it", async () => {
  const { page, faults, close } = await fresh();
  site.asked.length = 0;
  await page.locator("#person summary").click();
  await page.getByLabel("Level of care", { exact: true }).selectOption("open-rehab");
  await page.getByLabel("Home area").selectOption("kesterly");
  await page.getByLabel("Age", { exact: true }).selectOption("adults");
  await page.getByLabel("Gender", { exact: true }).selectOption("female");
  await page.getByLabel("Legal status", { exact: true }).selectOption("informal");
  await page.locator("#p-needs").getByLabel("Psychosis").check();
  await page.getByRole("button", { name: "Show what fits" }).click();
  const url = new URL(page.url());
  assert.equal(url.hash, "#level=open-rehab&home=kesterly&age=adults&gender=female&legal=informal&need=psychosis");
  assert.equal(url.search, "?all=yes");
  const fits = await found(page);
  assert.deepEqual(fits.toSorted(), ["bramley-house", "rowan-court"]);
  assert.match(await page.textContent("#count"), /^2 services fit, 98 do not$/);
  await page.locator("#person summary").isVisible();
  await page.getByLabel(/Also list what does not fit/).check();
  await page.getByRole("button", { name: "Show what fits" }).click();
  const reasons = await page.$$eval("#found .verdict", (all) => all.map((p) => p.textContent));
  assert.deepEqual(reasons.slice(0, 2), ["Fits", "Fits"]);
  assert.ok(reasons.slice(2).every((text) => text.startsWith("Does not fit: ")));
  await page.reload();
  await page.waitForSelector("#search:not([hidden])");
  assert.match(await page.textContent("#count"), /^2 services fit/);
  await page.locator("#found .card-name a").first().click();
  await page.waitForURL(/rowan|bramley/);
  await page.goBack();
  await page.waitForSelector("#found .verdict");
  for (const { url: address, referer } of site.asked) {
    for (const word of ["kesterly", "psychosis", "female", "informal", "open-rehab", "adults", "others"]) {
      assert.ok(!address.includes(word) && !referer.includes(word), `${address} ${referer}`);
    }
    assert.equal(referer, "", "no page tells where its reader came from");
  }
  assert.deepEqual(faults, []);
  await close();
});

test("the link to the content takes nothing away, and a person can be taken away", async () => {
  const { page, close } = await fresh(`?all=yes${PERSON}`);
  const before = page.url();
  await page.locator("a", { hasText: "Skip to" }).press("Enter");
  await page.waitForFunction(() => location.hash.includes("="));
  assert.equal(page.url(), before);
  await page.getByRole("button", { name: "Remove For one person" }).click();
  assert.equal(new URL(page.url()).hash, "");
  await close();
});

test("a long directory asks for the area first, and only that part is fetched", async () => {
  const { page, faults, close } = await open(chrome);
  const part = await (await fetch(`${site.root}/assets/search-index.js`)).text();
  const serveScript = (body) => (route) => route.fulfill({ contentType: "text/javascript", body });
  const list = { version: 2, parts: [["eastmarch", "Eastmarch (100 services)", "search-index-eastmarch.js"], ["-", "No area stated (3 services)", "search-index.elsewhere.js"]] };
  await page.route("**/assets/search-index.js", serveScript(`placewise.index(${JSON.stringify(list)});`));
  await page.route("**/assets/search-index-eastmarch.js", serveScript(part));
  await page.goto(`${site.root}/directory/`);
  await page.waitForSelector("#parts:not([hidden])");
  assert.equal(await page.locator("#search").isVisible(), false);
  await page.getByLabel("Which part of the directory?").selectOption("eastmarch");
  await page.getByRole("button", { name: "Search there" }).click();
  await page.waitForSelector("#search:not([hidden])");
  await page.locator("#q").fill("picu");
  assert.deepEqual(await found(page), ["carr-lane-picu"]);
  assert.match(page.url(), /\?part=eastmarch&q=picu$/);
  assert.deepEqual(faults, []);
  await close();
});

test("in print the results stand by themselves", async () => {
  const { page, close } = await fresh(`?all=yes&area=saltby${PERSON}&others=yes`);
  await page.emulateMedia({ media: "print" });
  for (const id of ["search", "filters", "sorting", "chosen"]) assert.equal(await page.locator(`#${id}`).isVisible(), false, id);
  assert.equal(await page.locator(".masthead nav").isVisible(), false);
  assert.ok(await page.locator("#count").isVisible());
  assert.ok(await page.locator("#found article .verdict").first().isVisible());
  await close();
});

test("fields of a person have no name, so that no browser sends them", async () => {
  const { page, close } = await fresh();
  const named = await page.$$eval("#person input, #person select", (fields) => fields.filter((field) => field.name).length);
  assert.equal(named, 0);
  await close();
});

test("without scripts every service can be reached, and no control is shown that does nothing", async () => {
  const { page, close } = await open(chrome, { javaScriptEnabled: false });
  await page.goto(`${site.root}/directory/`);
  for (const id of ["search", "filters", "parts", "sorting"]) assert.equal(await page.locator(`#${id}`).isVisible(), false, id);
  assert.ok(await page.locator("#ready-made").isVisible());
  assert.ok(await page.locator("#list article").count() > 20);
  await page.goto(`${site.root}/directory/area/avonbridge/`);
  await page.getByRole("link", { name: "Care home with nursing", exact: true }).first().click();
  assert.match(page.url(), /area\/avonbridge\/type\/care-home-nursing\/$/);
  assert.equal(await page.locator(".chosen a").count(), 2);
  await close();
});

test("everything can be done with the keyboard, and focus is seen", async () => {
  const { page, close } = await fresh();
  await page.locator("#q").focus();
  await page.keyboard.type("dementia");
  await page.keyboard.press("Enter");
  assert.match(await page.textContent("#count"), /^\d+ services/);
  const stops = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      return { name: (at.textContent || at.id).trim().slice(0, 30), seen: style.outlineStyle !== "none" && box.width > 0 && box.top >= 0 && box.top < innerHeight, tag: at.tagName };
    });
    if (stop.tag === "BODY") break;
    stops.push(stop);
  }
  assert.ok(stops.length > 20);
  assert.deepEqual(stops.filter((stop) => !stop.seen), []);
  await page.locator("#facets summary", { hasText: "Rating" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Apply filters" }).focus();
  await page.keyboard.press("Enter");
  assert.match(page.url(), /rating=/);
  await close();
});

test("opened from a folder, without a server, the search works too", async () => {
  const { page, faults, close } = await open(chrome);
  const { pathToFileURL } = await import("node:url");
  const { SITE } = await import("./harness.mjs");
  await page.goto(`${pathToFileURL(SITE)}/directory/index.html`);
  await page.waitForSelector("#search:not([hidden])");
  await page.locator("#q").fill("picu");
  assert.equal(await page.locator("#found article").count(), 1);
  assert.deepEqual(faults, []);
  await close();
});
