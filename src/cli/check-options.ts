import { type Command, Option } from 'commander'

/** What `check` and all that begin with it can be told. */
export function checkOptions(command: Command): Command {
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
    .option(
      '--admin <provider=ref>',
      "an administrator's credential by reference: key lists are read before a key is touched (repeatable)",
      collect,
    )
    .option('--timeout <time>', 'for one request (default: 10s)')
    .option('--attempts <n>', 'for one request (default: 3)')
    .option('--patience <time>', 'the longest wait that a provider may ask for (default: 60s)')
    .option('--deadline <time>', 'for the whole run: 10m, or a date; what is left becomes unknown')
    .option('--dry-run', 'show every request that would be sent, and send none')
    .option('--no-touch', 'send nothing with the keys themselves; with --admin, still ask their lists and logs')
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
export const noneRepeated = { part: [], host: [], allowPrivate: [], source: [], admin: [] }

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

export function list(value: string): readonly string[] {
  return value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

/** What an investigation has when none of it was given. */
export const noLogs = { logs: [], logMap: [], principal: [], keptIn: [], ledger: [] }
