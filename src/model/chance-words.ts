/** A chance of misuse as it is printed: `97 %`; certainty never is. */
export function chanceWords(p: number): string {
  return p < 0.01 ? 'under 1 %' : `${Math.round(Math.min(0.99, p) * 100)} %`
}
