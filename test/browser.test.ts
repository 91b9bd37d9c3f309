/** The console in a real browser: somebody picks a person, reads why, answers, and the page changes. */
import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ConsoleServer, startEngineForBrowser } from './console-server.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const hasBrowser = existsSync(executablePath)
if (!hasBrowser) {
  console.warn(
    `browser.test.ts is skipped: there is no Chromium at ${executablePath}. Set CHROMIUM.`,
  )
}

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const wide = { width: 1280, height: 900 }
const narrow = { width: 390, height: 844 }

interface View {
  readonly viewport?: { width: number; height: number }
  readonly colorScheme?: 'light' | 'dark'
  readonly locale?: string
}

describe.skipIf(!hasBrowser)('the console in Chromium', { timeout: 90_000 }, () => {
  let server: ConsoleServer
  let browser: Browser
  let context: BrowserContext | undefined
  let complaints: string[] = []

  beforeAll(async () => {
    server = await startEngineForBrowser()
    browser = await chromium.launch({ executablePath, args: quiet })
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  afterEach(async () => {
    await context?.close()
    expect(complaints).toEqual([])
  })

  async function open(path: string, view: View = {}): Promise<Page> {
    complaints = []
    context = await browser.newContext({ viewport: wide, locale: 'en-GB', ...view })
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      const isExpected = /Failed to load resource.*(401|503)/.test(message.text())
      if (message.type() === 'error' && !isExpected) complaints.push(message.text())
    })
    await page.goto(new URL(path, server.url).href)
    return page
  }

  const openFeed = async (query: string, view?: View) => {
    const page = await open(`/?${query}#key=${server.key}`, view)
    await page.locator('[data-card]').first().waitFor()
    return page
  }

  it('asks for a key, refuses a wrong one, and forgets the right one from the address', async () => {
    const page = await open('/')

    await page.getByLabel('API key').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('refused this key').waitFor()
    await page.goto(`${server.url}#key=${server.key}`)

    await page.getByRole('option').first().waitFor()
    expect(page.url()).not.toContain(server.key)
  })

  it('finds a person by typing, with the keyboard alone', async () => {
    const page = await open(`/#key=${server.key}`)
    await page.getByRole('option').first().waitFor()

    await page.keyboard.type('陈晨')
    await expect.poll(() => page.getByRole('option').count()).toBe(1)
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { level: 1, name: '陈晨' }).waitFor()
    await page.getByRole('article').first().waitFor()
    expect(page.url()).toContain('user=chen')
  })

  it('gives every item a reason whose parts add up to the score', async () => {
    const page = await openFeed('user=ada')
    const cards = page.getByRole('article')

    const reasons = await page.locator('[data-why]').allInnerTexts()
    expect(reasons.length).toBe(await cards.count())
    for (const reason of reasons) expect(reason.trim().length).toBeGreaterThan(10)
    await cards.first().locator('[data-why]').click()

    const numbers = await cards.first().locator('table td').allInnerTexts()
    const values = numbers.map((text) => Math.round(Number(text.replace('−', '-')) * 1000))
    const score = values.pop()
    expect(values.length).toBeGreaterThan(0)
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(score)
    await cards.first().getByText('What would change it').waitFor()
  })

  it('hides an item at once, says what changed, and sends the page id', async () => {
    const page = await openFeed('user=ada')
    const first = page.locator('[data-card]').first()
    const id = (await first.getAttribute('data-card')) ?? ''
    const sent = page.waitForRequest((request) => request.method() === 'POST')

    await first.getByRole('button', { name: 'Hide' }).click()

    const [event] = (await sent).postDataJSON().events
    expect(event).toMatchObject({ type: 'hide', userId: 'ada', itemId: id })
    expect(event.pageId).not.toBe('')
    await page.getByRole('status').getByText('Hidden.').waitFor()
    await expect.poll(() => page.locator(`[data-card="${id}"]`).count()).toBe(0)
    await page.reload()
    await page.locator('[data-card]').first().waitFor()
    expect(await page.locator(`[data-card="${id}"]`).count()).toBe(0)
  })

  it('keeps a liked item where it stands and takes the like back', async () => {
    const page = await openFeed('user=bo')
    const first = page.locator('[data-card]').first()
    const id = await first.getAttribute('data-card')
    const like = first.getByRole('button', { name: 'Like', exact: true })

    await like.click()
    await page.getByRole('status').getByText('Liked.').waitFor()

    expect(await first.getAttribute('data-card')).toBe(id)
    expect(await like.getAttribute('aria-pressed')).toBe('true')
    await like.click()
    await page.getByRole('status').getByText('Like taken back.').waitFor()
    expect(await like.getAttribute('aria-pressed')).toBe('false')
  })

  it('mutes an author from the menu, and all their posts leave', async () => {
    const page = await openFeed('user=kofi')
    const first = page.locator('[data-card]').first()
    const name = await first.getByRole('heading').innerText()

    await first.getByRole('button', { name: 'More choices' }).click()
    await page.getByRole('menuitem', { name: `Mute ${name}` }).click()

    await page.getByRole('status').getByText('Muted.').waitFor()
    const authors = page.locator('[data-card] h2')
    await expect.poll(() => authors.allInnerTexts()).not.toContain(name)
  })

  it('pages on without repeating an item', async () => {
    const page = await openFeed('user=bo&feed=latest')
    const ids = () =>
      page
        .locator('[data-card]')
        .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-card')))
    const before = await ids()

    await page.getByRole('button', { name: 'Next page' }).click()

    await expect.poll(async () => (await ids()).length).toBeGreaterThan(before.length)
    const after = await ids()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(new Set(after).size).toBe(after.length)
  })

  it('works by keyboard only: walk, ask why, send away, switch feeds, get help', async () => {
    const page = await openFeed('user=jiang')
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.closest("[data-card]")?.dataset.card ?? document.activeElement.id',
      )

    await page.keyboard.press('j')
    const first = await focused()
    await page.keyboard.press('j')
    const second = await focused()
    expect(second).not.toBe(first)
    await page.keyboard.press('w')
    await page.getByText('What the score is made of').waitFor()
    await page.keyboard.press('x')
    await page.getByRole('status').getByText('Less like this.').waitFor()
    await expect.poll(() => page.locator(`[data-card="${second}"]`).count()).toBe(0)
    const inItsPlace = await page.locator('[data-card]').nth(1).getAttribute('data-card')
    expect(await focused()).toBe(inItsPlace)
    await page.keyboard.press('3')
    await expect.poll(() => page.url()).toContain('feed=trending')
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Keyboard').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    // The first dialog gives the focus back a moment after it is gone; until then keys go nowhere.
    await vi.waitFor(async () => {
      await page.keyboard.press('/')
      await page.getByRole('dialog').getByRole('combobox').waitFor({ timeout: 500 })
    }, 5_000)
    await page.keyboard.type('Gus')
    await page.getByRole('option', { name: 'Gus' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Gus' }).waitFor()
  })

  it('speaks Chinese, reasons included, and remembers it', async () => {
    const page = await openFeed('user=fang')

    await page.getByRole('button', { name: '中文' }).click()

    await page.getByRole('tab', { name: '热门' }).waitFor()
    await expect
      .poll(() => page.locator('[data-why]').first().innerText())
      .toMatch(/\p{Script=Han}/u)
    await page.reload()
    await page.getByRole('tab', { name: '热门' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans')
  })

  it('suggests people to follow', async () => {
    const page = await openFeed('user=lin&feed=people')
    const follow = page.locator('[data-card]').first().getByRole('button', { name: 'Follow' })

    await follow.click()

    await page.getByRole('status').getByText('Followed.').waitFor()
  })

  it('shows words as words, never as markup', async () => {
    const page = await open(`/#key=${server.key}`)
    const text = '<img src="x" onerror="document.title = 1"> & <b>bold</b>'
    await page.route('**/v1/feeds/**', async (route) => {
      const answer = await (await route.fetch()).json()
      answer.items[0].item.text = text
      await route.fulfill({ json: answer })
    })

    await page.goto(`${server.url}?user=ada`)

    await page.getByText(text).waitFor()
    expect(await page.title()).toBe('Kith')
  })

  it('shows what the engine says went wrong, and tries again', async () => {
    const page = await open(`/#key=${server.key}`)
    const detail = 'The database is starting; ask again in a second.'
    await page.route('**/v1/feeds/**', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', json: { detail } }),
    )
    await page.goto(`${server.url}?user=ada`)
    await page.getByRole('alert').getByText(detail).waitFor()
    await page.unroute('**/v1/feeds/**')

    await page.getByRole('button', { name: 'Try again' }).click()

    await page.locator('[data-card]').first().waitFor()
  })

  it('gives an item back when the deed could not be saved', async () => {
    const page = await openFeed('user=he')
    await page.route('**/v1/events', (route) =>
      route.fulfill({ status: 503, json: { detail: 'Not available now.' } }),
    )
    const first = page.locator('[data-card]').first()

    await first.getByRole('button', { name: 'Hide' }).click()

    await page.getByRole('status').getByText('Not saved: Not available now.').waitFor()
    expect(await first.getAttribute('data-leaving')).toBe('false')
  })

  it('shows what was learned: runs, a table, curves that can be read off by keyboard', async () => {
    const page = await open(`/#key=${server.key}`)
    await page.getByRole('option').first().waitFor()

    await page.getByRole('link', { name: 'Learning' }).click()
    await page.getByText('als was refused:').waitFor()
    await page.keyboard.press('j')

    await page
      .getByRole('heading', { level: 2, name: 'popular, item-knn, als, sgl <img>' })
      .waitFor()
    expect(page.url()).toContain('run=')
    const best = page.getByRole('row', { name: 'sgl <img>' })
    expect(await best.innerText()).toMatch(/0\.2210 ± 0\.0020/)
    const loss = page.getByRole('slider', { name: 'Curve of loss: step' })
    await loss.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    expect(await loss.getAttribute('aria-valuetext')).toMatch(/^step 1: als\/seed 1 0\.6\d+, /)
    await page.getByLabel('Metric').selectOption('recall@10')
    await page.getByRole('heading', { name: 'cold people' }).waitFor()
    await page.getByRole('searchbox').fill('failed')
    await expect.poll(() => page.locator('[data-run]').count()).toBe(1)
    await page.goBack()
    await page.getByRole('heading', { level: 2, name: 'als', exact: true }).waitFor()
  })

  it('shows the network: a map, communities that are chosen by keyboard, people by name', async () => {
    const page = await open(`/?view=network#key=${server.key}`)
    const community = page.locator('main [aria-pressed]').first()
    await community.focus()
    await page.keyboard.press('Enter')

    expect(await community.getAttribute('aria-pressed')).toBe('true')
    await page.getByText('Ties that stay inside').waitFor()
    await page.getByRole('img', { name: /^Map of \d+ communities/ }).waitFor()
    await expect.poll(() => page.locator('figure canvas').count()).toBeGreaterThan(3)
    await page.getByRole('heading', { name: 'Bridges' }).waitFor()
    await expectSound(page)
    await page.getByRole('heading', { name: /alone/ }).waitFor()
    await page.locator('ol button').first().click()
    await page.locator('[data-card]').first().waitFor()
    expect(page.url()).toContain('user=')
  })

  const looks = [
    { name: '1280 px, light, English', viewport: wide, colorScheme: 'light', locale: 'en-GB' },
    { name: '390 px, light, Chinese', viewport: narrow, colorScheme: 'light', locale: 'zh-CN' },
    { name: '1280 px, dark, Chinese', viewport: wide, colorScheme: 'dark', locale: 'zh-CN' },
    { name: '390 px, dark, English', viewport: narrow, colorScheme: 'dark', locale: 'en-GB' },
  ] as const

  it.each(looks)(
    'is sound and fits at $name',
    async ({ name: _, ...view }) => {
      const page = await open('/', view)
      await page.locator('form').waitFor()
      await expectSound(page)
      await page.goto(`${server.url}#key=${server.key}`)
      await page.getByRole('option').first().waitFor()
      await expectSound(page)
      await page.goto(`${server.url}?user=ada`)
      await page.locator('[data-why]').first().click()
      await page.locator('[data-card]').first().press('l')
      await page.getByRole('status').locator('p').waitFor()
      await expectSound(page)
      await page.locator('[aria-haspopup="menu"]').first().click()
      await expectSound(page)
      await page.goto(`${server.url}?user=ada&feed=people`)
      await page.locator('[data-card]').first().waitFor()
      await page.locator('header [aria-expanded]').first().click()
      await expectSound(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await expectSound(page)
      await page.goto(`${server.url}?view=learning`)
      await page.locator('[data-run]').nth(1).click()
      await page.getByRole('slider').first().waitFor()
      await expectSound(page)
      await page.goto(`${server.url}?view=network`)
      await page.locator('main [aria-pressed]').first().click()
      await expect.poll(() => page.locator('figure canvas').count()).toBeGreaterThan(3)
      await expectSound(page)
      await page.goto(`${server.url}?view=understanding`)
      await page.locator('main textarea').waitFor()
      await expectSound(page)
    },
    60_000,
  )
})

/** Nothing serious by axe-core, and nothing to scroll sideways to. */
async function expectSound(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  // Colours are read when nothing moves any more.
  const isStill = 'document.getAnimations().every((one) => one.playState !== "running")'
  await expect.poll(() => page.evaluate<boolean>(isStill), { timeout: 10_000 }).toBe(true)
  const violations = await page.evaluate<{ impact: string; id: string; nodes: string[] }[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) =>
       ({ id, impact, nodes: nodes.map(({ html, failureSummary }) => html + failureSummary) })))`,
  )
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious).toEqual([])
  const [content, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, innerWidth]',
  )
  expect(content).toBeLessThanOrEqual(window)
}
