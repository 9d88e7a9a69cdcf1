/** Each takes the tables one version further. Only ever appended to: a store of any older version is brought up to date. */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE watched (
      id TEXT PRIMARY KEY,
      provider TEXT NOT NULL,
      entry TEXT NOT NULL,
      standing TEXT NOT NULL,
      state TEXT NOT NULL,
      next_at INTEGER NOT NULL,
      paused INTEGER NOT NULL DEFAULT 0,
      live_at INTEGER,
      trouble_at INTEGER
    ) WITHOUT ROWID`,
    'CREATE INDEX watched_due ON watched (paused, next_at)',
    'CREATE INDEX watched_trouble ON watched (provider, trouble_at) WHERE trouble_at IS NOT NULL',
    'CREATE INDEX watched_live ON watched (provider, live_at)',
    `CREATE TABLE verdicts (
      watched TEXT NOT NULL,
      at INTEGER NOT NULL,
      state TEXT NOT NULL,
      reason TEXT NOT NULL,
      because TEXT NOT NULL,
      run TEXT NOT NULL,
      PRIMARY KEY (watched, at)
    ) WITHOUT ROWID`,
    `CREATE TABLE transitions (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      watched TEXT,
      says TEXT NOT NULL
    ) WITHOUT ROWID`,
    'CREATE INDEX transitions_at ON transitions (at)',
    `CREATE TABLE outbox (
      transition TEXT NOT NULL REFERENCES transitions (id) ON DELETE CASCADE,
      channel TEXT NOT NULL,
      state TEXT NOT NULL DEFAULT 'waiting',
      attempts INTEGER NOT NULL DEFAULT 0,
      next_at INTEGER NOT NULL,
      why TEXT,
      PRIMARY KEY (transition, channel)
    ) WITHOUT ROWID`,
    "CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'waiting'",
    `CREATE TABLE outages (
      provider TEXT NOT NULL,
      since INTEGER NOT NULL,
      until INTEGER,
      PRIMARY KEY (provider, since)
    ) WITHOUT ROWID`,
    `CREATE TABLE rotations (
      old TEXT PRIMARY KEY REFERENCES watched (id) ON DELETE CASCADE,
      new TEXT NOT NULL REFERENCES watched (id) ON DELETE CASCADE,
      rotation TEXT NOT NULL
    ) WITHOUT ROWID`,
    `CREATE TABLE callers (
      watched TEXT NOT NULL REFERENCES watched (id) ON DELETE CASCADE,
      caller TEXT NOT NULL,
      first_at INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      seen TEXT NOT NULL,
      PRIMARY KEY (watched, caller)
    ) WITHOUT ROWID`,
    `CREATE TABLE cursors (
      watched TEXT NOT NULL REFERENCES watched (id) ON DELETE CASCADE,
      source TEXT NOT NULL,
      position TEXT NOT NULL,
      PRIMARY KEY (watched, source)
    ) WITHOUT ROWID`,
    'CREATE TABLE pace (host TEXT PRIMARY KEY, next_at REAL NOT NULL) WITHOUT ROWID',
  ],
  // What was told and pruned: logs are read again, and it must not be told again.
  ['CREATE TABLE told (id TEXT PRIMARY KEY) WITHOUT ROWID'],
  // What logs said of watched keys, how far each log was read, and what all of them together showed.
  [
    `CREATE TABLE uses (
      watched TEXT NOT NULL REFERENCES watched (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      source TEXT NOT NULL,
      id TEXT NOT NULL,
      made INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (watched, at, source, id)
    ) WITHOUT ROWID`,
    'CREATE INDEX uses_made ON uses (at) WHERE made = 1',
    `CREATE TABLE logs (
      path TEXT PRIMARY KEY,
      head_length INTEGER NOT NULL,
      head TEXT NOT NULL,
      mark TEXT NOT NULL,
      seen_at INTEGER NOT NULL
    ) WITHOUT ROWID`,
    'CREATE INDEX logs_head ON logs (head_length, head)',
    'CREATE TABLE shown (one INTEGER PRIMARY KEY CHECK (one = 1), tally TEXT NOT NULL)',
  ],
  // What the clock last said, so that one that was set back is noticed.
  ['CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL)'],
]
