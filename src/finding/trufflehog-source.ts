import type { Exposure, Medium } from '../model/finding.ts'
import { isRecord } from '../model/path.ts'
import { firstText, type Row } from '../text/row.ts'
import type { Draft } from './format.ts'

/** The kinds of source: https://github.com/trufflesecurity/trufflehog/blob/main/proto/source_metadata.proto */
const sources: Readonly<Record<string, Medium>> = {
  git: 'repository',
  github: 'repository',
  gitlab: 'repository',
  bitbucket: 'repository',
  gerrit: 'repository',
  azurerepos: 'repository',
  huggingface: 'repository',
  buildkite: 'ci_log',
  circleci: 'ci_log',
  travisci: 'ci_log',
  jenkins: 'ci_log',
  docker: 'image',
  ecr: 'image',
  npm: 'package',
  pypi: 'package',
  artifactory: 'package',
  slack: 'chat',
  slackcontinuous: 'chat',
  teams: 'chat',
  jira: 'ticket',
  confluence: 'page',
  sharepoint: 'page',
  s3: 'storage',
  gcs: 'storage',
  azure: 'storage',
  googledrive: 'storage',
  awssecretsmanager: 'storage',
  filesystem: 'file',
}
/** Leaves of what everybody can read. */
const open = new Set(['npm', 'pypi', 'forager'])
/** Members of a workspace alone read these, public channels too. */
const inside = new Set(['slack', 'slackcontinuous', 'teams', 'ecr', 'awssecretsmanager'])

/** Who can read a source, and what it is. `recent`: since TruffleHog names its decoder, GitHub's visibility is told. */
export function exposed(source: string, place: Row, recent: boolean): Partial<Draft> {
  const kind = source.toLowerCase()
  if (kind === 'forager') {
    const [[name, found] = ['', {}]] = Object.entries(isRecord(place.Metadata) ? place.Metadata : place)
    return { ...exposed(name, isRecord(found) ? found : {}, recent), exposure: 'public' }
  }
  const medium = sources[kind]
  return { exposure: exposure(kind, place, recent), medium, repository: repository(place) }
}

function repository(place: Row): unknown {
  const { repository: named, image, tag, package: library, release, bucket, container, channel_name: channel } = place
  if (typeof image === 'string' && image !== '')
    return typeof tag === 'string' && tag !== '' ? `${image}:${tag}` : image
  if (typeof library === 'string' && library !== '')
    return firstText(release) ? `${library}@${String(release)}` : library
  return firstText(named, bucket, container, channel, place.repo, place.project, place.project_name, place.pipeline)
}

/** Go leaves out a `public` GitHub repository's visibility, which is 0: source_metadata.proto, enum Visibility. */
function exposure(kind: string, place: Row, recent: boolean): Exposure | undefined {
  if (open.has(kind)) return 'public'
  if (inside.has(kind)) return 'internal'
  if (kind === 'docker') return isOnDockerHub(place.image) ? 'public' : undefined
  if (kind === 'travisci') return place.public === true ? 'public' : undefined
  if (Array.isArray(place.acls) && place.acls.some(who => /^all(?:Authenticated)?Users\b/.test(String(who))))
    return 'public'
  const known = (kind === 'github' || kind === 'huggingface') && recent
  const { visibility = known ? 0 : place.public === true ? 0 : undefined } = place
  if (visibility === 0 || visibility === 'public') return 'public'
  if (visibility === 1 || visibility === 2 || visibility === 'private' || visibility === 'shared') return 'internal'
  return visibility === undefined ? undefined : 'unknown'
}

/** A name without a registry's host is Docker Hub's: https://docs.docker.com/reference/cli/docker/image/tag/. A local image has a scheme. */
function isOnDockerHub(image: unknown): boolean {
  if (typeof image !== 'string' || image === '' || image.includes('://')) return false
  const [first = '', ...rest] = image.split('/')
  const host = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io'
  return /^(?:index\.|registry-1\.)?docker\.io$/.test(host)
}
