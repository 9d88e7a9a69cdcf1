import { describe, expect, it } from 'vitest'
import type { Asked } from './asked.ts'
import { disagreements, type Operation, operationFor } from './document.ts'
import { reduce } from './reduce.ts'

const asked: Asked = {
  provider: 'acme',
  use: 'probe',
  request: 'GET /v1/teams/{team}/keys/self',
  effect: 'none',
  security: ['header x-key + header x-team'],
  fields: ['data.*.id', 'data.*.owner.name'],
  statuses: [200],
}

const openapi = {
  servers: [{ url: 'https://api.acme.example/v1/' }],
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      team: { type: 'apiKey', in: 'header', name: 'X-Team' },
      token: { type: 'oauth2' },
    },
    schemas: { Owner: { allOf: [{ type: 'object', properties: { name: { type: 'string' } } }] } },
  },
  paths: {
    '/teams/{id}/keys/{key}': {
      get: {
        security: [{ key: [], team: [] }, { token: [] }],
        responses: {
          200: {
            content: {
              'application/json': {
                schema: {
                  required: ['data'],
                  properties: {
                    data: {
                      type: 'array',
                      items: { properties: { id: { type: 'string' }, owner: { $ref: '#/components/schemas/Owner' } } },
                    },
                  },
                },
              },
            },
          },
          401: { description: 'No' },
        },
      },
    },
    '/teams/{id}': { delete: {}, get: {} },
  },
}

describe('an OpenAPI document', () => {
  const [operation, ...others] = reduce(openapi, [asked])

  it('is reduced to what is asked for', () => {
    expect(others).toEqual([])
    expect(operation).toEqual({
      method: 'GET',
      path: '/v1/teams/{id}/keys/{key}',
      security: ['header x-key + header x-team', 'bearer'],
      statuses: ['200', '401'],
      required: ['data'],
      fields: ['data', 'data.*', 'data.*.id', 'data.*.owner', 'data.*.owner.name'],
    })
  })

  it('agrees with the request that it was reduced for', () => {
    expect(compared(asked)).toEqual([])
  })

  it.each([
    ['request', { request: 'GET /v2/teams/{team}/keys/self' }],
    ['request', { request: 'POST /v1/teams/{team}/keys/self' }],
    ['security', { security: ['bearer', 'basic'] }],
    ['security', { security: ['header x-key'] }],
    ['status', { statuses: [204] }],
    ['field', { fields: ['data.*.name'] }],
  ])('disagrees with another %s: %j', (differs, change) => {
    expect(compared({ ...asked, ...change }).map(one => one.differs)).toEqual([differs])
  })

  it('says nothing of what it leaves out', () => {
    const silent = documentOf({ method: 'GET', path: '/v1/teams/{id}/keys/self' })
    expect(disagreements(asked, [silent])).toEqual([])
  })

  it('prefers the very path to one with a hole', () => {
    const paths = ['/v1/{thing}', '/v1/self'].map(path => ({ method: 'GET', path }))
    expect(operationFor('GET /v1/self', paths)?.path).toBe('/v1/self')
  })

  it('never takes a hole of ours for a word of theirs', () => {
    expect(operationFor('GET /v1/{id}', [{ method: 'GET', path: '/v1/self' }])).toBeUndefined()
  })

  function compared(one: Asked) {
    return operation === undefined ? [] : disagreements(one, [documentOf(operation)])
  }
})

function documentOf(operation: Operation) {
  return {
    repository: 'acme/openapi',
    commit: '0',
    path: 'openapi.json',
    kind: 'openapi' as const,
    licence: 'MIT',
    operations: [operation],
  }
}
