import type { Page } from 'playwright-core'

type Focus = {
  name: string
  value: string
  text: string
  isOn: boolean
  isChoice: boolean
  isAfter: boolean
  isShown: boolean
  at: string
}

/** Read in the page: what has the focus now, whether it shows, and whether it comes after the last. */
const readFocus = `(() => {
  const now = document.activeElement ?? document.body
  const style = getComputedStyle(now)
  const box = now.getBoundingClientRect()
  const before = window.lastFocus
  window.lastFocus = now
  const isOn = now !== document.body
  return {
    isOn,
    isChoice: now.type === 'radio',
    name: now.name ?? '',
    value: now.value ?? '',
    text: (now.textContent ?? '').replace(/\\s+/g, ' ').trim(),
    isAfter: !before?.isConnected || before === now ||
      Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING),
    isShown: !isOn || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 &&
      box.width > 1 && box.bottom > 0 && box.top < innerHeight),
    at: now.tagName.toLowerCase() + (now.id ? '#' + now.id : '') + ' ' + (now.name || now.textContent || '').trim().slice(0, 40),
  }
})()`

/**
 * Somebody who has a keyboard and nothing else: every way to a field or a button is by Tab. What they
 * could not see, or that came in another order than it stands on the page, is told in `faults`.
 */
export function keyboardOf(page: Page, faults: string[]) {
  const focus = () => page.evaluate<Focus>(readFocus)
  const fault = (what: string) => void faults.push(`${new URL(page.url()).pathname}: ${what}`)

  async function tab(key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Focus> {
    await page.keyboard.press(key)
    const now = await focus()
    if (!now.isShown) fault(`the focus does not show on ${now.at}`)
    if (key === 'Tab' && now.isOn && !now.isAfter) fault(`${now.at} comes out of order`)
    return now
  }

  /** On with Tab until this is it; from the top once more when the end of the page is reached. */
  async function reach(what: string, isIt: (now: Focus) => boolean): Promise<Focus> {
    let ends = 0
    for (let i = 0; i < 250 && ends < 2; i += 1) {
      const now = await tab()
      if (isIt(now)) return now
      if (!now.isOn) ends += 1
    }
    throw new Error(`${page.url()}: ${what} is not reached by keyboard`)
  }

  const leads = async (key: 'Enter') => {
    await Promise.all([page.waitForNavigation(), page.keyboard.press(key)])
  }

  return {
    focus,
    /** A new address, and past the menu with the link that is there for it. */
    async open(address: string): Promise<void> {
      await page.goto(address)
      await tab()
      await page.keyboard.press('Enter')
      await page.evaluate('window.lastFocus = null')
    },
    async type(name: string, text: string): Promise<void> {
      await reach(name, (now) => now.name === name)
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.insertText(text)
    },
    /** Radio buttons or a list: to the group, and with the arrows to the right one. */
    async choose(name: string, value: string): Promise<void> {
      let now = await reach(name, (found) => found.name === name)
      for (let i = 0; i < 20 && now.value !== value; i += 1) {
        await page.keyboard.press('ArrowDown')
        now = await focus()
      }
      if (now.value !== value) throw new Error(`${name} has no ${value}`)
      if (now.isChoice) await page.keyboard.press('Space')
    },
    async tick(name: string): Promise<void> {
      await reach(name, (now) => now.name === name)
      await page.keyboard.press('Space')
    },
    /** To a link or a button that says this, and Enter. */
    async press(text: string): Promise<void> {
      await reach(text, (now) => now.isOn && now.name !== 'body' && now.text.startsWith(text))
      await leads('Enter')
    },
    /** Once through the whole page and a bit back: nothing holds the focus. */
    async walk(): Promise<number> {
      let stops = 0
      await page.evaluate('document.activeElement?.blur(); window.lastFocus = null; scrollTo(0, 0)')
      for (let now = await tab(); now.isOn && stops < 300; now = await tab()) stops += 1
      if (stops >= 300) fault('the focus never comes to the end')
      const back = [await tab('Shift+Tab'), await tab('Shift+Tab')]
      if (back[0]?.at === back[1]?.at) fault(`the focus is held by ${back[0]?.at ?? ''}`)
      return stops
    },
  }
}
