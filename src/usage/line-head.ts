import { textLines } from '../text/text-lines.ts'
import { syslog } from './syslog.ts'

/** https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md */
const container = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) std(?:out|err) [FP] /

/** A program's own line, without what a container's runtime or syslog put before it; undefined where nothing stands before. */
export function behindHead(line: string): string | undefined {
  const [head] = container.exec(line) ?? []
  if (head !== undefined) return line.slice(head.length)
  return /^[<\d]|^\w{3} [ \d]\d /.test(line) ? syslog(line, 0, 2000)?.message.trimStart() : undefined
}

/** A line of JSON by itself, where that stands behind a head; any other line as it is. */
export function withoutHead(line: string): string {
  const own = line.startsWith('{') ? undefined : behindHead(line)
  return own?.startsWith('{') === true ? own : line
}

export function headless(text: string): string {
  return text.split('\n').map(withoutHead).join('\n')
}

export async function* withoutHeads(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const [line] of textLines(text)) yield `${withoutHead(line)}\n`
}
