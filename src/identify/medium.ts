import type { Exposure, Medium } from '../model/finding.ts'

interface Known {
  readonly medium: Medium
  readonly exposure?: Exposure
}

/** Addresses that say what kind of place they are; who can read it only where nobody has to sign in. */
const places: readonly (readonly [pattern: RegExp, known: Known])[] = [
  [
    /^https?:\/\/(?:[\w-]+\.)?(?:pastebin\.com|paste\.ee|ghostbin\.com|gist\.github(?:usercontent)?\.com)\//i,
    { medium: 'paste', exposure: 'public' },
  ],
  [/^https?:\/\/(?:www\.)?npmjs\.com\/package\//i, { medium: 'package' }],
  [/^https?:\/\/pypi\.org\/project\//i, { medium: 'package', exposure: 'public' }],
  [/^https?:\/\/hub\.docker\.com\//i, { medium: 'image' }],
  [
    /\/actions\/runs\/\d|\/-\/jobs\/\d|^https?:\/\/(?:[\w-]+\.)*(?:circleci\.com|travis-ci\.(?:com|org)|buildkite\.com)\//i,
    { medium: 'ci_log' },
  ],
  [/^https?:\/\/(?:[\w-]+\.)+slack\.com\/archives\/|^https?:\/\/teams\.microsoft\.com\//i, { medium: 'chat' }],
  [/^https?:\/\/[\w-]+\.atlassian\.net\/wiki\//i, { medium: 'page' }],
  [/^https?:\/\/[\w-]+\.atlassian\.net\/browse\/|\/(?:issues|pull|merge_requests)\/\d/i, { medium: 'ticket' }],
  [/^https?:\/\/(?:[\w.-]+\.)?(?:s3[\w.-]*\.amazonaws\.com|storage\.googleapis\.com)\//i, { medium: 'storage' }],
  [/\/(?:blob|tree|commit|raw|src)\//, { medium: 'repository' }],
]

/** What an address alone says of its place. */
export function mediumOf(url: string): Known | undefined {
  return places.find(([pattern]) => pattern.test(url))?.[1]
}
