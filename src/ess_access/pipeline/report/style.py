"""How the page looks, and the script that narrows it; without the script it shows everything.

Colours contrast at 7:1 or more with their ground, light and dark (WCAG 2.2 §1.4.6); nothing is
said by colour alone (§1.4.1); lengths are in rem, so that the reader's own size counts.
"""

__all__ = ["SCRIPT", "STYLE"]

STYLE = """
:root { color-scheme: light dark; --ground: #ffffff; --text: #1b1b1b; --soft: #f3f3f1;
  --line: #767676; --link: #0b3a82; --seen: #4a1a7a; --grave: #8a0f0f; --mend: #5c3a00;
  --good: #0d4a22; --focus: #0b3a82; }
@media (prefers-color-scheme: dark) { :root { --ground: #141414; --text: #f1f1f1; --soft: #222222;
  --line: #a0a0a0; --link: #a9cdff; --seen: #d9bfff; --grave: #ffb3ad; --mend: #ffd58a;
  --good: #a5e3b9; --focus: #ffdf6b; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--ground);
  color: var(--text); font: 1.125rem/1.6 "Atkinson Hyperlegible", Verdana, "DejaVu Sans",
  sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 .75rem; }
h1 { font-size: 1.75rem; margin-top: 1rem; }
h2 { font-size: 1.4rem; }
h3 { font-size: 1.2rem; }
h4 { font-size: 1.05rem; margin-top: 1.25rem; }
p, ul, ol { margin: .5rem 0; }
ul, ol { padding-left: 1.5rem; }
li { margin: .35rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:visited { color: var(--seen); }
nav li a, td a, th a { display: inline-block; min-height: 1.75rem; vertical-align: top; }
:focus-visible, audio:focus-within { outline: .2rem solid var(--focus); outline-offset: .15rem; }
main:focus { outline: none; }
.skip { position: absolute; left: -100rem; top: 0; padding: .75rem 1rem; z-index: 1;
  background: var(--ground); }
.skip:focus { left: .5rem; }
.lead { font-size: 1.25rem; }
.scroll { overflow: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .5rem 0; }
th, td { border: 1px solid var(--line); padding: .5rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: normal; }
th[scope=row] { min-width: 12rem; overflow-wrap: anywhere; }
td.number { text-align: right; white-space: nowrap; }
thead th { background: var(--soft); }
.source { border-top: .2rem solid var(--line); margin-top: 3rem; }
.source > h2 { margin-top: 1rem; }
.state, .count { font-weight: bold; }
.grave { color: var(--grave); }
.mend { color: var(--mend); }
.good { color: var(--good); }
.fault { border-left: .4rem solid var(--grave); padding: .25rem 0 .25rem 1rem; }
code { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: .95em; font-weight: bold; }
audio { display: block; width: 100%; max-width: 36rem; margin: .5rem 0; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .25rem 0; font-weight: bold; }
pre { width: max-content; min-width: 100%; box-sizing: border-box; margin: 0; padding: 1rem;
  border: 1px solid var(--line); background: var(--soft); line-height: 1.5; overflow-wrap: normal; }
form { border: 1px solid var(--line); padding: 0 1rem 1rem; margin: 1rem 0; }
label { display: block; margin: .75rem 0 .25rem; }
input, select { font: inherit; color: inherit; background: var(--ground); width: 100%;
  max-width: 30rem; padding: .5rem; border: 1px solid var(--line); border-radius: .25rem; }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; }
[hidden] { display: none !important; }
@media (forced-colors: none) { .tag { border: 1px solid currentColor; border-radius: .25rem;
  padding: .05rem .4rem; } }
@media print { body { max-width: none; padding: 0; font-size: 12pt; color: #000;
  background: #fff; } nav, form, audio, .skip { display: none; } a { color: #000; }
  .grave, .mend, .good { color: #000; } h2, h3, h4 { break-after: avoid; }
  li, tr, .fault { break-inside: avoid; } pre { width: auto; white-space: pre-wrap; }
  details::details-content { content-visibility: visible; display: block; } }
"""

SCRIPT = """
(function () {
  var form = document.getElementById("filter");
  if (!form) { return; }
  var sources = Array.prototype.slice.call(document.querySelectorAll("section[data-words]"));
  var name = document.getElementById("filter-name");
  var state = document.getElementById("filter-state");
  var told = document.getElementById("filter-told");
  function flat(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g, "");
  }
  function narrow() {
    var wanted = flat(name.value.trim());
    var shown = 0;
    sources.forEach(function (source) {
      var fits = flat(source.dataset.words).indexOf(wanted) !== -1 &&
        (state.value === "all" || source.dataset.state.split(" ").indexOf(state.value) !== -1);
      shown += fits ? 1 : 0;
      source.hidden = !fits;
      document.querySelectorAll('[data-of="' + source.id + '"]').forEach(function (part) {
        part.hidden = !fits;
      });
    });
    told.textContent = told.dataset.shown.replace("{shown}", shown);
  }
  function uncover(address) {
    var target = document.getElementById(address.slice(1));
    var hidden = target && target.closest("section[data-words]");
    if (hidden && hidden.hidden) {
      name.value = "";
      state.value = "all";
      narrow();
      return target;
    }
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest('a[href^="#"]');
    if (link) { uncover(link.getAttribute("href")); }
  });
  window.addEventListener("hashchange", function () {
    var target = uncover(location.hash);
    if (target) { target.scrollIntoView(); }
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  name.addEventListener("input", narrow);
  state.addEventListener("change", narrow);
  form.hidden = false;
  narrow();
}());
"""
