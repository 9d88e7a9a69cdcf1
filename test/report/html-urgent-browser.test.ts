import { expect, it } from 'vitest'
import { desk, inChromium, phone } from './chromium.ts'
import { aMisuse, aPriority, aSession, aSignal, exampleInvestigation } from './example-investigation.ts'
import { aCase, aReport, hostile } from './fixture.ts'

inChromium('the page of an investigation in Chromium', ({ opened }) => {
  it.each([
    ['by day', 'light' as const],
    ['by night', 'dark' as const],
  ])('asks the network for nothing, has nothing to complain of and AA contrast %s', async (_, colorScheme) => {
    const { page, trouble } = await opened(exampleInvestigation(), { ...desk, colorScheme })
    await page.focus('article.open .line-of-time')
    await page.click('article.open .sessions summary')
    await page.waitForLoadState('networkidle')
    expect(trouble).toEqual([])
    expect(await page.evaluate(faint)).toEqual([])
  })

  it('runs nothing that a log smuggles in, also where its words are shown again', async () => {
    const session = aSession(3, 1, {
      p: 0.95,
      ip: hostile,
      client: hostile,
      actions: [hostile],
      signals: [aSignal(hostile, 2, hostile)],
    })
    const one = aCase('works', { misuse: aMisuse({ sessions: [session], children: [hostile] }), priority: aPriority() })
    const { page, trouble } = await opened(aReport([one]), desk)
    await page.focus('.line-of-time')
    expect(await page.innerText('.told')).toContain('onerror=alert(1)')
    expect(await page.locator('img').count()).toBe(0)
    expect(trouble).toEqual([])
  })

  it('filters by decision and by state together, by keyboard alone', async () => {
    const { page } = await opened(exampleInvestigation(), desk)
    const rows = page.locator('.heap .row:visible')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.dataset.decide')).toBe('all')
    for (let at = 0; at < 4; at += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.getAttribute('[data-decide=scheduled]', 'aria-pressed')).toBe('true')
    expect(await rows.count()).toBe(21)
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.focus('[data-show=live]')
    await page.keyboard.press('Space')
    expect(await rows.count()).toBe(3)
    expect(await page.innerText('.status')).toBe('3 of 72 shown')
    expect(await page.locator('article.open h2').innerText()).toContain('FullStory')
    await page.keyboard.press('/')
    await page.keyboard.type('h2lm')
    expect(await rows.count()).toBe(1)
  })

  it('shows the evidence of each session by arrow keys, in the order of time, the first strange one first', async () => {
    const { page } = await opened(exampleInvestigation(), desk)
    const told = page.locator('article.open .told')
    expect(await told.isVisible()).toBe(false)
    await page.focus('article.open .line-of-time')
    expect(await told.innerText()).toContain('2026-11-01 10:06 UTC, 6 min after the leak')
    expect(await told.innerText()).toContain(
      'iam:PutUserPolicy: privilege escalation, never used by this key T1098.003',
    )
    await page.keyboard.press('ArrowRight')
    expect(await told.innerText()).toContain('10.2.4.7, terraform')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowRight')
    expect(await told.innerText()).toContain('2026-11-22')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowLeft')
    expect(await told.innerText()).toContain('10:06')
    expect(await page.locator('article.open .chosen').count()).toBe(1)
    expect(await page.getAttribute('article.open .told', 'aria-live')).toBe('polite')
  })

  it('shows the evidence of the session that the pointer is near', async () => {
    const { page } = await opened(exampleInvestigation(), desk)
    const mark = page.locator('article.open [data-at] .stranger').nth(2)
    await mark.scrollIntoViewIfNeeded()
    const box = await mark.boundingBox()
    await page.mouse.move((box?.x ?? 0) + 12, (box?.y ?? 0) - 3)
    expect(await page.innerText('article.open .told')).toContain('AS9009, RO, 203.0.113.200, aws-cli')
  })

  it('keeps the ticks of each key’s steps', async () => {
    const { page } = await opened(exampleInvestigation(), desk)
    await page.check('article.open [data-step="1"]')
    await page.reload()
    expect(await page.isChecked('article.open [data-step="1"]')).toBe(true)
    expect(await page.isChecked('article.open [data-step="0"]')).toBe(false)
  })

  it('is one column on a phone and never wider than it, each case too', async () => {
    const { page } = await opened(exampleInvestigation(), phone)
    const wide = () => page.evaluate('document.documentElement.scrollWidth')
    expect(await wide()).toBe(390)
    await page.locator('.row').first().click()
    await page.locator('.queue').waitFor({ state: 'hidden' })
    await page.locator('article.open .sessions summary').click()
    expect(await wide()).toBe(390)
    const box = await page.locator('article.open [data-at="0"] rect').boundingBox()
    await page.touchscreen.tap((box?.x ?? 0) + 5, (box?.y ?? 0) + 5)
    expect(await page.innerText('article.open .told')).toContain('10:06')
    await page.click('article.open .back a')
    await page.locator('.queue').waitFor({ state: 'visible' })
  })

  it('has every case on paper in the order of work, strange sessions unfolded, whatever was chosen on screen', async () => {
    const { page } = await opened(exampleInvestigation(), desk)
    await page.click('[data-decide=none]')
    await page.emulateMedia({ media: 'print' })
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    expect(await page.locator('article[data-case]:visible').count()).toBe(72)
    const heaps = await page
      .locator('article[data-case]')
      .evaluateAll(all => all.map(one => one.getAttribute('data-heap')))
    expect([...new Set(heaps.slice(0, 24))]).toEqual(['act_now', 'investigate', 'out_of_cycle', 'scheduled'])
    const first = page.locator('article[data-case]').first()
    expect(await first.locator('.sessions tbody tr:visible').count()).toBe(4)
    expect(await first.locator('.ids').isVisible()).toBe(true)
    expect(await page.locator('.tools').isVisible()).toBe(false)
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    expect(await page.locator('details[open]').count()).toBe(0)
  })

  it('can be read without a script: every case, its line of time and its table', async () => {
    const { page, trouble } = await opened(exampleInvestigation(), { ...desk, javaScriptEnabled: false })
    expect(await page.locator('article[data-case]:visible').count()).toBe(72)
    expect(await page.locator('.tools').isVisible()).toBe(false)
    await page.locator('.sessions summary').first().click()
    expect(await page.locator('.sessions tr[data-at="0"]').first().isVisible()).toBe(true)
    expect(trouble.filter(text => !text.includes('script'))).toEqual([])
  })
})

// Every text that is visible against what is painted behind it: https://www.w3.org/TR/WCAG22/#contrast-minimum
const faint = `(() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number)
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0)
  const ground = node => {
    for (let at = node; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor)
      if (colour.length === 3 || colour[3] > 0) return colour
    }
    return [255, 255, 255]
  }
  const found = []
  for (const node of document.querySelectorAll('body *')) {
    if (!node.checkVisibility() || ![...node.childNodes].some(child => child.nodeType === 3 && child.data.trim())) continue
    if (node.closest('.sign, script')) continue
    const style = getComputedStyle(node)
    const [a, b] = [light(rgb(node.closest('svg') ? style.fill : style.color)), light(ground(node))].sort((x, y) => x - y)
    if ((b + 0.05) / (a + 0.05) < 4.5) found.push(node.className + ': ' + node.textContent.slice(0, 40))
  }
  return [...new Set(found)].slice(0, 10)
})()`
