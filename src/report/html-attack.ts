import type { Signal } from '../model/misuse.ts'
import { anchor, esc } from './html-text.ts'

/** Technique ids with their pages: https://attack.mitre.org/techniques/T1078/004/ */
export function techniques(ids: Signal['attack']): string {
  return ids.map(technique).join(' ')
}

function technique(id: string): string {
  const [, main, sub] = /^(T\d{4})(?:\.(\d{3}))?$/.exec(id) ?? []
  if (main === undefined) return esc(id)
  return anchor(`https://attack.mitre.org/techniques/${main}/${sub === undefined ? '' : `${sub}/`}`, esc(id))
}

/** How many times likelier a stranger does this than the owner: `×24`, or `÷3` where it speaks for the owner. */
export function weight(llr: number): string {
  const times = Math.exp(Math.min(20, Math.abs(llr)))
  const shown = times < 9.95 ? times.toFixed(1).replace('.0', '') : Math.round(times).toLocaleString('en-US')
  return shown === '1' ? '±0' : `${llr < 0 ? '÷' : '×'}${shown}`
}
