import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { desk, inChromium, phone } from './chromium.ts'
import { exampleReport } from './example-report.ts'
import { aCase, aPlace, aReport, hostile } from './fixture.ts'

inChromium('the page in Chromium', ({ folder, address, opened }) => {
  it('asks the network for nothing and has nothing to complain of', async () => {
    const { page, trouble } = await opened(exampleReport(), desk)
    await page.waitForLoadState('networkidle')
    expect(trouble).toEqual([])
  })

  it('runs nothing that a report smuggles in', async () => {
    const place = aPlace({ file: hostile, author: hostile })
    const one = aCase('works', { name: hostile, shown: hostile, findings: [place] }, { identity: { owner: hostile } })
    const { page, trouble } = await opened(aReport([one]), desk)
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('article.open h2').innerText()).toContain('</script><img src=x')
    expect(trouble).toEqual([])
  })

  it('filters by state and by text, and shows the first that fits', async () => {
    const { page } = await opened(exampleReport(), desk)
    const rows = page.locator('.heap .row:visible')
    expect(await rows.count()).toBe(72)
    await page.click('[data-show=undecided]')
    expect(await rows.count()).toBe(18)
    expect(await page.getAttribute('[data-show=undecided]', 'aria-pressed')).toBe('true')
    await page.fill('.search', 'gitlab')
    expect(await rows.count()).toBe(1)
    expect(await page.innerText('article.open h2')).toContain('GitLab')
    expect(await page.innerText('.status')).toBe('1 of 72 shown')
    await page.fill('.search', 'nothing like that')
    expect(await page.locator('.none').isVisible()).toBe(true)
    expect(await page.locator('article.open').count()).toBe(0)
    await page.keyboard.press('Escape')
    expect(await rows.count()).toBe(18)
  })

  it('finds a key by what only its details say', async () => {
    const { page } = await opened(exampleReport(), desk)
    await page.fill('.search', 'sts:GetCallerIdentity')
    expect(await page.locator('.heap .row:visible').count()).toBe(1)
  })

  it('is worked by keyboard, with the focus to be seen', async () => {
    const { page } = await opened(exampleReport(), desk)
    const open = () => page.getAttribute('article.open', 'id')
    expect(await open()).toBe('case-1')
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    expect(await open()).toBe('case-3')
    await page.keyboard.press('k')
    expect(await open()).toBe('case-2')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('/')
    await page.keyboard.type('j')
    expect(await page.inputValue('.search')).toBe('j')
    await page.keyboard.press('Escape')
    await page.locator('a.row[aria-current]').press('Enter')
    expect(page.url()).toBe(`${address}#case-2`)
  })

  it('keeps the ticks of each key’s steps', async () => {
    const { page } = await opened(exampleReport(), desk)
    await page.check('article.open [data-step="1"]')
    await page.reload()
    expect(await page.isChecked('article.open [data-step="1"]')).toBe(true)
    expect(await page.isChecked('article.open [data-step="0"]')).toBe(false)
    await page.keyboard.press('j')
    expect(await page.isChecked('article.open [data-step="1"]')).toBe(false)
  })

  it('works where storage is refused', async () => {
    writeFileSync(
      join(folder, 'frame.html'),
      '<iframe sandbox="allow-scripts" src="report.html" width="1200" height="800"></iframe>',
    )
    const { page, trouble } = await opened(exampleReport(), desk)
    await page.goto(pathToFileURL(join(folder, 'frame.html')).href)
    const frame = page.frameLocator('iframe')
    await frame.locator('article.open [data-step="0"]').check()
    await frame.locator('[data-show=dead]').click()
    expect(await frame.locator('.heap .row:visible').count()).toBe(38)
    expect(trouble.filter(text => !text.startsWith('file:'))).toEqual([])
  })

  it('is one column on a phone, never wider than it: the queue, then a case, then back', async () => {
    const long = aCase('works', {
      shown: 'x'.repeat(90),
      name: 'n'.repeat(90),
      findings: [aPlace({ file: 'f'.repeat(400) })],
    })
    const report = exampleReport()
    const { page } = await opened({ ...report, cases: [long, ...report.cases] }, phone)
    const wide = () => page.evaluate('document.documentElement.scrollWidth')
    expect(await wide()).toBe(390)
    expect(await page.locator('article:visible').count()).toBe(0)
    await page.click('a[href="#case-1"]')
    await page.locator('.queue').waitFor({ state: 'hidden' })
    expect(await page.locator('article:visible').count()).toBe(1)
    expect(await wide()).toBe(390)
    await page.click('article.open .back a')
    await page.locator('.queue').waitFor({ state: 'visible' })
    expect(await page.locator('article:visible').count()).toBe(0)
  })

  it('stays usable with 20,000 dead keys: rows without details, found by search', async () => {
    const dead = Array.from({ length: 20_000 }, (_, index) => aCase('rejected', { shown: `old…${index}` }))
    const { page } = await opened(aReport([aCase('works'), ...dead]), desk)
    await page.fill('.search', 'old…1999')
    await page.waitForFunction("document.querySelector('.status').textContent === '11 of 20,001 shown'")
    expect(await page.locator('.heap .row:visible').count()).toBe(11)
    expect(await page.evaluate("document.querySelector('.queue').scrollHeight")).toBeLessThan(1_000)
    expect(await page.locator('.empty').isVisible()).toBe(true)
  })

  it('shows every case on paper, whatever was chosen on screen', async () => {
    const { page } = await opened(exampleReport(), desk)
    await page.click('[data-show=live]')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('article[data-case]:visible').count()).toBe(72)
    expect(await page.locator('.tools').isVisible()).toBe(false)
  })

  it('shows every case without a script', async () => {
    const { page, trouble } = await opened(exampleReport(), { ...desk, javaScriptEnabled: false })
    expect(await page.locator('article[data-case]:visible').count()).toBe(72)
    expect(await page.locator('.tools').isVisible()).toBe(false)
    expect(trouble.filter(text => !text.includes('script'))).toEqual([])
  })
})
