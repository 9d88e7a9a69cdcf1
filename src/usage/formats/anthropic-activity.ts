import { inside } from '../../text/row.ts'
import { pick, pickText } from '../field.ts'
import type { LogFormat } from '../format.ts'

/**
 * Anthropic's activity feed of the Compliance API. Fields and types:
 * https://platform.claude.com/docs/en/manage-claude/compliance-activity-feed
 * https://platform.claude.com/docs/en/api/compliance/activities/list
 */
export const anthropicActivity: LogFormat = {
  id: 'anthropic-activity',
  name: 'Anthropic activity feed',
  providers: ['anthropic'],
  keyed: 'id',
  json: {
    knows: record =>
      'created_at' in record &&
      typeof record['type'] === 'string' &&
      pickText(inside(record, 'actor'), 'type')?.endsWith('_actor') === true,
    read: record => {
      const actor = inside(record, 'actor')
      return {
        id: record['id'],
        at: record['created_at'],
        keys: [actor['api_key_id']],
        principals: [actor['email_address'], actor['user_id']],
        account: record['organization_id'],
        ip: actor['ip_address'],
        userAgent: actor['user_agent'],
        action: record['type'],
        actor: pick(actor, 'email_address', 'user_id', 'api_key_id'),
        resource: pick(record, 'claude_project_id', 'filename'),
        outcome: pickText(record, 'type')?.endsWith('_failed') === true ? 'failure' : 'success',
      }
    },
  },
  coverage: {
    lag: 'up to a minute (https://platform.claude.com/docs/en/manage-claude/compliance-activity-feed)',
    blind: ['messages that were sent to models'],
  },
}
