/** A small provider's file that has no fault; tests break it in one place each. */
export const providerText = `id: acme
name: Acme
checked: 2026-11-24
docs: [https://acme.example/docs]
kinds:
  api-key:
    name: API key
    parts:
      key:
        pattern: 'acme_(?<region>us|eu)_[A-Za-z0-9]{24}'
        example: 'acme_us_{alnum:24}'
        unmistakable: true
        also: [acme_key]
    scanners: { gitleaks: [acme-api-key] }
    probe: [me, more]
hosts:
  - api.acme.example
  - { host: api.eu.acme.example, when: { region: eu } }
auth: { bearer: '{key}' }
limit: { per_second: 100, at_once: 10, by: key, docs: 'As documented. https://acme.example/limits' }
requests:
  me:
    request: GET /v1/me
    effect: none
    verdict:
      - { status: 200, where: { id: present }, state: live, reason: works, then: more }
      - { status: 401, where: { error.code: revoked }, state: dead, reason: revoked }
      - { status: 401, where: { error.code: unknown_key }, state: dead, reason: rejected }
    identity: { account: id, note: note }
    evidence: [error.code, error.message]
    request_id: x-request-id
  more:
    request: GET /v1/scopes
    effect: none
    verdict:
      - { status: 200, where: { scopes: present }, state: live, reason: works }
    grants: scopes
no_usage: Acme keeps no log. https://acme.example/docs
impact: [reads-code]
revoke:
  where: https://acme.example/keys
  steps: [Delete it.]
  way_back: None.
  docs: https://acme.example/docs
cases:
  - &one { it: says nothing of an empty answer, reply: { status: 401 }, expect: { state: unknown } }
  - { it: calls a revoked key dead, reply: { status: 401, json: { error: { code: revoked } } }, expect: { state: dead, reason: revoked } }
  - { it: does not take a firewall for Acme, reply: { status: 403, html: <html></html> }, expect: { state: unknown } }
  - { it: says nothing while it is asked too often, reply: { status: 429 }, expect: { state: unknown, reason: rate_limited } }
  - { it: knows a working key and its scopes, replies: [{ status: 200, json: { id: a } }, { status: 200, json: { scopes: [read] } }], expect: { state: live, grants: [read] } }
`
