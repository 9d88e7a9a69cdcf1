/** As `faultTable`, for requests that sign in. */
export const signInFaults: readonly (readonly [what: string, of: string, by: string, says: string])[] = [
  [
    'a sign-in that does not say what it hands out',
    'request: GET /v1/me\n    effect: none',
    'request: GET /v1/me\n    effect: session',
    '22:3 requests.me.session: `session` goes with effect: session, and it with `session`',
  ],
  [
    'what a sign-in hands out where there is none',
    'request: GET /v1/me\n    effect: none',
    'request: GET /v1/me\n    session: { drops: [token] }\n    effect: none',
    '24:5 requests.me.session: `session` goes with effect: session, and it with `session`',
  ],
  [
    'a signed statement in a GET',
    'request: GET /v1/me\n    effect: none',
    "request: GET /v1/me\n    auth: { jwt_bearer: { issuer: a, key: '{key}', audience: 'https://a.example/', scope: a } }\n    effect: none",
    '24:5 requests.me.auth: `jwt_bearer` is for a POST with effect: session',
  ],
  [
    'an account that a secret names',
    'request: GET /v1/me\n    effect: none',
    "request: GET /v1/me\n    once: { account: '{key}', because: 'It locks. https://acme.example/' }\n    effect: none",
    '24:13 requests.me.once.account: {key} is no public part of kind api-key: what names an account is written down',
  ],
  [
    'a log of a store that the leaked key would ask',
    'no_usage: Acme keeps no log. https://acme.example/docs',
    `usage:
  reads:
    with: key
    effect: none
    reads: aws-sm
    covers: account
    join: The name of the secret.
    request: GET /v1/reads
    events: items
    event: { id: id, at: at, action: what }
    blind: [what was cached]
    docs: https://acme.example/docs`,
    '42:5 usage.reads.reads: a store is asked by an administrator: `reads` is for `with: admin`',
  ],
]
