/** Reads `error.code`, `data.0.id`, `data.-1.id` from a parsed document; undefined where a step is missing. */
export function at(document: unknown, path: string): unknown {
  let here = document
  for (const step of stepsOf(path)) {
    if (Array.isArray(here)) here = /^-?\d+$/.test(step) ? here.at(Number(step)) : undefined
    else if (typeof here === 'object' && here !== null && Object.hasOwn(here, step)) here = Reflect.get(here, step)
    else return undefined
  }
  return here
}

const known = new Map<string, readonly string[]>()

/** Paths come from providers' files, so that there are few of them. */
function stepsOf(path: string): readonly string[] {
  let steps = known.get(path)
  if (steps === undefined) {
    steps = path === '' ? [] : path.split('.')
    known.set(path, steps)
  }
  return steps
}

/** A JSON object, as opposed to an array, a scalar or null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
