import type { Report } from '../model/run.ts'
import { standing, standingName, standings } from './standing.ts'
import { urgencies, urgencyName, urgencyOf, wasInvestigated } from './urgency-words.ts'
import { number } from './words.ts'

type Group = 'show' | 'decide'

/** What narrows the queue: states, decisions where there are any, and words. Needs the script, and is hidden without it. */
export function filters({ cases }: Report): string {
  const states = standings.map(heap => ({
    value: heap,
    words: standingName(heap),
    total: cases.filter(({ verdict }) => standing(verdict) === heap).length,
  }))
  const decisions = urgencies
    .map(urgency => ({
      value: urgency,
      words: urgencyName(urgency),
      total: cases.filter(one => urgencyOf(one) === urgency).length,
    }))
    .filter(({ total }) => total > 0)
  const all = { value: 'all', words: 'All', total: cases.length }
  const second = wasInvestigated({ cases }) ? group('decide', 'Show decisions', [all, ...decisions]) : ''
  return `<div class="tools">
${second}${group('show', 'Show', [all, ...states])}<input class="search" type="search" aria-label="Search keys, owners, files" placeholder="Search keys, owners, files" autocomplete="off" spellcheck="false">
<output class="status" aria-live="polite"></output>
<p class="hint"><kbd>j</kbd> <kbd>k</kbd> next, previous <kbd>/</kbd> search</p>
</div>
`
}

function group(
  name: Group,
  label: string,
  choices: readonly { readonly value: string; readonly words: string; readonly total: number }[],
): string {
  const buttons = choices.map(
    ({ value, words, total }) =>
      `<button type="button" data-${name}="${value}" aria-pressed="${value === 'all'}">${words} <b>${number(total)}</b></button>\n`,
  )
  return `<div class="filters" role="group" aria-label="${label}">\n${buttons.join('')}</div>\n`
}
