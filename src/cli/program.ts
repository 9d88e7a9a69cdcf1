import { Command, CommanderError, Option } from 'commander'
import { version } from '../version.ts'
import type { ExplainOptions } from './explain.ts'
import type { FindingsOptions } from './findings.ts'
import type { CheckOptions } from './options.ts'
import type { ProvidersOptions } from './providers.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

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
    if (error instanceof UsageError) {
      terminal.error(`afterleak: ${error.message}\n`)
      return 2
    }
    throw error
  }
}

function checkOptions(command: Command): Command {
  return command
    .option('--provider <name>', 'whose keys these are, whatever a rule says; with no file, asks for one key')
    .option(
      '--part <name=ref>',
      'a part of one key by reference: env:, file:, aws-sm:, vault: or conjur: (repeatable)',
      collect,
    )
    .option('--from <format>', 'the format of the input, where it should not be recognised')
    .option('--to <format>', 'table, json, jsonl, sarif, csv, markdown, html or junit')
    .option('--out <file>', 'write here instead of standard output; its ending tells the format')
    .option('--all', 'in a table, list the dead and the set aside too')
    .option('--config <file>', 'instead of ./afterleak.yaml')
    .option('--validators <dir>', "a folder with providers' files of your own")
    .option(
      '--source <dir>',
      'a checkout or repository where masked and hashed values are read back (repeatable)',
      collect,
    )
    .option('--only <providers>', 'ask only these, separated by commas', list)
    .option('--skip <providers>', 'ask all but these', list)
    .option('--host <provider=url>', 'where a self-hosted provider runs (repeatable)', collect)
    .option('--allow-private <host|cidr>', 'a host or network that may be private (repeatable)', collect)
    .option('--timeout <time>', 'for one request (default: 10s)')
    .option('--attempts <n>', 'for one request (default: 3)')
    .option('--patience <time>', 'the longest wait that a provider may ask for (default: 60s)')
    .option('--deadline <time>', 'for the whole run: 10m, or a date; what is left becomes unknown')
    .option('--dry-run', 'show every request that would be sent, and send none')
    .option('--no-touch', 'send nothing; settle only what can be told without asking')
    .option('--control', 'for each provider that says "live", ask with a made-up key too')
    .option('--allow-effect', 'also make calls that push evidence out or spend a limited use')
    .option('--resume', 'take over the answers of the last run that was stopped')
    .option('--verbose', 'say on standard error what is sent and answered')
    .option('--quiet', 'nothing on standard error but faults')
    .addOption(
      new Option('--fail-on <what>', 'which outcome makes the exit code 1 or 3')
        .choices(['live', 'unknown', 'never'])
        .default('unknown'),
    )
}

/** Of the options that can be repeated. Given to commander as defaults, they would stand in the help as []. */
const noneRepeated = { part: [], host: [], allowPrivate: [], source: [] }

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function list(value: string): readonly string[] {
  return value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

const examples = `
Examples:
  afterleak findings report.json               what is in it; sends nothing
  afterleak check gitleaks.json                a scanner's report
  trufflehog git … --json | afterleak check    straight from a scanner
  afterleak check --provider stripe            one key, typed where nobody looks
  afterleak check report.json --dry-run        what would be sent, and to whom
  afterleak check *.json --out report.html     one page for those who act on it

Exit codes: 0 all decided, nothing live · 1 something is live
            2 wrong use, or no input could be read
            3 nothing live, something undecided`

const checkHelp = `
Examples:
  afterleak check gitleaks.json trufflehog.jsonl
  afterleak check --provider aws --part key_id=env:OLD_ID --part secret=env:OLD
  afterleak check report.json --host gitlab=https://git.example.com \\
                              --allow-private 10.0.0.0/8
  afterleak check .secrets.baseline --source .       hashes, read back from here

A key is sent to its own provider's declared hosts and nowhere else, by GET and
HEAD (a POST only where the provider documents that it changes nothing). Every
call is in the ledger: afterleak ledger show`

const findingsHelp = `
Each finding counts once:
  checkable    check would send something for it
  redacted     the scanner wrote a mask or a hash
  incomplete   a part of the key is missing
  unmapped     neither the rule nor the form tells whose key it is
What is left was settled without asking: canaries, placeholders, keys cut off.
A report of several scanners (SARIF) names them all, with commas between them.

Exit codes: 0 all was read · 2 nothing could be read · 3 some was not read`

const providersHelp = `
Examples:
  afterleak providers github                     every request it would send
  afterleak providers --unmapped report.json   rules of nobody here`
