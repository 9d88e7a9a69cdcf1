/** Chances of "this many or more", by the regularised incomplete beta function (Numerical Recipes §6.4, DLMF 8.17). */

/** P(X ≥ x) of a negative binomial with this mean and size. */
export function negativeBinomialTail(x: number, mean: number, size: number): number {
  if (x <= 0) return 1
  return mean <= 0 ? 0 : incompleteBeta(mean / (size + mean), x, size)
}

/** P(X ≥ x) of a binomial of n tries with chance q. */
export function binomialTail(x: number, n: number, q: number): number {
  if (x <= 0) return 1
  return x > n ? 0 : incompleteBeta(q, x, n - x + 1)
}

/** I_x(a, b): the share of a beta distribution that lies below x. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b
}

/** Lentz's way to work out the continued fraction. */
function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const apart = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / apart(1 + even * d)
    c = apart(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / apart(1 + odd * d)
    c = apart(1 + odd / c)
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-12) break
  }
  return result
}

/** Stirling's series, shifted to where it is exact to twelve digits. */
function logGamma(z: number): number {
  let shift = 0
  let x = z
  for (; x < 15; x++) shift -= Math.log(x)
  const r = 1 / (x * x)
  return (
    shift +
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    (1 - r * (1 / 30 - r * (1 / 105 - r / 140))) / (12 * x)
  )
}
