import { type Command, Option } from 'commander'
import { collect } from './check-options.ts'
import { watchHelp } from './help-texts.ts'
import type { InventoryOptions } from './inventory.ts'
import type { ExitCode, Terminal } from './terminal.ts'
import type { WatchAddOptions } from './watch-add.ts'
import type { WatchRunOptions } from './watch-cycle.ts'

type Ended = (code: ExitCode) => void

/** `afterleak watch` with all that belongs to it. Each is loaded when it is used. */
export function watchCommands(root: Command, terminal: Terminal, ended: Ended): void {
  const watch = root
    .command('watch')
    .description('After the rotation: the old key stays dead, the new one works, nobody still uses the old.')
    .addHelpText('after', watchHelp)

  valueOptions(watch.command('add').argument('[FILE...]', "scanners' reports, or a report of afterleak's own"))
    .description('Watch keys. Their values are not kept, unless you say so. Sends nothing to their providers.')
    .option('--provider <name>', 'whose key it is')
    .option('--part <name=ref>', 'a part of one key by reference, read anew at each run (repeatable)', collect)
    .option('--from <format>', 'the format of the input, where it should not be recognised')
    .option('--label <text>', 'your own name for it')
    .option('--leaked-at <time>', 'since when others could have had it')
    .addOption(new Option('--keep <how>', 'keep the values that were found').choices(['encrypted']))
    .action(async (files: string[], options: WatchAddOptions) => {
      ended(await (await import('./watch-add.ts')).watchAdd(terminal, files, options))
    })
  watch
    .command('list')
    .description('What is watched, and where each key stands.')
    .option('--to <format>', 'text or json', 'text')
    .action(async (options: { readonly to?: string }) => {
      ended(await (await import('./watch-list.ts')).watchList(terminal, options))
    })
  watch
    .command('show')
    .argument('<KEY>', 'the beginning of its id, its label, or the end of what is shown of it')
    .description('One key: what was heard of it, who used it, what was told.')
    .option('--to <format>', 'text or json', 'text')
    .action(async (word: string, options: { readonly to?: string }) => {
      ended(await (await import('./watch-list.ts')).watchShow(terminal, word, options))
    })
  watch
    .command('rotate')
    .argument('<OLD>', 'the key that has to die')
    .argument('<NEW>', 'the key that takes its place; both are watched already')
    .requiredOption('--deadline <time>', 'until when: 12h, 3d, or a date')
    .option('--cut-over <time>', 'when the services began to move (default: now)')
    .description(
      'Tell whether OLD can be revoked, and raise an alarm if it lives, or NEW does not, after the deadline.',
    )
    .action(async (old: string, fresh: string, options: { readonly deadline: string; readonly cutOver?: string }) => {
      ended(await (await import('./watch-list.ts')).watchRotate(terminal, [old, fresh], options))
    })
  for (const [what, says] of changes)
    watch
      .command(what)
      .argument('<KEY...>', 'as for show')
      .description(says)
      .action(async (words: string[]) => {
        ended(await (await import('./watch-list.ts')).watchChange(terminal, words, what))
      })
  valueOptions(watch.command('run'))
    .description('Ask about every key whose time has come, and tell what is new. Never what is known.')
    .option('--once', 'one cycle, for cron and CI; without it, it goes on until it is stopped')
    .option('--cron <expression>', 'when to run, in place of "when a key is due": "*/10 * * * *"')
    .option('--zone <zone>', 'the time zone of --cron: Europe/Dublin')
    .option('--jitter <seconds>', 'begin each run up to so much later')
    .option('--logs <file>', 'a log, or a folder of logs: what is new in it is read (repeatable)', collect)
    .option('--pull', "ask the providers' own logs for what is new, by --admin or by a key that works")
    .option('--admin <provider=ref>', 'a credential for key lists and logs, by reference (repeatable)', collect)
    .option('--log-map <file>', 'how a log of your own calls its fields (repeatable)', collect)
    .option('--principal <name>', 'a user, for logs that name no key: alice, aws=alice (repeatable)', collect)
    .option('--ip-lists <dir>', 'newer lists of Tor, VPN and cloud addresses')
    .option('--to <format>', 'text or jsonl', 'text')
    .option('--quiet', 'nothing on standard error but faults')
    .action(async (options: WatchRunOptions) => {
      ended(await (await import('./watch-run.ts')).watchRun(terminal, options))
    })
}

/** `afterleak store`: the file in which watched keys are kept. */
export function storeCommands(root: Command, terminal: Terminal, ended: Ended): void {
  const store = root.command('store').description('The file in which watched keys are kept.')
  store
    .command('check')
    .description('Whether it is whole, and what it holds.')
    .action(async () => ended(await (await import('./store.ts')).storeCheck(terminal)))
  store
    .command('export')
    .description('Everything in it as JSON lines, without what leads to a value.')
    .action(async () => ended(await (await import('./store.ts')).storeExport(terminal)))
  store
    .command('prune')
    .description('Take out what was heard and told before a time; never what still waits to be told.')
    .requiredOption('--before <time>', 'a date, or an age: 90d')
    .action(async (options: { readonly before: string }) => {
      ended(await (await import('./store.ts')).storePrune(terminal, options))
    })
}

/** `afterleak inventory`: who uses which key. */
export function inventoryCommands(root: Command, terminal: Terminal, ended: Ended): void {
  root
    .command('inventory')
    .description('Which services use which keys.')
    .command('export')
    .description('A sheet for each watched key: who uses it, whom to tell, where it is read.')
    .option('--to <format>', 'markdown or csv', 'markdown')
    .option('--out <file>', 'write here instead of standard output')
    .option('--config <file>', 'instead of ./afterleak.yaml')
    .action(async (options: InventoryOptions) => {
      ended(await (await import('./inventory.ts')).inventoryExport(terminal, options))
    })
}

const changes = [
  ['pause', 'Ask no more about these keys until resume.'],
  ['resume', 'Ask again about paused keys.'],
  ['remove', 'Watch these keys no longer, and forget what was heard of them.'],
] as const

/** How providers are reached and values opened. */
function valueOptions(command: Command): Command {
  return command
    .option('--config <file>', 'instead of ./afterleak.yaml')
    .option('--validators <dir>', "a folder with providers' files of your own")
    .option('--host <provider=url>', 'where a self-hosted provider runs (repeatable)', collect)
    .option('--allow-private <host|cidr>', 'a host or network that may be private (repeatable)', collect)
    .option('--keep-key <ref>', 'by reference: the key under which values are kept encrypted')
}
