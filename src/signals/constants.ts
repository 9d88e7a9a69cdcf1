/**
 * Every number of the misuse score, each with where it comes from. Likelihood ratios are natural logarithms.
 * "reasoned": chosen for a documented reason and not fitted; "measured": on the labelled set that is named (see
 * bench/misuse). The shape is that of Freeman et al., "Who Are You? A Statistical Approach to Measuring User
 * Authenticity", NDSS 2016, https://www.ndss-symposium.org/wp-content/uploads/2017/09/who-are-you-statistical-approach-measuring-user-authenticity.pdf
 */

const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** Sessions. Reasoned: the idle time after which web analytics and sign-in logs call a visit over. */
export const session = {
  gap: 30 * minute,
  /** A client that never pauses is counted once a day, so that it becomes history at all. */
  longest: day,
} as const

/** Logit of misuse before any signal. Measured on elastic-sshauth: -0.5 finds 97 % at 2 %; -3.5 flags no owner. */
export const priors = { unexposed: -5, internal: -3.5, public: -2, publicLive: -0.5 } as const

/** p at which a session is called likely, suspicious, or worth a look; reasoned. */
export const levels = { likely: 0.9, suspicious: 0.5, review: 0.2 } as const

/** Owner sessions: how fast history is trusted (m = n / (n + 3)), and how much of it a level of confidence needs. */
export const maturity = { half: 3, baseline: 3, high: 20, highDays: 10 } as const

/**
 * How often an attacker's value is new at each level (measured on elastic-sshauth: 98 % new addresses; the coarser
 * levels reasoned from honeypot traffic), and what a wholly known network is worth. `smooth` is what Good and Turing's
 * estimate of something new is given before there is history: Krichevsky and Trofimov's 1/2 for countries and networks,
 * Laplace's 1 for addresses, which change of themselves where lines get them anew each day.
 */
export const network = {
  country: { attacker: 0.7, smooth: 0.5 },
  asn: { attacker: 0.9, smooth: 0.5 },
  block: { attacker: 0.97, smooth: 1 },
  address: { attacker: 0.98, smooth: 1 },
  known: -1.5,
  cap: 4.5,
} as const

/** Measured on the honey bucket's visitors: 49 % of their addresses are hosting; Tor reasoned. */
export const context = { tor: 3, hosting: 0.7, vpn: 0.7, cap: 3.5 } as const

/** Reasoned; invictus-aws and stratus-detonations all use another client than the owners. */
export const client = { fresh: 0.75, known: -0.5, offensive: 2, cap: 4.5, smooth: 0.5 } as const

/** Weights of what was called. Reasoned; the incidents are those that TrailDiscover's references name. */
export const operation = {
  weight: { sensitive: 2.2, write: 1, identity: 0.4, discovery: 0.3, other: 0.2 },
  incident: 0.3,
  seen: 0.25,
  /** With fewer sessions than make a baseline, new means little. */
  noHistory: 0.6,
  tactic: 0.5,
  allSeen: { most: 0.3, off: 0.5 },
  /** A write from the console in a session whose network the key knows: that is where owners work by hand. */
  ownConsole: 0.5,
  cap: 4.5,
  floor: -1,
} as const

/** Tactics that an owner's session seldom has several of at once: TA0003 to TA0006, TA0008, TA0010, TA0040. */
export const hostileTactics: ReadonlySet<string> = new Set(['3', '4', '5', '6', '8', '10', '40'])

/** Reasoned from published incidents (identity call first, then enumeration, then refusals). */
export const sequence = {
  identityWithin: 3,
  identity: 0.7,
  span: 10 * minute,
  reads: 4,
  services: 3,
  recon: 1.3,
  /** So many look-ups within `span`, of whatever kind. */
  lookUps: { from: 50, llr: 0.5 },
  denied: [
    { from: 5, llr: 2 },
    { from: 3, llr: 1.2 },
  ],
  /** The same few calls, refused again and again. */
  refusals: { from: 15, llr: 0.7 },
  guesses: [
    { from: 10, llr: 1.5 },
    { from: 5, llr: 1.2 },
  ],
  cap: 3.5,
} as const

/**
 * Calls, bytes or cost of an hour against 28 days. Measured on nab-rates: a negative binomial tail under 2e-4 alarms on
 * 1.1 % of days (5e-4: 1.8 %, 1e-3: 2.5 %), a Poisson tail of 1e-6 on 72 %. It is the largest that stays under 2 % by one
 * standard error, so that a series that nobody has seen yet does not tip it.
 */
export const rate = {
  window: 28 * 24,
  /** A week: before that, nobody knows what a weekend or a night looks like. */
  fewest: 7 * 24,
  least: 10,
  times: 3,
  tail: 2e-4,
  size: { least: 0.3, most: 50 },
  scale: 0.5,
  off: 2,
  cap: 2.5,
} as const

/** Measured on one owner of elastic-sshauth (114 sessions, 3.6 years): concentration 6 and density < .25 flag 1 of 89. */
export const hours = {
  days: 10,
  weekDays: 30,
  concentration: 6,
  floor: 0.02,
  below: 0.25,
  attacker: 0.6,
  /** Reasoned: outside the hours that owners say they work, someone at any hour is twice as likely. */
  stated: Math.LN2,
  cap: 1.5,
} as const

/** Reasoned: what AWS itself calls InstanceCredentialExfiltration; without lists the address proves less. */
export const binding = { outside: 3.5, perhaps: 1.5, elsewhere: 3, cap: 3.5 } as const

/** Reasoned. Travel needs no coordinates: an ocean can't be crossed in three hours. */
export const together = { within: 15 * minute, llr: 1.5, ocean: 3 * hour, travel: 2, cap: 2 } as const

/** Reasoned: a key that had gone quiet before it leaked and is used afterwards. */
export const revival = { days: 30, gaps: 10, llr: 1.5 } as const

/** Reasoned: sessions from contexts new to the key, after against before, by the conditional binomial test. */
export const change = { tail: 1e-3, times: 3, llr: 1.5 } as const

/** Set, not added: the provider has decided. */
export const providerSays = { p: 0.95 } as const

/** Reasoned: a provider's own detection of one call, which errs more often than its word on a key. */
export const alarm = { llr: 2 } as const

/** Just under "review": the user has said whose addresses and roles these are. */
export const own = { p: 0.199, operation: 3 } as const

/** Reasoned: a few refused sign-ins show that somebody tried, not that he has the key: worth a look, and no more. */
export const knocking = { p: 0.499 } as const

/** What a request asked for, by how seldom owners ask for it; reasoned, in published incidents or the provider's own findings. */
export const request = { strong: 1.5, medium: 1, weak: 0.6, further: 0.5, seen: 0.25, cap: 3 } as const

/**
 * Reasoned: what Terraform, CloudFormation and the like do says half as much, and several purposes in one run say nothing,
 * unless they are new to the key: creating roles, users and networks in one go is what they are for. Only half, since a
 * user agent can be forged.
 */
export const builder = 0.5

/**
 * Reasoned: from the owner's own address with the owner's own client, what was asked for says half as much: an act counts
 * once as operation already, and owners have their rare days.
 */
export const ownPlace = 0.5

/** Reasoned from published incidents: calls that together are one known way of abuse. */
export const chain = { llr: 1.5 } as const

/**
 * Reasoned: what changes something in a region where this key never did (https://attack.mitre.org/techniques/T1535/);
 * without history, in many at once.
 */
export const region = { llr: 1, sessions: 3, many: 4, spread: 0.7 } as const

/** Reasoned: many distinct things of one kind taken in one session, of which this key has taken few before. */
export const bulk = {
  objects: 100,
  secrets: 5,
  repositories: 10,
  messages: 50,
  deletions: 10,
  llr: 1.5,
  doubled: 0.5,
  cap: 2.5,
} as const

/** Several sessions together: only those that have evidence of their own, and of different kinds and networks. */
export const combining = { least: 0.7 } as const

/** How much is kept, so that a million events fit: nothing here changes a score of an ordinary key. */
export const kept = {
  events: 20,
  actions: 300,
  things: 1000,
  sessions: 5000,
  spans: 100,
  gaps: 1000,
  values: 20_000,
} as const
