import type { Variable } from './snippet-names.ts'
import { javascript } from './snippets-javascript.ts'
import { python } from './snippets-python.ts'
import { shell } from './snippets-shell.ts'

export type StoreName = 'environment' | 'aws-secrets-manager' | 'vault' | 'conjur'
type Language = 'shell' | 'javascript' | 'python'

/** A few lines that read a key from where it should be, instead of from code. */
export interface Snippet {
  readonly store: StoreName
  readonly language: Language
  readonly code: string
}

/** How one language reads every part of a key from one store. `path` is where it stands there. */
export type Writer = (variables: readonly Variable[], path: string) => readonly string[]

export const storeNames: Readonly<Record<StoreName, string>> = {
  environment: 'Environment',
  'aws-secrets-manager': 'AWS Secrets Manager',
  vault: 'HashiCorp Vault',
  conjur: 'CyberArk Conjur',
}

const languages: Readonly<Record<Language, Readonly<Record<StoreName, Writer>>>> = { shell, javascript, python }

/** What a store's own key begins with: nobody keeps the key of a safe inside it. */
const ownKeys: Readonly<Partial<Record<StoreName, string>>> = { vault: 'VAULT_', conjur: 'CONJUR_' }

/** The same key from each of four stores, in each of three languages. No snippet holds a secret. */
export function snippets(variables: readonly Variable[], path: string): readonly Snippet[] {
  const all = ['environment', 'aws-secrets-manager', 'vault', 'conjur'] as const
  const stores = all.filter(store => !variables.some(({ name }) => name.startsWith(ownKeys[store] ?? '\0')))
  return (['shell', 'javascript', 'python'] as const).flatMap(language =>
    stores.map(store => ({ store, language, code: languages[language][store](variables, path).join('\n') })),
  )
}
