/** What several generators give, as it comes, so many of them at a time. Nothing is held but one value of each. */
export async function* sideBySide<T>(all: Iterable<() => AsyncGenerator<T>>, atOnce: number): AsyncGenerator<T> {
  const waiting = all[Symbol.iterator]()
  const running = new Map<
    AsyncGenerator<T>,
    Promise<{ readonly from: AsyncGenerator<T>; readonly result: IteratorResult<T> }>
  >()
  const step = (from: AsyncGenerator<T>): void =>
    void running.set(
      from,
      from.next().then(result => ({ from, result })),
    )
  const start = (): void => {
    while (running.size < atOnce) {
      const { value, done } = waiting.next()
      if (done === true) return
      step(value())
    }
  }
  try {
    start()
    while (running.size > 0) {
      const { from, result } = await Promise.race(running.values())
      running.delete(from)
      if (result.done === true) start()
      else {
        step(from)
        yield result.value
      }
    }
  } finally {
    for (const from of running.keys()) void from.return(undefined).catch(() => undefined)
  }
}
