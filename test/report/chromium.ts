import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import type { Report } from '../../src/model/run.ts'
import { html } from '../../src/report/html.ts'

const executablePath = '/usr/bin/chromium'
const present = existsSync(executablePath)

export const desk = { viewport: { width: 1280, height: 900 } }
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

/** A report's page, looked at as a reader does. */
interface Opened {
  readonly page: Page
  /** What the browser complained of, and what it asked the network for. */
  readonly trouble: readonly string[]
}

/** Where the page of the report at hand stands, and how it is opened; it is closed when its test ends. */
export interface Viewer {
  readonly folder: string
  readonly address: string
  opened(report: Report, options: BrowserContextOptions): Promise<Opened>
}

/** Tests in one Chromium; without one they say aloud that they are skipped. */
export function inChromium(title: string, tests: (viewer: Viewer) => void): void {
  const said = present ? title : `${title} (SKIPPED: ${executablePath} is not installed)`
  describe.skipIf(!present)(said, () => {
    let browser: Browser
    let contexts: BrowserContext[] = []
    const folder = mkdtempSync(join(tmpdir(), 'afterleak-page-'))
    const address = pathToFileURL(join(folder, 'report.html')).href

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    })
    afterEach(async () => {
      await Promise.all(contexts.map(context => context.close()))
      contexts = []
    })
    afterAll(async () => {
      await browser.close()
      rmSync(folder, { recursive: true })
    })

    tests({
      folder,
      address,
      async opened(report, options) {
        writeFileSync(join(folder, 'report.html'), [...html(report)].join(''))
        const context = await browser.newContext(options)
        contexts.push(context)
        const page = await context.newPage()
        const trouble: string[] = []
        page.on('console', message => trouble.push(message.text()))
        page.on('pageerror', error => trouble.push(String(error)))
        page.on('dialog', dialog => trouble.push(dialog.message()))
        page.on('request', request => request.url() === address || trouble.push(request.url()))
        await page.goto(address)
        return { page, trouble }
      },
    })
  })
}
