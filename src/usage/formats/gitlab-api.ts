import { outcomeOf, pick, pickText } from '../field.ts'
import type { LogFormat } from '../format.ts'
import { verbOfMethod } from '../verb.ts'
import { operationPath, shownPath } from '../web-path.ts'

/** GitLab's api_json.log and production_json.log. Fields: https://docs.gitlab.com/administration/logs/#api_jsonlog */
export const gitlabApi: LogFormat = {
  id: 'gitlab-api',
  name: 'GitLab API log',
  providers: ['gitlab'],
  // Since 15.3: https://gitlab.com/gitlab-org/gitlab/-/merge_requests/92608
  keyed: 'id',
  json: {
    knows: record =>
      'method' in record &&
      'path' in record &&
      'time' in record &&
      ['remote_ip', 'meta.remote_ip', 'meta.caller_id', 'controller'].some(name => name in record),
    read: record => {
      const method = pickText(record, 'method') ?? ''
      const path = pickText(record, 'path') ?? ''
      return {
        id: record['correlation_id'],
        at: record['time'],
        keys: [pick(record, 'token_id')],
        principals: [pick(record, 'username', 'meta.user'), pick(record, 'user_id', 'meta.user_id')],
        // The other field is the whole chain of X-Forwarded-For.
        ip: pick(record, 'meta.remote_ip') ?? pickText(record, 'remote_ip')?.split(',', 1)[0],
        userAgent: pick(record, 'ua'),
        action: `${method} ${pickText(record, 'route') ?? operationPath(path)}`,
        service: 'api',
        verb: verbOfMethod(method),
        actor: pick(record, 'username', 'meta.user', 'user_id'),
        resource: shownPath(path),
        outcome: outcomeOf(record['status']),
        error: Number(record['status']) >= 400 ? record['status'] : undefined,
        requestId: record['correlation_id'],
        call: `${method} ${path}`,
      }
    },
  },
  coverage: {},
}
