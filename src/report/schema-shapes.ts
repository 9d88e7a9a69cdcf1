export const text = { type: 'string' } as const
export const texts = { type: 'array', items: text } as const
export const words = { type: 'object', additionalProperties: text } as const
export const time = { type: 'string', format: 'date-time' } as const
export const optionalName = { type: ['string', 'null'] } as const
export const amount = { type: 'integer', minimum: 0 } as const
export const chance = { type: 'number', minimum: 0, maximum: 1 } as const
export const position = { type: 'integer', minimum: 1 } as const

/** The shape, with what it means. */
export function about<T extends object>(shape: T, description: string): T & { readonly description: string } {
  return { ...shape, description }
}

/** An object that knows no other keys. */
export function object(description: string, required: readonly string[], properties: Readonly<Record<string, object>>) {
  return { type: 'object', description, additionalProperties: false, required, properties } as const
}
