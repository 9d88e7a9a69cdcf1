import type { Signal } from '../model/misuse.ts'
import { chain as numbers } from './constants.ts'
import { weightOfDoer } from './doer.ts'
import { type Case, listed, signal } from './evidence.ts'

/** A way of abuse that is told by calls that come together: at least so many of the first, and one of the last. */
interface Chain {
  readonly name: string
  readonly some: RegExp
  readonly least: number
  readonly then?: RegExp
  readonly attack: readonly string[]
}

/**
 * From published incidents: mail and text messages (https://permiso.io/blog/s/aws-ses-pionage-detecting-ses-abuse/),
 * language models (https://www.sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/), console from
 * a key (https://www.crowdstrike.com/en-us/blog/how-adversaries-persist-with-aws-user-federation/).
 */
const chains: readonly Chain[] = [
  {
    name: 'looks whether mail can be sent in bulk',
    some: /^ses:(?:GetSendQuota|GetAccount|ListIdentities|ListEmailIdentities|GetAccountSendingEnabled|GetSendStatistics)$/,
    least: 2,
    attack: ['T1496.004'],
  },
  {
    name: 'looks whether text messages can be sent, and tries',
    some: /^(?:sns:(?:GetSMSAttributes|GetSMSSandboxAccountStatus|ListOriginationNumbers)|sms-voice:Describe\w+)$/,
    least: 1,
    then: /^(?:sns:Publish|sms-voice:Send\w+)$/,
    attack: ['T1496.003'],
  },
  {
    name: 'looks which language models are there, and uses one',
    some: /^bedrock:(?:ListFoundationModels|GetFoundationModelAvailability|GetModelInvocationLoggingConfiguration|GetUseCaseForModelAccess|ListFoundationModelAgreementOffers|ListInferenceProfiles)$/,
    least: 1,
    then: /^bedrock(?:-runtime)?:(?:InvokeModel\w*|Converse\w*)$/,
    attack: ['T1496.004'],
  },
  {
    name: 'makes a web console session from a key',
    some: /^sts:(?:GetFederationToken|AssumeRole)$/,
    least: 1,
    then: /^signin:(?:GetSigninToken|ConsoleLogin)$/,
    attack: ['T1550.001'],
  },
  {
    name: 'makes a user and gives it access',
    some: /^iam:CreateUser$/,
    least: 1,
    then: /^iam:(?:CreateAccessKey|CreateLoginProfile|AttachUserPolicy|PutUserPolicy)$/,
    attack: ['T1136.003', 'T1098.001'],
  },
]

/** Calls that mean little alone and much together, where the key never made the last of them before. */
export function chained(of: Case): Signal | undefined {
  const { session, history } = of
  const names = [...session.uses.keys()].toSorted()
  const found = chains.flatMap(({ name, some, least, then, attack }) => {
    const first = names.filter(one => some.test(one))
    const last = then === undefined ? first : names.filter(one => then.test(one))
    if (first.length < least || last.length === 0) return []
    const seen = last.every(one => history.operations.has(one))
    return seen ? [] : [{ name, attack, calls: [...new Set([...first, ...last])] }]
  })
  const [top] = found
  if (top === undefined) return undefined
  const says = `${top.name}: ${listed(top.calls)}`
  return signal('chain', numbers.llr * weightOfDoer(of), [...new Set(found.flatMap(({ attack }) => attack))], says)
}
