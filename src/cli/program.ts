import { Command, CommanderError, Option } from 'commander'
import { StoreError } from '../store/store-error.ts'
import { version } from '../version.ts'
import { checkOptions, collect, list, noLogs, noneRepeated } from './check-options.ts'
import type { ExplainOptions } from './explain.ts'
import type { FindingsOptions } from './findings.ts'
import { checkHelp, examples, findingsHelp, investigateHelp, providersHelp } from './help-texts.ts'
import type { CheckOptions, InvestigateOptions } from './options.ts'
import type { ProvidersOptions } from './providers.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'
import { inventoryCommands, storeCommands, watchCommands } from './watch-commands.ts'

/** Runs one command line and gives its exit code. Commands are loaded when they are used. */
export async function program(terminal: Terminal, args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0
  const root = new Command('afterleak')
    .description('Which leaked keys still work, who has been using them, and what to revoke first.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'help for a command')
    .configureHelp({ helpWidth: Math.min(terminal.width, 100), showGlobalOptions: false })
    .configureOutput({ writeOut: text => void terminal.out(text), writeErr: text => terminal.error(text) })
    .exitOverride()
    .showHelpAfterError('(afterleak --help shows what there is)')
    .addHelpText('after', examples)

  checkOptions(
    root
      .command('check')
      .argument('[FILE...]', "scanners' reports, .env files, lists of keys; - or nothing is standard input"),
  )
    .description('Find out which keys still work. Asks each provider, read-only.')
    .addHelpText('after', checkHelp)
    .action(async (files: string[], options: CheckOptions) => {
      code = await (await import('./check.ts')).checkCommand(terminal, files, { ...noneRepeated, ...options })
    })

  investigateOptions(
    checkOptions(root.command('investigate').argument('[FILE...]', 'as for check; - or nothing is standard input')),
  )
    .description('Check, then read logs: who used each key, and what to revoke first.')
    .addHelpText('after', investigateHelp)
    .action(async (files: string[], options: InvestigateOptions) => {
      const { investigateCommand } = await import('./investigate.ts')
      code = await investigateCommand(terminal, files, { ...noneRepeated, ...noLogs, ...options })
    })

  root
    .command('findings')
    .argument('[FILE...]', "scanners' reports, as for check; - or nothing is standard input")
    .description('Show what was understood of a report: run this first. Sends nothing.')
    .option('--provider <name>', 'whose keys these are, whatever a rule says')
    .option('--from <format>', 'the format of the input, where it should not be recognised')
    .option('--to <format>', 'table or json')
    .option('--out <file>', 'write here instead of standard output')
    .option('--config <file>', 'instead of ./afterleak.yaml')
    .option('--validators <dir>', "a folder with providers' files of your own")
    .option('--source <dir>', 'a checkout or repository where hidden values are read back (repeatable)', collect)
    .option('--only <providers>', 'count as checkable only these, separated by commas', list)
    .option('--skip <providers>', 'count as checkable all but these', list)
    .option('--host <provider=url>', 'where a self-hosted provider runs (repeatable)', collect)
    .addHelpText('after', findingsHelp)
    .action(async (files: string[], options: FindingsOptions) => {
      code = await (await import('./findings.ts')).findingsCommand(terminal, files, { ...noneRepeated, ...options })
    })

  root
    .command('report')
    .argument('<RUN.json>', 'a report that check --to json wrote')
    .description('Write a finished run in another format. Sends nothing.')
    .option('--to <format>', 'table, json, jsonl, sarif, csv, markdown, html or junit')
    .option('--out <file>', 'write here instead of standard output')
    .option('--all', 'in a table, list the dead and the set aside too')
    .action(async (file: string, options: { readonly to?: string; readonly out?: string; readonly all?: true }) => {
      code = await (await import('./report.ts')).reportCommand(terminal, file, options)
    })

  root
    .command('explain')
    .argument('[ID]', 'a case: the beginning of its id, or the end of its key as it is shown')
    .argument('[RUN.json]', 'a report that check --to json wrote; the last run if left out')
    .description('One key in words: what is known, what to do next, in order. Sends nothing.')
    .option('--to <format>', 'text, markdown or json', 'text')
    .option('--validators <dir>', "a folder with providers' files of your own")
    .action(async (id: string | undefined, file: string | undefined, options: ExplainOptions) => {
      code = await (await import('./explain.ts')).explainCommand(terminal, id, file, options)
    })

  root
    .command('providers')
    .argument('[NAME]', 'one provider, with every request that it would send')
    .description('What can be checked: requests, effects, limits, documentation. Sends nothing.')
    .option('--unmapped <file...>', 'rules of these reports (or -) that have no provider')
    .option('--from <format>', 'the format of the reports, where it should not be recognised')
    .option('--to <format>', 'table or json', 'table')
    .option('--validators <dir>', "a folder with providers' files of your own")
    .addHelpText('after', providersHelp)
    .action(async (name: string | undefined, options: ProvidersOptions) => {
      code = await (await import('./providers.ts')).providersCommand(terminal, name, options)
    })

  watchCommands(root, terminal, result => {
    code = result
  })
  storeCommands(root, terminal, result => {
    code = result
  })
  inventoryCommands(root, terminal, result => {
    code = result
  })

  const validators = root.command('validators').description("Work on providers' files of your own.")
  validators
    .command('check')
    .argument('<DIR>', 'a folder of *.yaml files')
    .description('Hold every file against the format, run its cases, list what it could send. Sends nothing.')
    .action(async (directory: string) => {
      code = await (await import('./validators.ts')).validatorsCommand(terminal, directory)
    })

  const ledger = root.command('ledger').description('What this tool has sent from this machine.')
  ledger
    .command('show')
    .argument('[RUN]', 'a run id; the last run if left out')
    .description('Every call of a run: time, host, method, path template, credential id, outcome.')
    .action(async (run: string | undefined) => {
      code = await (await import('./ledger.ts')).showLedger(terminal, run)
    })
  ledger
    .command('verify')
    .argument('[RUN...]', 'run ids; all runs if left out')
    .description('Whether the chain of each ledger is whole: nothing changed, nothing taken out.')
    .action(async (runs: string[]) => {
      code = await (await import('./ledger.ts')).verifyLedgers(terminal, runs)
    })

  root
    .command('demo')
    .description('The whole walk against providers simulated on this machine. No account, no network.')
    .option('--out <file>', 'where to write the HTML report', 'afterleak-demo.html')
    .action(async (options: { readonly out: string }) => {
      code = await (await import('./demo.ts')).demoCommand(terminal, options)
    })

  try {
    await root.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof UsageError || error instanceof StoreError) {
      terminal.error(`afterleak: ${error.message}\n`)
      return 2
    }
    throw error
  }
}

function investigateOptions(command: Command): Command {
  return command
    .option('--logs <file>', 'a log, or a folder of logs; - is standard input (repeatable)', collect)
    .option('--pull', "ask the providers' own logs, by --admin or by a key that works")
    .option('--log-map <file>', 'how a log of your own calls its fields (repeatable)', collect)
    .option('--log-year <year>', 'the year of lines that name none')
    .option('--principal <name>', 'a user, for logs that name no key: alice, aws=alice (repeatable)', collect)
    .option('--kept-in <reference>', 'where a key is kept: who read it there is told (repeatable)', collect)
    .addOption(
      new Option('--exposure <what>', 'who could have read the keys, whatever the report says').choices([
        'none',
        'internal',
        'public',
      ]),
    )
    .option('--leaked-at <time>', 'since when, as 2026-01-31T18:00Z')
    .option('--since <time>', 'tell only sessions since then: a date, or 30d or 12h')
    .option('--ip-lists <dir>', 'newer lists of Tor, VPN and cloud addresses')
    .option('--ledger <file>', 'the ledger of a colleague, whose calls are ours too (repeatable)', collect)
    .option('--bundle <dir>', 'write the evidence there: report, events, hashes')
}
