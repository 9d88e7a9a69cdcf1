import { NotSpoken } from './login.ts'

/** How long is waited for what a sign-in can do without, in milliseconds. */
const patience = 2_000

/** What is good to know after a sign-in, and takes nothing from it: undefined where it fails or takes long. Rejects where the server does not speak its protocol: then its yes is worth nothing. */
export async function afterthought<T>(task: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), patience)
  })
  try {
    return await Promise.race([task, late])
  } catch (error) {
    if (error instanceof NotSpoken) throw error
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
