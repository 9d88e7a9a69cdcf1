import { withDependents } from '../address/services.ts'
import { reportOf } from '../composition/report.ts'
import type { Case } from '../model/credential.ts'
import { check } from '../pipeline.ts'
import { caseLine } from '../report/jsonl.ts'
import { commandOf, ended, said, written } from './ending.ts'
import type { CheckOptions } from './options.ts'
import { formatFrom, isJson } from './output.ts'
import { progressOn } from './progress.ts'
import { running } from './running.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** `afterleak check`: findings in, verdicts out. */
export async function checkCommand(
  terminal: Terminal,
  files: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  const format = formatFrom(options)
  return running(terminal, files, options, {
    isJson: isJson(format),
    prepare: async () => undefined,
    async go(under) {
      const { run, planned, keyring, warnings, sink, services } = under
      const progress = progressOn(terminal, planned, options.quiet === true)
      const cases: Case[] = []
      for await (const decided of check(planned, run.walk)) {
        const one = withDependents(decided, services)
        cases.push(one)
        progress.done(one)
        if (options.verbose) terminal.error(keyring.scrub(said(one)))
        if (format === 'jsonl') for (const text of caseLine(one)) await sink.write(text)
      }
      progress.end()
      const report = reportOf(run, cases, warnings, keyring.scrub(commandOf('check', files, options)))
      if (format !== 'jsonl') await written(terminal, under, report, format, options)
      return ended(terminal, under, report, options)
    },
  })
}
