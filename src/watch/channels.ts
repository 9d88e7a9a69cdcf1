import type { Notify, Receiver } from '../model/notify.ts'
import type { Send } from '../model/request.ts'
import type { Secret } from '../model/secret.ts'
import type { Transition } from '../model/watch.ts'
import type { Channel } from './deliver.ts'
import { hookAddress } from './hook-address.ts'
import { messageFor } from './message.ts'
import { type Message, post } from './post.ts'

interface Means {
  readonly send: Send
  readonly resolve: (reference: string) => Promise<Secret>
  /** Takes secrets out of JSON. */
  readonly scrub: (json: string) => string
}

type Address = Pick<Message, 'origin' | 'path' | 'auth' | 'secrets'>

/** The receivers of afterleak.yaml as channels. A reference that can't be read is a failed delivery, tried again later. */
export function channelsFrom(notify: readonly Notify[], means: Means): readonly Channel[] {
  return notify.map(({ name, receiver }) => ({
    name,
    async deliver(transition) {
      const address = await addressOf(receiver, means.resolve).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      )
      if (typeof address === 'string') return { ok: false, why: address }
      const clean: Transition = JSON.parse(means.scrub(JSON.stringify(transition)))
      const body = messageFor(receiver, clean)
      return post(means.send, { channel: name, id: transition.id, body, ...address })
    },
  }))
}

const order: readonly Transition['severity'][] = ['info', 'warning', 'critical']

/** Who is told of a change. */
export function receiversOf(notify: readonly Notify[], { severity }: Pick<Transition, 'severity'>): readonly string[] {
  return notify.filter(({ atLeast }) => order.indexOf(severity) >= order.indexOf(atLeast)).map(({ name }) => name)
}

async function addressOf(receiver: Receiver, resolve: Means['resolve']): Promise<Address | string> {
  if (receiver.to === 'slack' || receiver.to === 'teams')
    return secretAddress(await resolve(receiver.url), hosts[receiver.to])
  if (receiver.to === 'pagerduty') {
    const origin = `https://events.${receiver.region === 'eu' ? 'eu.' : ''}pagerduty.com`
    return { origin, path: '/v2/enqueue', auth: { none: true }, secrets: { key: await resolve(receiver.key) } }
  }
  if (receiver.to === 'email') {
    const { server, port, encryption, address, from, user, password } = receiver
    const login = user === undefined ? {} : { user, password: '{password}' }
    return {
      origin: `${encryption === 'tls' ? 'smtps' : 'smtp'}://${server}:${port}`,
      path: '/',
      auth: { mail: { from, to: address, ...login } },
      secrets: password === undefined ? {} : { password: await resolve(password) },
    }
  }
  const { origin, pathname, search } = new URL(receiver.url)
  if (receiver.to === 'webhook') {
    const place = { origin, path: `${pathname}${search}` }
    if (receiver.secret === undefined) return { ...place, auth: { none: true }, secrets: {} }
    const auth = { signed: { id: '{id}', secret: '{secret}' } }
    return { ...place, auth, secrets: { secret: await resolve(receiver.secret) } }
  }
  const base = pathname.replace(/\/$/, '')
  const secrets = { token: await resolve(receiver.token) }
  if (receiver.to === 'github')
    return { origin, path: `${base}/repos/${receiver.repository}/issues`, auth: { bearer: '{token}' }, secrets }
  const auth = { basic: { user: receiver.user, password: '{token}' } }
  return { origin, path: `${base}/rest/api/2/issue`, auth, secrets }
}

/** Where such addresses lead, so that another secret in their place is sent nowhere. */
const hosts = {
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, https://docs.slack.dev/govslack
  slack: /^hooks\.slack(?:-gov)?\.com$/,
  // https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
  teams: /\.(?:webhook\.office\.com|logic\.azure\.com|api\.powerplatform\.com)$/,
}

function secretAddress(secret: Secret, host: RegExp): Address | string {
  const address = hookAddress(secret)
  if (address === undefined) return 'What its reference holds is no https address.'
  const { origin, path, query, parts } = address
  if (!host.test(new URL(origin).hostname))
    return 'What its reference holds leads to another host than such addresses do.'
  const auth = Object.keys(query).length === 0 ? ({ in_url: true } as const) : { query }
  return { origin, path, auth, secrets: parts }
}
