import { formatDayTime } from '@janta/ui/format.ts'
import {
  boxes,
  ban,
  clipboardList,
  scanBarcode,
  thermometer,
  triangleAlert,
  truck,
} from '@janta/ui/icons.ts'
import { hrefs } from '#lib/hrefs.ts'
import { language } from '#lib/language.svelte.ts'
import { waits as english } from '#lib/messages/en/waits.ts'
import { spoken } from '#lib/spoken.svelte.ts'
import type { StoreWait } from './store-waits.ts'

/** A line of "Needs you now": what waits, and where one sees to it. */
export interface Need {
  readonly tone: 'bad' | 'warn' | 'info'
  readonly icon: string
  readonly text: string
  /** Left out where there is nowhere to go. */
  readonly way?: { readonly href: string; readonly act: string }
}

const waitWords = spoken(english, async () => (await import('#lib/messages/hi/waits.ts')).waits)

/** What waits in the store, in the words of this desk; read inside `$derived`. */
export function needsOf(waits: readonly StoreWait[]): Need[] {
  return waits.map(needOf)
}

/** Said in place of `needsOf` when the store could not be asked. */
export function storeUnknown(): Need {
  const words = waitWords()
  return { tone: 'warn', icon: triangleAlert, text: words.unknown }
}

function needOf(wait: StoreWait): Need {
  const words = waitWords()
  switch (wait.kind) {
    case 'recall': {
      const by = formatDayTime(wait.completeBy, language.locale)
      const text = wait.isLate ? words.lateRecall(wait.name, by) : words.recall(wait.name, by)
      return {
        tone: 'bad',
        icon: ban,
        text,
        way: { href: hrefs.recall(wait.id), act: words.openRecall },
      }
    }
    case 'excursions': {
      const text = words.excursions(wait.count, wait.fridge)
      return {
        tone: 'bad',
        icon: thermometer,
        text,
        way: { href: hrefs.cold(), act: words.openCold },
      }
    }
    case 'prescriptions': {
      const text = words.prescriptions(wait.count, language.wait(wait.minutes))
      const tone = wait.isLate ? 'warn' : 'info'
      return {
        tone,
        icon: clipboardList,
        text,
        way: { href: hrefs.prescriptions(), act: words.openDesk },
      }
    }
    case 'differences': {
      const [text, href] = [words.differences(wait.count), hrefs.count(wait.countId, 'waiting')]
      return { tone: 'info', icon: scanBarcode, text, way: { href, act: words.openCount } }
    }
    case 'requests': {
      const text =
        wait.count === 1 ? words.request(wait.asking, wait.asked) : words.requests(wait.count)
      return {
        tone: 'info',
        icon: boxes,
        text,
        way: { href: hrefs.transfers(), act: words.answer },
      }
    }
    case 'transfers': {
      const since = language.wait(wait.minutes)
      const text =
        wait.count === 1 ? words.transfer(wait.to, since) : words.transfers(wait.count, since)
      return {
        tone: 'info',
        icon: truck,
        text,
        way: { href: hrefs.transfers(), act: words.openTransfers },
      }
    }
  }
}
