import { createHash } from 'node:crypto'
import { divideDown } from '#kernel/money'

export interface PayForm {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

const words = {
  en: {
    title: 'To the bank',
    say: 'You are going to the bank’s page to pay',
    go: 'Go on to pay',
    back: 'Back to the order',
    wait: 'Pay there and come back by its button. We show the result on your order.',
  },
  hi: {
    title: 'बैंक की ओर',
    say: 'भुगतान के लिए आप बैंक के पन्ने पर जा रहे हैं',
    go: 'भुगतान के लिए आगे बढ़ें',
    back: 'ऑर्डर पर लौटें',
    wait: 'वहाँ भुगतान करें और वहीं के बटन से लौटें। नतीजा आपके ऑर्डर पर दिखेगा।',
  },
} as const
export type PayLanguage = keyof typeof words

const script = "document.getElementById('pay').submit()"
const style =
  'body{font:1.0625rem/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1.5rem;color:#1b2a2f;background:#fff}h1{font-size:1.375rem}.sum{font-size:2rem;font-weight:700}button{font:inherit;min-height:3rem;padding:0 1.25rem;border:0;border-radius:.5rem;background:#0b5d4a;color:#fff}a{color:#0b5d4a;display:inline-block;padding:.75rem 0}:focus-visible{outline:3px solid #0b5d4a;outline-offset:2px}'
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** What this one page may do: run its one line, and post its form to the gateway. */
export function payPagePolicy({ action }: PayForm): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    `form-action ${new URL(action).origin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** The step between the order and the bank for every browser: posts itself where scripts run, has a button elsewhere. */
export function payPage(
  form: PayForm,
  shown: { amountPaise: number; backUrl: string; language: PayLanguage },
): string {
  const text = words[shown.language]
  const rupees = `₹${divideDown(shown.amountPaise, 100)}.${String(shown.amountPaise % 100).padStart(2, '0')}`
  const fields = Object.entries(form.fields).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  )
  return `<!doctype html><html lang="${shown.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text.title}</title><style>${style}</style><main><h1>${text.title}</h1><p>${text.say}</p><p class="sum">${rupees}</p><form id="pay" method="post" action="${escape(form.action)}">${fields.join('')}<button>${text.go}</button></form><p>${text.wait}</p><p><a href="${escape(shown.backUrl)}">${text.back}</a></p></main><script>${script}</script></html>`
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
}
