import type { Receiver } from '../model/notify.ts'
import type { Transition } from '../model/watch.ts'
import { mailOf } from './mail.ts'
import { iso } from './telling.ts'

/** What happened, since when, what to do: as plain lines. */
function plainText({ title, says, todo, at, id }: Transition): string {
  const steps = todo.length === 0 ? [] : ['What to do:', ...todo.map(step => `- ${step}`)]
  return [title, '', ...says, ...steps, '', `afterleak, ${iso(at)}, ${id}`].join('\n')
}

/** What a receiver takes: JSON, or a mail as a text. `{key}` stands for a secret of the receiver's own; nothing else is filled in. */
export function messageFor(receiver: Receiver, transition: Transition): unknown {
  if (receiver.to === 'slack') return slackMessage(transition)
  if (receiver.to === 'teams') return teamsMessage(transition)
  if (receiver.to === 'pagerduty') return pagerDutyEvent(transition)
  if (receiver.to === 'github') return { title: transition.title, body: issueText(transition), labels: receiver.labels }
  if (receiver.to === 'jira') return jiraIssue(transition, receiver)
  if (receiver.to === 'email') return mailOf(receiver, transition, plainText(transition))
  return { type: `key.${transition.kind}`, timestamp: new Date(transition.at).toISOString(), data: transition }
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-post */
function jiraIssue(transition: Transition, { project, type }: Extract<Receiver, { readonly to: 'jira' }>): unknown {
  return {
    fields: {
      project: { key: project },
      issuetype: { name: type },
      summary: transition.title.slice(0, 250),
      description: plainText(transition),
      labels: ['afterleak', `afterleak-${transition.id}`],
    },
  }
}

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, text escaped as its formatting guide asks. */
function slackMessage(transition: Transition): unknown {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const { title, says, todo } = transition
  const steps = todo.length === 0 ? [] : [section(`*What to do*\n${todo.map(step => `• ${escaped(step)}`).join('\n')}`)]
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: title.slice(0, 150) } },
    ...(says.length === 0 ? [] : [section(says.map(escaped).join('\n'))]),
    ...steps,
    { type: 'context', elements: [{ type: 'mrkdwn', text: `afterleak, ${iso(transition.at)}, ${transition.id}` }] },
  ]
  return { text: escaped(title), blocks }
}

function section(text: string): unknown {
  // https://docs.slack.dev/reference/block-kit/blocks/section-block: 3,000 characters at most.
  return { type: 'section', text: { type: 'mrkdwn', text: text.slice(0, 2900) } }
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using: an Adaptive Card. */
function teamsMessage({ title, says, todo, at, id }: Transition): unknown {
  const block = (text: string, more: object = {}): unknown => ({ type: 'TextBlock', text, wrap: true, ...more })
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block(title, { weight: 'Bolder', size: 'Medium' }),
      ...says.map(line => block(line)),
      ...todo.map(step => block(`→ ${step}`)),
      block(`afterleak, ${iso(at)}, ${id}`, { isSubtle: true, size: 'Small' }),
    ],
  }
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] }
}

/** https://developer.pagerduty.com/docs/send-alert-event: the same dedup_key never makes a second incident, and ends the one it made. */
function pagerDutyEvent(transition: Transition): unknown {
  const { id, ends, at, title, severity, provider, kind, watched, says, todo } = transition
  return {
    routing_key: '{key}',
    event_action: ends === undefined ? 'trigger' : 'resolve',
    dedup_key: ends ?? id,
    payload: {
      summary: title.slice(0, 1024),
      source: 'afterleak',
      severity,
      timestamp: new Date(at).toISOString(),
      component: provider,
      class: kind,
      custom_details: { credential: watched, says, todo },
    },
  }
}

/** Markdown; nobody is notified by an `@`, nothing is a link. */
function issueText({ says, todo, at, id }: Transition): string {
  const plain = (text: string): string =>
    text.replaceAll('@', '@\u2060').replaceAll(/[<>`*_[\]]/g, found => `\\${found}`)
  const steps = todo.length === 0 ? [] : ['', '**What to do**', ...todo.map(step => `- [ ] ${plain(step)}`)]
  return [...says.map(plain), ...steps, '', `<sub>afterleak, ${iso(at)}, ${id}</sub>`].join('\n')
}
