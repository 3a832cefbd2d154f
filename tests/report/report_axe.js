// Open a page in Chromium, have axe-core judge it, and work it with the keyboard alone.
// node report_axe.js NODE_MODULES CHROMIUM PAGE PROFILE → a JSON object on standard output.
const { createRequire } = require("module");
const fs = require("fs");
const path = require("path");

const [modules, chromium, page, profile] = process.argv.slice(2);
const need = createRequire(path.join(modules, "report_axe.js"));
const puppeteer = need("puppeteer-core");
const axe = fs.readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function judged(tab) {
  await tab.evaluate(axe);
  return tab.evaluate(async (rules) => {
    document.querySelectorAll("details").forEach((each) => { each.open = true; });
    const found = await window.axe.run(document, { runOnly: { type: "tag", values: rules } });
    return {
      violations: found.violations.map((each) =>
        `${each.id}: ${each.nodes.map((node) => node.html).join(" | ")}`),
      passes: found.passes.map((each) => each.id),
      overflow: document.documentElement.scrollWidth - window.innerWidth,
    };
  }, RULES);
}

async function opened(browser, { width, scheme, script }) {
  const tab = await browser.newPage();
  const asked = [];
  tab.on("request", (request) => asked.push(request.url()));
  await tab.setJavaScriptEnabled(script);
  await tab.setViewport({ width, height: 800 });
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await tab.goto(`file://${page}`);
  return { tab, asked };
}

const focused = (tab) => tab.evaluate(() => {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  return {
    tag: here.tagName.toLowerCase(), id: here.id, href: here.getAttribute("href"),
    seen: box.width > 0 && box.height > 0 && box.left >= 0,
    outlined: getComputedStyle(here).outlineStyle !== "none",
  };
});

async function main() {
  const browser = await puppeteer.launch({
    executablePath: chromium, headless: true, userDataDir: profile,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    const told = { judged: {}, asked: [] };
    for (const scheme of ["light", "dark"]) {
      for (const width of [360, 1200]) {
        const { tab, asked } = await opened(browser, { width, scheme, script: true });
        told.judged[`${scheme} ${width}`] = await judged(tab);
        told.asked.push(...asked);
        await tab.close();
      }
    }

    const { tab } = await opened(browser, { width: 1200, scheme: "light", script: true });
    await tab.keyboard.press("Tab");
    told.first = await focused(tab);
    await tab.keyboard.press("Enter");
    told.skipped = await focused(tab);
    told.stops = [];
    for (let n = 0; n < 200; n += 1) {
      await tab.keyboard.press("Tab");
      const here = await focused(tab);
      if (here.tag === "body" || here.href === "#content") break;
      told.stops.push(here);
    }

    await tab.focus("#filter-name");
    await tab.keyboard.type("abime");
    told.filtered = await tab.evaluate(() => ({
      sources: [...document.querySelectorAll("section[data-words]")]
        .filter((each) => !each.hidden).map((each) => each.querySelector("h2").textContent),
      rows: [...document.querySelectorAll("tr[data-of]")].filter((each) => !each.hidden).length,
      told: document.getElementById("filter-told").textContent,
    }));
    await tab.keyboard.press("Enter");
    told.stayed = tab.url().split("#")[0].endsWith(path.basename(page));
    for (let n = 0; n < 5; n += 1) await tab.keyboard.press("Backspace");
    await tab.focus("#filter-state");
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("ArrowDown");
    told.failed = await tab.evaluate(() =>
      [...document.querySelectorAll("section[data-words]")]
        .filter((each) => !each.hidden).map((each) => each.querySelector("h2").textContent));

    const covered = await tab.evaluate(() => document.getElementById("s1").closest("section").hidden);
    await tab.evaluate(() => { location.hash = "#s1"; });
    await tab.waitForFunction(() => !document.getElementById("s1").closest("section").hidden);
    const back = await tab.evaluate(() => document.getElementById("filter-told").textContent);
    await tab.focus("#filter-name");
    await tab.keyboard.type("abime");
    await tab.evaluate(() => {
      const link = document.createElement("a");
      link.href = "#s1";
      document.body.append(link);
      link.click();
    });
    told.uncovered = await tab.evaluate((covered, back) => ({
      covered, back,
      top: Math.round(document.getElementById("s1").getBoundingClientRect().top),
      name: document.getElementById("filter-name").value,
    }), covered, back);

    await tab.select("#filter-state", "all");
    await tab.evaluate(() => { document.querySelector("pre[lang]").closest("details").querySelector("summary").focus(); });
    await tab.keyboard.press("Space");
    told.unfolded = await tab.evaluate(() => document.querySelector("pre[lang]").closest("details").open);
    await tab.close();

    const plain = await opened(browser, { width: 1200, scheme: "light", script: false });
    const snapshot = await plain.tab.accessibility.snapshot();
    told.plain = JSON.stringify(snapshot).includes("guide.md");
    await plain.tab.close();
    process.stdout.write(JSON.stringify(told));
  } finally {
    await browser.close();
  }
}

main().catch((error) => { process.stderr.write(`${error.stack}\n`); process.exitCode = 1; });
