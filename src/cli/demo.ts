export async function demoCommand(): Promise<0> {
  return 0
}
