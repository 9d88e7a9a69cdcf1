import { at, each, text } from './rule.ts'

/** Whom a policy lets in. */
export interface LetIn {
  /** Anyone, without a condition that keeps strangers out. */
  readonly anyone: boolean
  /** Account numbers that it names. */
  readonly accounts: readonly string[]
  /** Every action on every resource. */
  readonly everything: boolean
}

const nobody: LetIn = { anyone: false, accounts: [], everything: false }

/** Condition keys that keep strangers out: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html and …/reference_policies_condition-keys.html */
const fences =
  /^(?:aws:(?:principal(?:orgid|orgpaths|account|arn|istawsservice)|source(?:vpc|vpce|account|arn|ip|orgid|orgpaths|owner)|vpcsourceip|userid|username|calledvia)|s3:dataaccesspoint(?:account|arn)|kms:calleraccount|lambda:functionurlauthtype|saml:|sts:rolesessionname)/i

/** Reads a policy as a log has it: JSON in a string, or an object. What is no policy lets nobody in. */
export function letIn(policy: unknown): LetIn {
  const document = typeof policy === 'string' ? parsed(policy) : policy
  const statements = each(at(document, 'Statement') ?? at(document, 'statement'))
  return statements.map(ofStatement).reduce(
    (sum, one) => ({
      anyone: sum.anyone || one.anyone,
      accounts: [...new Set([...sum.accounts, ...one.accounts])],
      everything: sum.everything || one.everything,
    }),
    nobody,
  )
}

function ofStatement(statement: unknown): LetIn {
  if ((at(statement, 'Effect') ?? at(statement, 'effect')) !== 'Allow') return nobody
  const principal = at(statement, 'Principal')
  const names = [...each(principal), ...each(at(principal, 'AWS'))].map(text).filter(name => name !== undefined)
  const everything = [at(statement, 'Action'), at(statement, 'Resource')].every(one => each(one).includes('*'))
  return {
    anyone: names.includes('*') && !isFenced(at(statement, 'Condition')),
    accounts: names.flatMap(name => /^(?:arn:aws[\w-]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(name)?.[1] ?? []),
    everything,
  }
}

function isFenced(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false
  return Object.entries(condition).some(
    ([operator, keys]: [string, unknown]) =>
      !/^(?:ForAnyValue:)?(?:String|Arn)Not|^Null/.test(operator) &&
      typeof keys === 'object' &&
      keys !== null &&
      Object.entries(keys).some(
        ([key, value]: [string, unknown]) =>
          fences.test(key) && !each(value).some(one => one === '*' || one === '0.0.0.0/0' || one === '::/0'),
      ),
  )
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
