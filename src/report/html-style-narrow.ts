/** How the page fits a desk's two panes, a phone's one column, more contrast, and A4 paper. */
export const narrow = `
@media screen and (min-width: 900px) {
  .js body { display: grid; grid-template-rows: auto auto minmax(0, 1fr); height: 100vh; }
  .desk { display: grid; grid-template-columns: minmax(340px, 400px) minmax(0, 1fr); }
  .js .queue, .js .cases { overflow-y: auto; overscroll-behavior: contain; }
  .queue { border-right: 1px solid var(--line); }
  .hint { margin-left: auto; }
  .queue { scroll-padding: 42px 0 12px; }
}
@media screen and (max-width: 899px) {
  .top { padding: 14px 16px 12px; }
  h1 { font-size: 22px; }
  .tools { padding: 0 16px 12px; }
  .filters { flex-wrap: nowrap; width: 100%; }
  .filters button { flex: 1 1 auto; padding: 8px 4px; line-height: 1.2; font-size: 13px; }
  .filters b { display: block; margin: 0; font-size: 15px; }
  .search { width: 100%; padding: 9px 12px; font-size: 16px; }
  .hint { display: none; }
  .heap h2 { padding-left: 16px; }
  .row { padding: 10px 16px 11px 13px; }
  .about .row { padding: 14px 16px; }
  article { padding: 16px 16px 24px; }
  .js .cases { display: none; }
  .js.reading .cases { display: block; }
  .js.reading .queue, .js.reading .tools, .js.reading .top { display: none; }
  .js.reading .desk { border-top: 0; }
  .js .cases { min-height: 100vh; }
  .js .back { display: block; margin: -4px 0 14px; }
  .back a { display: inline-block; padding: 6px 0; text-decoration: none; }
  .facts > div { grid-template-columns: 92px minmax(0, 1fr); }
  .places li { grid-template-columns: minmax(0, 1fr); }
  .when { grid-row: 2; text-align: left; white-space: normal; font-size: 13px; }
  .steps label { padding: 7px 0; }
}
@media (prefers-contrast: more) {
  :root { --soft: var(--ink); --line: var(--ink); }
}
@media (forced-colors: active) {
  button[aria-pressed='true'], .js a.row[aria-current] { outline: 2px solid; outline-offset: -2px; }
}
@page { size: A4; margin: 15mm 16mm; }
@media print {
  :root {
    color-scheme: light; --paper: #fff; --card: #fff; --tint: #fff; --ink: #000; --soft: #444; --line: #bbb;
    --live: #8f0f08; --undecided: #6b4500; --dead: #333; --aside: #333; --link: #000;
  }
  html { font-size: 9.5pt; line-height: 1.4; }
  .tools, .queue, .back, .about, .none { display: none !important; }
  .large .desk { display: flex; flex-direction: column; }
  .large .queue { display: block !important; order: 1; border: 0; }
  .large .heap:not(:has(.compact)) { display: none; }
  .large .row { padding: 3pt 0; border: 0; }
  .top, article { padding-left: 0; padding-right: 0; }
  .top { padding-top: 0; }
  h1 { font-size: 17pt; }
  .js article, article { display: block; padding: 12pt 0 14pt; border-bottom: 1px solid #000; }
  article > * { max-width: none; }
  article > h2 { font-size: 13pt; }
  .lead { font-size: 10.5pt; }
  article section { margin-top: 9pt; padding-top: 6pt; }
  h2, h3, .state, .lead { break-after: avoid; }
  .next, .facts, .places li, .evidence li { break-inside: avoid; }
  .places li { display: flex; flex-wrap: wrap; gap: 0 10pt; padding: 1.5pt 0; }
  .by { order: 1; font-size: inherit; flex: 1 1 240pt; }
  .when { order: 2; }
  .desk { border-top: 1px solid var(--line); }
  [data-heap='dead'], [data-heap='aside'] { break-inside: avoid; }
  .js [data-heap='dead'], .js [data-heap='aside'], [data-heap='dead'], [data-heap='aside'] { padding: 6pt 0; border-bottom-color: #bbb; }
  [data-heap='dead'] > h2, [data-heap='aside'] > h2 { display: inline; font-size: 11pt; }
  [data-heap='dead'] > .state, [data-heap='aside'] > .state { float: right; }
  [data-heap='dead'] .lead, [data-heap='aside'] .lead { font-size: inherit; }
  [data-heap='dead'] section, [data-heap='aside'] section { margin-top: 2pt; padding-top: 0; border-top: 0; }
  [data-heap='dead'] h3, [data-heap='aside'] h3 { display: none; }
  [data-heap='dead'] .facts, [data-heap='aside'] .facts { display: flex; flex-wrap: wrap; column-gap: 14pt; }
  [data-heap='dead'] .facts > div, [data-heap='aside'] .facts > div { display: flex; gap: 4pt; padding: 0; }
  [data-heap='dead'] .evidence li, [data-heap='aside'] .evidence li { padding: 0; }
}
`
