import { describe, expect, it } from 'vitest'
import { findingsIn, jsonLines, key } from './support.ts'

const secret = key('tok_live_')

describe('a source of TruffleHog', () => {
  const from = (source: string, data: object) =>
    jsonLines({
      DetectorName: 'Stripe',
      DecoderName: 'PLAIN',
      Raw: secret,
      SourceMetadata: { Data: { [source]: data } },
    })
  it.each([
    ['Docker', { image: 'acme/app', tag: '1.2', file: '/a' }, 'public', 'image', 'acme/app:1.2'],
    ['Docker', { image: 'docker.io/acme/app', file: '/a' }, 'public', 'image', 'docker.io/acme/app'],
    ['Docker', { image: 'ghcr.io/acme/app', file: '/a' }, undefined, 'image', 'ghcr.io/acme/app'],
    ['Docker', { image: 'localhost:5000/app', file: '/a' }, undefined, 'image', 'localhost:5000/app'],
    ['Docker', { image: 'file:///tmp/app.tar', file: '/a' }, undefined, 'image', 'file:///tmp/app.tar'],
    ['Ecr', { image: 'app', file: '/a' }, 'internal', 'image', 'app'],
    ['Npm', { package: 'left', release: '1.0.0', file: 'a' }, 'public', 'package', 'left@1.0.0'],
    ['Pypi', { package: 'left', file: 'a' }, 'public', 'package', 'left'],
    ['Slack', { channel_name: 'ops', visibility: 0 }, 'internal', 'chat', 'ops'],
    ['Slack', { channel_id: 'C1', file: 'a' }, 'internal', 'chat', undefined],
    ['TravisCI', { repository: 'o/r', public: true, link: 'https://l' }, 'public', 'ci_log', 'o/r'],
    ['Circleci', { repository: 'o/r', link: 'https://l' }, undefined, 'ci_log', 'o/r'],
    ['Gcs', { bucket: 'b', filename: 'a', acls: ['allUsers:READER'] }, 'public', 'storage', 'b'],
    ['S3', { bucket: 'b', file: 'a' }, undefined, 'storage', 'b'],
    ['Jira', { issue: 'T-1', link: 'https://l' }, undefined, 'ticket', undefined],
    [
      'Gitlab',
      { repository: 'https://u:p@gitlab.com/o/r.git', file: 'a' },
      undefined,
      'repository',
      'https://gitlab.com/o/r.git',
    ],
    ['Forager', { Metadata: { Npm: { package: 'left', file: 'a' } } }, 'public', 'package', 'left'],
    ['Jenkins', { project_name: 'shop', link: 'https://l' }, undefined, 'ci_log', 'shop'],
    ['Gerrit', { project: 'shop', file: 'a' }, undefined, 'repository', 'shop'],
    ['AwsSecretsManager', { secret_arn: 'arn:aws:x' }, 'internal', 'storage', undefined],
    ['Stdin', {}, undefined, undefined, undefined],
  ])('%s %j is %s, %s, %s', async (source, data, exposure, medium, repository) => {
    const [found] = await findingsIn(from(source, data))
    expect(found?.place.exposure).toBe(exposure)
    expect(found?.place.medium).toBe(medium)
    expect(found?.place.repository).toBe(repository)
  })

  it.each([
    ['AwsSecretsManager', { secret_arn: 'arn:aws:x' }, { file: 'arn:aws:x' }],
    ['Elasticsearch', { index: 'logs', document_id: 'd1' }, { file: 'logs/d1' }],
    ['Postman', { link: 'https://l', request_name: 'Sign in' }, { file: 'Sign in', url: 'https://l' }],
    ['Webhook', { Data: { Vector: { host: 'h', locator: 'pod/x', link: 'https://l' } } }, { file: 'pod/x' }],
    ['Sharepoint', { title: 'Plan', link: 'https://l', author: 'a@b.c' }, { file: 'Plan', author: 'a@b.c' }],
  ])('%s %j is at a place that can be found', async (source, data, place) => {
    expect((await findingsIn(from(source, data)))[0]?.place).toMatchObject(place)
  })
})
