import { pickText, wordOf } from '../field.ts'
import type { LogFormat, Reading } from '../format.ts'
import { syslog } from '../syslog.ts'

const accepted =
  /^Accepted (\S+) for (\S+) from (\S+) port \d+(?: [a-z\d]+)?(?:: \S+ (?:ID .* )?(SHA256:[\w+/=]+|[0-9a-f:]{47}))?/
const failed = /^Failed (\S+) for (?:invalid user )?(\S*) from (\S+) port/
const unknown = /^(?:Invalid|Illegal) user (\S*) from (\S+)/
const unlisted = /^User (\S+) from (\S+) not allowed because /
const refused =
  /^(?:Connection (?:closed|reset) by|Disconnected from|Disconnecting) (?:authenticating|invalid) user (\S*) (\S+) port \d+ \[preauth\]/

/**
 * Sign-ins by SSH, in auth.log, secure and journals. Messages: https://github.com/openssh/openssh-portable/blob/master/auth.c
 * (`Accepted %s for %s%.100s from %.200s port %d ssh2%s%s`).
 */
export const sshd: LogFormat = {
  id: 'sshd',
  name: 'OpenSSH server log',
  keyed: 'id',
  // https://www.freedesktop.org/software/systemd/man/latest/systemd.journal-fields.html
  json: {
    knows: record => wordOf(record['SYSLOG_IDENTIFIER']).startsWith('sshd') && typeof record['MESSAGE'] === 'string',
    read: record =>
      read(
        wordOf(record['MESSAGE']),
        record['__REALTIME_TIMESTAMP'],
        pickText(record, '_HOSTNAME'),
        record['__CURSOR'],
      ),
  },
  lines: {
    knows: line =>
      /\bsshd(?:-session|-auth|\(pam_unix\))?\[\d+\]: /.test(line) || / sshd(?:-session)? \d+ - /.test(line),
    reader:
      ({ latest, year }) =>
      line => {
        const found = syslog(line, latest, year)
        if (found === undefined) return undefined
        if (found.app?.startsWith('sshd') !== true) return 'pass'
        return found.app === 'sshd(pam_unix)'
          ? byPam(found.message, found.at, found.host)
          : read(found.message, found.at, found.host)
      },
  },
  coverage: { blind: ['sign-ins only: commands are not seen'] },
}

/** As PAM wrote of sshd before both shared a name; nowadays it only repeats what sshd says. */
function byPam(message: string, at: unknown, host: string | undefined): Reading {
  const [, ip, user] = /^authentication failure;.* rhost=(\S+)(?:\s+user=(\S+))?/.exec(message) ?? []
  if (ip === undefined) return 'pass'
  const who = user === undefined ? {} : { principals: [user], actor: user }
  return { at, action: 'login', service: host, verb: 'auth', ip, outcome: 'failure', error: 'rejected', ...who }
}

function read(message: string, at: unknown, host: string | undefined, id?: unknown): Reading {
  const [, times, repeated] = /^message repeated (\d+) times: \[ ?(.*)\]$/.exec(message) ?? []
  const text = repeated ?? message
  const some = times === undefined ? {} : { kind: 'aggregate' as const, count: times }
  const signIn = { id, at, action: 'login', service: host, verb: 'auth' as const, ...some }
  const yes = accepted.exec(text)
  if (yes !== null) {
    const [, method, user, ip, fingerprint] = yes
    return {
      ...signIn,
      keys: [fingerprint],
      principals: [user],
      actor: user,
      ip,
      userAgent: method,
      outcome: 'success',
    }
  }
  const no = failed.exec(text)
  if (no !== null) {
    const [, method, user, ip] = no
    return { ...signIn, principals: [user], actor: user, ip, userAgent: method, outcome: 'failure', error: 'rejected' }
  }
  const [, user, ip] = unknown.exec(text) ?? refused.exec(text) ?? unlisted.exec(text) ?? []
  return ip === undefined
    ? 'pass'
    : { ...signIn, principals: [user], actor: user, ip, outcome: 'failure', error: 'refused' }
}
