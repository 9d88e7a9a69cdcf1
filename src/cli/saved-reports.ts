import { afterleak } from '../finding/formats/afterleak.ts'
import type { ReadOptions } from '../finding/read.ts'
import type { Warning } from '../model/finding.ts'
import type { Planned } from '../pipeline.ts'
import { count } from '../report/words.ts'

/** Which inputs are reports of our own, and what of their keys can't be done again. */
export class SavedReports {
  readonly #names: string[] = []

  readonly opened: NonNullable<ReadOptions['opened']> = (input, taken) => {
    if (taken?.format === afterleak.name) this.#names.push(input)
  }

  /** Says how many keys stand as they were found then, and by what they are looked for in logs. */
  tell(planned: readonly Planned[], warn: (warning: Warning) => void): void {
    const unasked = planned.filter(
      ({ subject, plan }) => subject.earlier !== undefined && (plan.sites?.length ?? 0) === 0,
    )
    if (unasked.length === 0) return
    const one = unasked.length === 1
    warn({
      file: this.#names.join(', '),
      message: `a saved report holds no keys, so ${count(unasked.length, 'key')} ${one ? 'was' : 'were'} not asked again, and what is said of ${one ? 'it' : 'them'} is as of then. Logs are joined by key id, user or account, not by a hash of the key. To ask again: give what the scanner wrote too, or --source DIR.`,
    })
  }
}
