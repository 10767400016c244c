import { aptInstall, isExecutable, mayUseApt, onPath } from './found-program.ts'
import { bringShippedChromium, mayShipChromium } from './shipped-chromium.ts'
import { Trouble } from './trouble.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const elsewhere = [
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** A quiet browser that calls nobody and works as root and in a container without a GPU. */
export const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The browser for the journeys: CHROMIUM_PATH, the machine's own, else one brought here and now.
 * Refuses with what to install; it never answers "none", so no journey is left out silently.
 *
 * The one npm ships is 70 MB, so it is no dependency: only a machine without a browser fetches it.
 */
export async function findChromium(say: (line: string) => void = () => undefined): Promise<string> {
  const named = process.env['CHROMIUM_PATH']
  if (named) {
    if (isExecutable(named)) return named
    throw new Trouble(`CHROMIUM_PATH names ${named}, which is no program. Mend or unset it.`)
  }
  const found = onPath(names) ?? elsewhere.find(isExecutable)
  if (found) return found
  if (mayShipChromium) return await bringShippedChromium(say)
  if (mayUseApt()) {
    say('installing chromium')
    await aptInstall('chromium')
    const installed = onPath(names)
    if (installed) return installed
  }
  throw new Trouble(
    `The browser journeys need Chromium or Chrome, and npm ships none for ${process.platform}-${process.arch}. Install one, or name it in CHROMIUM_PATH, and run the command again.`,
  )
}
