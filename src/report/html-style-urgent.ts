/** What only a page of an investigation has: decisions, lines of time, hours, tables of networks. */
export const urgentStyle = `
.also { font-size: 15px; margin-bottom: 2px; }
.line.small { font-size: 13px; }
.row .why time, .strange { font-weight: 600; color: var(--ink); }
.decision { margin: 2px 0 4px; font-size: 15px; }
.due { color: var(--soft); }
[data-heap='act_now'] .next { background: var(--tint); }
.signs { list-style: none; margin: 8px 0; padding: 0; }
.signs li { display: grid; grid-template-columns: 118px minmax(0, 1fr) 56px; gap: 4px 12px; padding: 3px 0; border-top: 1px solid var(--line); }
.weight { text-align: right; font-variant-numeric: tabular-nums; }
.lead + .lead { margin-top: 8px; }
h4 { margin: 12px 0 4px; font-size: 13px; line-height: 1.5; font-weight: 650; }
article ul { margin: 0; padding: 0 0 0 18px; }
article ul.signs { padding: 0; margin: 8px 0; }
.small { font-size: 13px; color: var(--soft); margin-top: 6px; }
svg { display: block; overflow: visible; }
svg text { font: 11px var(--text); fill: var(--soft); }
svg text.leak { fill: var(--ink); font-weight: 600; }
line.axis { stroke: var(--soft); stroke-width: 1; }
line.leak { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 4 3; }
.own { fill: none; stroke: var(--dead); stroke-width: 1.6; }
.stranger { fill: var(--live); stroke: var(--live); stroke-width: 1.6; }
.doubtful { fill: var(--card); stroke: var(--undecided); stroke-width: 2; }
.chosen .own, .chosen .stranger, .chosen .doubtful { stroke: var(--ink); stroke-width: 3.5; }
.line-of-time { margin: 10px 0 4px; padding: 2px 0; }
.line-of-time:focus-visible { outline-offset: 4px; }
.told:empty { display: none; }
.told { display: block; margin: 8px 0; padding: 10px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); font-size: 13px; }
.told div:first-child { font-weight: 600; }
summary { cursor: pointer; color: var(--link); padding: 4px 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-top: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--soft); border-top: 0; }
tr.strange th, tr.strange .p { font-weight: 600; }
.wide { overflow-wrap: break-word; }
.p { white-space: nowrap; }
.paper { display: none; }
.sessions td:last-child { min-width: 220px; }
.hours svg { max-width: 640px; }
.night { fill: var(--paper); }
.hours .own { fill: var(--dead); stroke: none; }
.shade-1 { fill-opacity: .35; } .shade-2 { fill-opacity: .65; }
.hours text.sign { fill: var(--card); font-weight: 700; }
.blind { margin-bottom: 8px; }
.coverage p { margin-top: 4px; }
.trimmed, .size { margin-top: 14px; color: var(--soft); }
.size { padding: 22px 32px; }
.cases:has(> .open) .size { display: none; }
.ids code { margin-right: 8px; }
@media screen and (max-width: 899px) {
  .filters { flex-wrap: wrap; gap: 1px; background: var(--line); }
  .filters button { border: 0; background: var(--card); }
  .filters button[aria-pressed='true'] { background: var(--chosen); }
  .signs li { grid-template-columns: minmax(0, 1fr) 56px; }
  .signs li span:nth-child(2) { grid-column: 1; }
  .signs .weight { grid-column: 2; grid-row: 1; }
  .wide table { min-width: 520px; }
  summary { padding: 9px 0; }
}
@media (forced-colors: active) {
  .stranger { fill: CanvasText; stroke: CanvasText; } .own, .doubtful { stroke: CanvasText; }
}
@media print {
  .told, summary { display: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .wide { overflow: visible; }
  svg, tr, .signs li { break-inside: avoid; }
  .sessions tbody tr:not(.strange), .sessions table:not(:has(.strange)) { display: none; }
  .paper { display: block; }
  .sessions > p, .sessions h3 { break-after: avoid; }
  .stranger { fill: #000; stroke: #000; } .own { stroke: #000; } .hours .own { fill: #777; }
  .night { fill: #eee; } .hours text.sign { fill: #fff; }
  table { font-size: 8pt; }
  .small, .sessions td { font-size: 8pt; }
  h4 { break-after: avoid; }
  .size { padding: 6pt 0; }
}
`
