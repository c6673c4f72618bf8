// The check of a service against published gaps, in a browser, on the example.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, stage } from "./harness.mjs";

const WOMEN = "#level=open-rehab&area=avonbridge&gender=female&min=18&max=64&need=personality-disorder&need=self-harm&legal=detained&legal=informal";
let site, chrome;
stage((...both) => ([site, chrome] = both));

async function fresh(state = "", options) {
  const opened = await open(chrome, options);
  await opened.page.goto(`${site.root}/check-my-service/${state}`);
  await opened.page.waitForSelector("#offer:not([hidden])");
  return opened;
}
const titles = (page, group) => page.$$eval(`#${group} .card-name`, (all) => all.map((h) => h.textContent));
const said = (page, group) => page.$$eval(`#${group} .verdict`, (all) => all.map((p) => p.textContent));

test("a service is described, and every gap is sorted by what it lacks", async () => {
  const { page, faults, close } = await fresh();
  const count = await page.locator(".answer").count();
  assert.ok(count > 10);
  assert.equal(await page.locator("#list .answer").count(), count, "everything is listed before anything is asked");
  await page.getByLabel("Level of care").selectOption("open-rehab");
  await page.getByLabel("Where it is or would be").selectOption("avonbridge");
  await page.getByLabel("Gender").selectOption("female");
  await page.getByLabel("Youngest age").fill("18");
  await page.getByLabel("Oldest age").fill("64");
  await page.getByLabel("Places").fill("8");
  for (const name of ["Personality disorder", "Self-harm", "Detained under the Mental Health Act", "Not detained"]) await page.getByLabel(name, { exact: true }).check();
  assert.equal(await page.locator("#list .answer").count(), count, "nothing moves before the button");
  await page.getByRole("button", { name: "Check this service" }).click();
  assert.deepEqual(await titles(page, "answers"), ["Open rehabilitation for women aged 18 to 64: personality disorder and self-harm"]);
  assert.deepEqual(await said(page, "answers"), ["Your service would answer this. With 8 of about 12 to 19 places wanted, it would be a part of the answer."]);
  assert.ok((await said(page, "one")).every((text) => /^One thing is missing: you would need to /.test(text)));
  assert.ok((await said(page, "more")).every((text) => /^\d+ things are missing\.$/.test(text)));
  assert.equal(await page.locator(".answer").count(), count, "no gap is lost or doubled");
  assert.match(await page.textContent("#count"), /^Your service would answer 1 published gap, and misses \d+ by one thing\./);
  assert.equal(await page.getAttribute("#count", "role"), "status");
  assert.match(await page.title(), /^1 gap answered/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "results-h");
  assert.match(await page.textContent("#described"), /level of care Open rehabilitation; .*Self-harm/);
  const hash = await page.evaluate(() => location.hash);
  await page.getByLabel("Self-harm").uncheck();
  await page.getByRole("button", { name: "Check this service" }).click();
  assert.equal(await page.locator("#answers").isVisible(), false);
  assert.match((await said(page, "one")).join(), /you would need to offer care for self-harm\./);
  const marks = await page.$$eval("#one .answer:first-of-type .asks li", (all) => all.map((li) => li.textContent).filter((text) => text.endsWith("(missing)")));
  assert.equal(marks.length, 1);
  await page.goBack();
  assert.equal(await page.evaluate(() => location.hash), hash);
  assert.equal((await titles(page, "answers")).length, 1, "back goes back");
  assert.equal(await page.getByLabel("Self-harm").isChecked(), true);
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await page.locator("#list .answer").count(), count);
  assert.equal(await page.evaluate(() => location.hash), "");
  assert.deepEqual(faults, []);
  await close();
});

test("a record of the directory fills the form, and its page leads here", async () => {
  const { page, faults, close } = await fresh();
  await page.locator("#o-record").fill("copperleaf house");
  await page.getByRole("button", { name: "Fill in" }).click();
  await page.waitForFunction(() => location.hash.includes("level="));
  assert.match(await page.inputValue("#o-record"), /^Copperleaf House, /);
  assert.notEqual(await page.inputValue("#o-level"), "");
  assert.ok(await page.locator("#offer :checked[data-need]").count() > 0);
  const told = await page.textContent("#count");
  await page.reload();
  await page.waitForSelector("#offer:not([hidden])");
  assert.equal(await page.textContent("#count"), told, "a reload keeps it");
  await page.locator("#o-record").fill("no such house");
  await page.locator("#o-record").press("Enter");
  await page.waitForFunction(() => /has this name/.test(document.getElementById("count").textContent));
  assert.deepEqual(faults, []);
  await close();
});

test("each gap that a record answers is one whose page names the service", async () => {
  const { page, close } = await fresh();
  await page.locator("#o-record").focus();
  await page.waitForFunction(() => document.querySelectorAll("#o-records option").length > 0);
  const names = await page.$$eval("#o-records option", (all) => all.map((option) => option.value));
  assert.ok(names.length >= 90);
  const answered = new Map();
  for (const name of names) {
    await page.locator("#o-record").fill(name);
    await page.getByRole("button", { name: "Fill in" }).click();
    const found = await page.$$eval("#answers [data-needs=together] .card-name a", (links) => links.map((a) => a.href));
    for (const href of found) answered.set(href, [...(answered.get(href) ?? []), name]);
  }
  assert.ok(answered.size > 0);
  const gaps = await page.$$eval("[data-needs=together] .card-name a", (links) => links.map((a) => a.href));
  for (const href of gaps) {
    await page.goto(href);
    const offered = await page.$$eval("h2", (all) => {
      const why = all.find((h) => h.textContent === "Why it is listed").parentNode;
      return [...why.querySelectorAll("ul li")].map((li) => li.textContent.replace(", run by ", ", "));
    });
    assert.deepEqual((answered.get(href) ?? []).toSorted(), offered.toSorted(), href);
  }
  await close();
});

test("no request carries what is described, and no field has a name", async () => {
  const { page, close } = await fresh(`?from=post${WOMEN}`);
  site.asked.length = 0;
  await page.reload();
  await page.waitForSelector("#offer:not([hidden])");
  await page.getByRole("button", { name: "Check this service" }).click();
  await page.locator("#answers .card-name a").first().click();
  await page.waitForURL(/gaps/);
  assert.ok(site.asked.length > 3);
  for (const { url, referer } of site.asked) {
    assert.doesNotMatch(url.replace(/^\/gaps\/.*/, ""), /avonbridge|self-harm|detained|level=/);
    assert.equal(referer, "");
  }
  await page.goBack();
  assert.equal(await page.$$eval("#offer [name]", (fields) => fields.length), 0);
  await close();
});

test("without scripts there is no dead control, and every gap can be read with what it asks", async () => {
  const { page, close } = await open(chrome, { javaScriptEnabled: false });
  await page.goto(`${site.root}/check-my-service/`);
  for (const id of ["offer", "answers", "one", "part", "more", "described"]) assert.equal(await page.locator(`#${id}`).isVisible(), false, id);
  assert.ok(await page.locator("#list .answer").count() > 10);
  await page.locator("#list summary").first().click();
  assert.ok(await page.locator("#list .asks").first().locator("li").count() >= 6);
  await page.getByRole("link", { name: "Open rehabilitation", exact: true }).first().click();
  assert.match(page.url(), /check-my-service\/open-rehab\/$/);
  assert.equal(await page.textContent("h1"), "What is wanted: open rehabilitation");
  assert.ok(await page.locator("h2[id^=need-]").count() > 2);
  assert.ok(await page.locator(".gap-card .fig").count() > 2);
  await close();
});

test("hostile text in the address and in the page is shown as text", async () => {
  const evil = encodeURIComponent('"><img src=x onerror=alert(1)>');
  const { page, faults, close } = await fresh(`#level=${evil}&area=${evil}&need=${evil}&min=${evil}&places=${evil}&serves=${evil}*avonmere&gender=${evil}`);
  assert.equal(await page.locator("img").count(), 0);
  await page.evaluate(() => {
    document.querySelector(".asks li").dataset.text = "<img src=x onerror=alert(1)>";
    document.querySelector(".card-name").textContent = "<script>alert(1)</script>";
  });
  await page.route("**/assets/records.js", (route) => route.fulfill({ contentType: "text/javascript",
    body: 'placewise.records([["<img src=x onerror=alert(1)>", "<b>", "level=open-rehab&need=<img src=x>"]]);' }));
  await page.locator("#o-record").fill("<img");
  await page.getByRole("button", { name: "Fill in" }).click();
  await page.waitForFunction(() => location.hash.includes("open-rehab"));
  assert.equal(await page.locator("img, main script, main b b").count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

test("everything can be done with the keyboard, and focus is seen", async () => {
  const { page, close } = await fresh();
  await page.locator("#o-level").focus();
  await page.keyboard.type("Open");
  for (let stop = 0; stop < 50; stop++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const node = document.activeElement;
      const box = node.getBoundingClientRect();
      return { text: node.textContent, kind: node.type, seen: getComputedStyle(node).outlineStyle !== "none" && box.top >= 0 && box.top < innerHeight };
    });
    assert.ok(at.seen, at.text);
    if (at.kind === "checkbox") await page.keyboard.press("Space");
    if (at.text === "Check this service") break;
  }
  await page.keyboard.press("Enter");
  assert.match(await page.textContent("#count"), /^Your service would answer/);
  assert.match(page.url(), /level=open-rehab.*need=/);
  await close();
});

test("at 320 px nothing runs over the sides, and all targets are large enough", async () => {
  const { page, close } = await fresh(WOMEN, { viewport: { width: 320, height: 700 } });
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  const small = await page.$$eval("main button, main select, main summary, main input:not([type=checkbox]), main label.option", (all) =>
    all.filter((node) => node.getClientRects().length && node.getBoundingClientRect().height < 24).map((node) => node.outerHTML.slice(0, 80)));
  assert.deepEqual(small, []);
  await close();
});

test("in print the form is gone, and what was described stays", async () => {
  const { page, close } = await fresh(WOMEN);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#offer").isVisible(), false);
  assert.ok(await page.locator("#described").isVisible());
  assert.ok(await page.locator("#answers .verdict").first().isVisible());
  await close();
});

test("opened from a folder, without a server, the check works too", async () => {
  const { page, faults, close } = await open(chrome);
  const { pathToFileURL } = await import("node:url");
  const { SITE } = await import("./harness.mjs");
  await page.goto(`${pathToFileURL(SITE)}/check-my-service/index.html${WOMEN}`);
  await page.waitForSelector("#answers:not([hidden])");
  await page.locator("#o-record").fill("copperleaf house");
  await page.getByRole("button", { name: "Fill in" }).click();
  await page.waitForFunction(() => document.getElementById("o-record").value.includes("Copperleaf House,"));
  assert.deepEqual(faults, []);
  await close();
});
