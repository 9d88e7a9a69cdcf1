import { inside, lastSegment, type Row, rowsOf } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { isCensored, secretOf, tracesOf } from '../gitguardian-match.ts'
import { hashIn } from '../hidden.ts'
import { priorOf } from '../prior.ts'

const deepest = 20

/** `ggshield secret scan … --json`: files with incidents, or scans of scans of them. Censored unless `--show-secrets`. */
export const ggshield: JsonFormat = {
  id: 'ggshield',
  name: 'ggshield, JSON',
  shape: 'json',
  records: ['scans[]', 'entities_with_incidents[]', 'results[]'],
  knows: record => 'filename' in record || 'scans' in record || entities(record).length > 0,
  marks: record =>
    ('filename' in record && rowsOf(record.incidents).some(isSecret)) ||
    entities(record).length > 0 ||
    ('total_incidents' in record && 'total_occurrences' in record),
  envelope: document =>
    Array.isArray(document.entities_with_incidents) ||
    ('total_incidents' in document && 'total_occurrences' in document),
  read: record => ('incidents' in record ? inFile(record, {}) : inScan(record, deepest)),
}

function entities(scan: Row): readonly Row[] {
  return [...rowsOf(scan.entities_with_incidents), ...rowsOf(scan.results)]
}

function inScan(scan: Row, depth: number): readonly Draft[] {
  const { author, email, date } = inside(scan, 'extra_info')
  const place = { author: email || author, at: date, ...(scan.type === 'commit' && { commit: scan.id }) }
  const own = entities(scan).flatMap(entity => inFile(entity, place))
  return depth === 0 ? own : [...own, ...rowsOf(scan.scans).flatMap(each => inScan(each, depth - 1))]
}

function inFile({ filename, incidents }: Row, place: Partial<Draft>): readonly Draft[] {
  const [, commit, path] = (typeof filename === 'string' && /^commit:\/\/(\w+)\/(.+)$/s.exec(filename)) || []
  const file = { ...place, file: path ?? filename, ...(commit !== undefined && { commit }) }
  return rowsOf(incidents)
    .filter(isSecret)
    .flatMap(incident => {
      const known = {
        tool: 'ggshield',
        rule: lastSegment(incident.detector_documentation) ?? incident.type,
        prior: priorOf(incident.validity),
        ...file,
      }
      const occurrences = perOccurrence(incident)
      return occurrences.length === 0
        ? [known]
        : occurrences.map(matches => ({ ...known, ...secretAt(matches, incident) }))
    })
}

/** ggshield also scans infrastructure code, whose incidents have a policy of another name and no secrets. */
function isSecret(incident: Row): boolean {
  return Array.isArray(incident.occurrences) || (typeof incident.policy === 'string' && /secret/i.test(incident.policy))
}

/** All occurrences' matches stand in one list: as many for each, or, where that does not add up, until a type comes again. */
function perOccurrence(incident: Row): readonly (readonly Row[])[] {
  const matches = rowsOf(incident.occurrences)
  const total = typeof incident.total_occurrences === 'number' ? incident.total_occurrences : 0
  const each = matches.length / total
  if (Number.isInteger(each) && each > 0) {
    return Array.from({ length: total }, (_, i) => matches.slice(i * each, (i + 1) * each))
  }
  const groups: Row[][] = []
  for (const match of matches) {
    const last = groups.at(-1)
    if (last === undefined || last.some(({ type }) => type === match.type)) groups.push([match])
    else last.push(match)
  }
  return groups
}

function secretAt(matches: readonly Row[], { ignore_sha: hash }: Row): Partial<Draft> {
  const [first = {}] = matches
  return {
    ...secretOf(matches),
    ...(matches.some(({ match }) => isCensored(match)) && {
      redacted: true,
      left: { pieces: tracesOf(matches), hash: hashIn('ggshield', hash, 64) },
    }),
    line: first.line_start ?? first.post_line_start ?? first.pre_line_start,
  }
}
