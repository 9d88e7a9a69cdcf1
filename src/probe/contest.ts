import { combine, type Verdict } from '../model/verdict.ts'

/** One way to complete a credential: parts that would be used up with it, and whether nobody else can have them then. */
interface Choice {
  readonly partners: readonly string[]
  readonly exclusive: boolean
}

/** A credential in part, with the ways to complete it, the likeliest first. */
interface Contender<Way extends Choice> {
  readonly id: string
  readonly options: readonly Way[]
}

/** How it ended for one contender. No verdict: it was never asked, as all that could have completed it belongs to others. */
export interface Outcome<Way> {
  readonly verdict?: Verdict
  /** The way that it is, or, of a dead one, most likely was. */
  readonly option?: Way
  /** What could still be the one. */
  readonly open: readonly Way[]
}

/**
 * Finds out which parts belong together, by trying: each contender its ways in turn, all contenders side by side. What is
 * live with one is no longer tried with the others. A contender that is dead whatever its other parts are needs no more.
 */
export async function contest<Way extends Choice>(
  contenders: readonly Contender<Way>[],
  tryOut: (way: Way) => Promise<Verdict>,
): Promise<ReadonlyMap<string, Outcome<Way>>> {
  const taken = new Set<string>()
  const tried = new Map<string, Verdict[]>(contenders.map(({ id }) => [id, []]))
  const won = new Map<string, Way>()
  const left = new Map(contenders.map(({ id, options }) => [id, [...options]]))
  const isFree = ({ partners }: Way): boolean => !partners.some(partner => taken.has(partner))
  for (let going = [...contenders]; going.length > 0; ) {
    const round = going.flatMap(({ id }) => {
      const ways = (left.get(id) ?? []).filter(isFree)
      const [way, ...others] = ways
      left.set(id, others)
      return way === undefined ? [] : [{ id, way }]
    })
    const judged = await Promise.all(round.map(async ({ id, way }) => ({ id, way, verdict: await tryOut(way) })))
    const over = new Set(going.map(({ id }) => id))
    for (const { id, way, verdict } of judged) {
      tried.get(id)?.push(verdict)
      if (verdict.state === 'live') {
        won.set(id, way)
        if (way.exclusive) for (const partner of way.partners) taken.add(partner)
      }
      if (verdict.reason === 'ambiguous_pair') over.delete(id)
    }
    going = going.filter(({ id }) => !over.has(id))
  }

  const outcomes = new Map<string, Outcome<Way>>()
  for (const { id, options } of contenders) {
    const verdict = combine(tried.get(id) ?? [])
    const option = won.get(id)
    const open = options.filter(isFree)
    if (option !== undefined && verdict !== undefined)
      outcomes.set(
        id,
        isShared(option, won) ? { verdict: { ...verdict, ...lying }, open } : { verdict, option, open: [] },
      )
    else outcomes.set(id, { ...(verdict !== undefined && { verdict }), open })
  }
  return withPartners(contenders, outcomes, taken)
}

const lying = {
  state: 'unknown',
  reason: 'unreliable',
  because:
    'It was accepted with a part that was accepted with another key too, which can not be: something in between answers.',
} as const

function isShared<Way extends Choice>(way: Way, won: ReadonlyMap<string, Way>): boolean {
  if (!way.exclusive) return false
  return [...won.values()].filter(({ partners }) => partners.some(partner => way.partners.includes(partner))).length > 1
}

/** A dead key keeps what it was most likely found with, unless that may be somebody else's just as well. */
function withPartners<Way extends Choice>(
  contenders: readonly Contender<Way>[],
  outcomes: ReadonlyMap<string, Outcome<Way>>,
  taken: ReadonlySet<string>,
): ReadonlyMap<string, Outcome<Way>> {
  const claims = new Map<string, number>()
  const claim = ({ partners }: Way): void => {
    for (const partner of partners) claims.set(partner, (claims.get(partner) ?? 0) + 1)
  }
  const dead = contenders.flatMap(({ id, options: [likeliest] }) => {
    const outcome = outcomes.get(id)
    return outcome?.verdict?.state === 'dead' && likeliest !== undefined ? [{ id, outcome, likeliest }] : []
  })
  for (const { likeliest } of dead) claim(likeliest)
  for (const { verdict, open } of outcomes.values())
    if (verdict?.state === 'unknown') for (const way of open) claim(way)
  const settled = new Map(outcomes)
  for (const { id, outcome, likeliest } of dead)
    if (likeliest.partners.every(partner => claims.get(partner) === 1 && !taken.has(partner)))
      settled.set(id, { ...outcome, option: likeliest, open: [] })
  return settled
}
