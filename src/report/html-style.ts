/** How the page looks on a desk, by day and by night. Colour only repeats what a word and a sign already say. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f6f6f3; --card: #fffffd; --ink: #1a1c1e; --soft: #555a60; --line: #dfdfd9; --chosen: #ecebe4;
  --live: #b01f16; --undecided: #855600; --dead: #4d5b52; --aside: #4b5870; --link: #1d4f91; --tint: #fbf0ee;
  --text: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131517; --card: #191c1f; --ink: #e4e5e3; --soft: #a0a5ab; --line: #2d3135; --chosen: #262a2f;
    --live: #ff8d82; --undecided: #e5b252; --dead: #a3b5a9; --aside: #a9b7d3; --link: #8fb8f0; --tint: #2a1d1d;
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font: 14px/1.5 var(--text); color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; }
body, h1, h2, h3, p, ol, dl, dd { margin: 0; padding: 0; }
ol { list-style: none; }
code, kbd { font-family: var(--mono); font-size: .93em; font-variant-ligatures: none; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: 1px; }
b { font-weight: 600; font-variant-numeric: tabular-nums; }
time, .amount, dd { font-variant-numeric: tabular-nums; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
article:focus { outline: none; }
.live { color: var(--live); } .undecided { color: var(--undecided); }
.dead { color: var(--dead); } .aside { color: var(--aside); }

.top { padding: 18px 24px 14px; }
.brand { font: 600 12px/1.4 var(--mono); color: var(--soft); letter-spacing: .02em; }
h1 { font-size: 26px; line-height: 1.2; font-weight: 650; letter-spacing: -.018em; text-wrap: balance; margin: 6px 0 4px; }
.meta { color: var(--soft); }

.tools { display: none; align-items: center; gap: 8px 16px; flex-wrap: wrap; padding: 0 24px 14px; }
.js .tools { display: flex; }
.filters { display: flex; flex-wrap: wrap; border: 1px solid var(--line); border-radius: 7px; background: var(--card); overflow: hidden; }
button { font: inherit; color: var(--soft); background: none; border: 0; border-left: 1px solid var(--line); padding: 5px 12px; cursor: pointer; }
button:first-child { border-left: 0; }
button b { margin-left: 2px; color: var(--ink); }
button:hover { color: var(--ink); }
button[aria-pressed='true'] { color: var(--ink); background: var(--chosen); box-shadow: inset 0 -2px 0 var(--ink); }
button:focus-visible { outline-offset: -3px; }
.search { font: inherit; color: inherit; width: 270px; padding: 5px 11px; border: 1px solid var(--line); border-radius: 7px; background: var(--card); }
.search::placeholder { color: var(--soft); opacity: 1; }
.hint, .status { color: var(--soft); font-size: 12.5px; }
kbd { display: inline-block; min-width: 18px; padding: 0 5px; text-align: center; border: 1px solid var(--line); border-radius: 4px; background: var(--card); }

.desk { border-top: 1px solid var(--line); }
.heap h2, h3 { font-size: 12.5px; line-height: 1.5; font-weight: 650; }
.heap h2 { position: sticky; top: 0; z-index: 1; padding: 12px 24px 5px; background: var(--paper); }
h2 b, h3 b { font-weight: 400; color: var(--soft); margin-left: 3px; }
.queue ol + ol, .large .queue ol { content-visibility: auto; contain-intrinsic-size: auto 11400px; }
.few .queue ol { content-visibility: visible !important; }
.queue li { border-bottom: 1px solid var(--line); }
.row {
  display: grid; grid-template-columns: 14px minmax(0, 1fr); gap: 0 8px; padding: 7px 20px 8px 21px;
  border-left: 3px solid transparent; color: inherit; text-decoration: none;
}
.line { grid-column: 2; display: flex; align-items: baseline; gap: 12px; min-width: 0; }
.row code { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mark { font-size: 12px; line-height: 21px; }
.why, .amount { margin-left: auto; flex: none; }
.why { text-align: right; white-space: nowrap; font-size: 13px; }
.who { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft); font-size: 13px; }
.amount { color: var(--soft); font-size: 13px; text-align: right; white-space: nowrap; }
a.row:hover { background: var(--card); }
a.row:focus-visible { outline-offset: -3px; }
.js a.row[aria-current] { background: var(--chosen); border-left-color: var(--ink); }
.about .row { display: block; color: var(--soft); padding: 12px 21px 14px 21px; }
.none { padding: 18px 24px; color: var(--soft); }

.cases { background: var(--card); }
article { padding: 22px 32px 26px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
article > * { max-width: 780px; }
.js article { display: none; border-bottom: 0; }
.js article.open { display: block; }
.empty { padding: 22px 32px; color: var(--soft); }
.cases:has(> .open) .empty, .back { display: none; }
.state { font-weight: 600; }
.state .reason { font-weight: 400; color: var(--soft); }
article > h2 { font-size: 20px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; margin: 3px 0 6px; }
article > h2 code { font-weight: 600; font-size: .9em; letter-spacing: 0; margin-left: 3px; }
.lead { font-size: 15px; text-wrap: pretty; }
section h3 { margin-bottom: 6px; }
article section { margin-top: 20px; padding-top: 12px; border-top: 1px solid var(--line); }
article .next { border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px 14px; background: var(--paper); }
article .next + section { border-top: 0; padding-top: 0; }
[data-heap='live'] .next { background: var(--tint); }
.steps { counter-reset: step; margin-top: 8px; }
.steps li { counter-increment: step; }
.steps label { display: grid; grid-template-columns: 18px 18px 1fr; align-items: start; padding: 3px 0; cursor: pointer; }
.steps label::before { content: counter(step); grid-column: 2; grid-row: 1; color: var(--soft); font-variant-numeric: tabular-nums; }
.steps input { grid-column: 1; grid-row: 1; width: 14px; height: 14px; margin: 3.5px 0 0; accent-color: var(--ink); }
.steps span { grid-column: 3; }
.steps input:checked ~ span { color: var(--soft); text-decoration: line-through; text-decoration-thickness: 1px; }
.way, .more { margin-top: 8px; color: var(--soft); }
.facts > div { display: grid; grid-template-columns: 128px minmax(0, 1fr); gap: 12px; padding: 2px 0; }
dt { color: var(--soft); }
dd code { margin-right: 8px; }
.places li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 20px; padding: 4px 0 5px; border-top: 1px solid var(--line); }
.places li:first-child, .evidence li:first-child { border-top: 0; padding-top: 0; }
.when { white-space: nowrap; text-align: right; }
.when .public { font-weight: 600; }
.by { grid-column: 1 / -1; color: var(--soft); font-size: 13px; }
.evidence li { padding: 9px 0; border-top: 1px solid var(--line); }
.evidence .facts { margin-top: 4px; font-size: 13px; }
.answer { color: var(--soft); font-size: 13px; }
.answer b { color: var(--ink); }
.warnings { counter-reset: warning; }
.warnings li { counter-increment: warning; display: grid; grid-template-columns: 30px 1fr; padding: 3px 0; }
.warnings li::before { content: counter(warning); color: var(--soft); font-variant-numeric: tabular-nums; }
`
