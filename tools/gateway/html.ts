import type { Bank, BankAct } from './bank.ts'
import { actNames, choices, type Said, states, words } from './bank-words.ts'
import type { Ledger } from './ledger.ts'
import type { OrderEntity, PaymentEntity } from './shapes.ts'
import type { Webhooks } from './webhooks.ts'

type Form = Readonly<Record<string, string | undefined>>

const rupees = (paise: number): string =>
  `₹${Math.floor(paise / 100)}.${String(paise % 100).padStart(2, '0')}`

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
}

const style = `
  @font-face { font-family: Hind; src: local('Noto Sans Devanagari'), url('/hind.woff2') format('woff2'); unicode-range: U+0900-097F, U+200C-200D, U+20B9 }
  body { font: 16px/1.5 system-ui, Hind, sans-serif; margin: 0 auto; padding: 1rem; max-width: 44rem; color: #1b2a2f; background: #fff }
  h1 { font-size: 1.375rem } h2 { font-size: 1.125rem; margin-top: 2rem }
  .amount { font-size: 2rem; font-weight: 700; font-variant-numeric: tabular-nums }
  [lang=hi] { display: block; font-size: .875em; font-weight: 400; line-height: 1.4 }
  button { font: inherit; min-height: 2.75rem; padding: .25rem 1rem; border: 1px solid #54666d; border-radius: .5rem; background: #fff; color: inherit; cursor: pointer }
  button.main { background: #0b5d4a; border-color: #0b5d4a; color: #fff }
  form.acts, .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end } label { display: grid; gap: .125rem }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .375rem .5rem; border-bottom: 1px solid #cdd6d9 }
  select { font: inherit; min-height: 2.75rem; max-width: 100% } .note { color: #4a5a60 }
  :focus-visible { outline: 3px solid #0b5d4a; outline-offset: 2px }
  .wide { overflow-x: auto }`

/** English, and Hindi below it. */
const both = ([english, hindi]: Said): string => `${english} <span lang="hi">${hindi}</span>`
const option = (value: string, [english, hindi]: Said, isChosen = false): string =>
  `<option value="${value}"${isChosen ? ' selected' : ''}>${english} · ${hindi}</option>`

const page = (title: Said, content: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title.join(' · ')}</title><style>${style}</style><main><h1>${both(title)}</h1>${content}</main></html>`

const hidden = (fields: Form): string =>
  Object.entries(fields)
    .map(
      ([name, value]) =>
        `<input type="hidden" name="${escape(name)}" value="${escape(value ?? '')}">`,
    )
    .join('')

const actButtons = (acts: readonly (BankAct | 'close')[]): string =>
  acts
    .map(
      act =>
        `<button name="act" value="${act}"${act === 'approve' ? ' class="main"' : ''}>${both(actNames[act])}</button>`,
    )
    .join('')

/** Where a customer lands to pay; nothing here knows a card or an account. */
export function checkoutPage(order: OrderEntity, form: Form): string {
  const { callback_url, cancel_url, opener } = form
  const acts = [
    'approve',
    'fail',
    'delay',
    'authorise',
    'fail_then_approve',
    ...(cancel_url ? (['close'] as const) : []),
  ] as const
  return page(
    words.bank,
    `<p class="note">${both(words.standIn)}</p>
    <p>${both(words.asks)}</p><p class="amount">${rupees(order.amount)}</p>
    <form class="acts" method="post" action="/bank/orders/${order.id}">
    ${hidden({ callback_url, cancel_url, opener })}${actButtons(acts)}</form>`,
  )
}

/** Sends the browser back: by a form it posts itself, by a button without scripts, or by a word to its opener. */
export function returnPage(payment: PaymentEntity, form: Form, back: Form): string {
  const state = both(payment.status === 'failed' ? words.refused : words.answered)
  if (form['callback_url']) {
    return page(
      words.back,
      `<p role="status">${state}</p><form method="post" id="back" action="${escape(form['callback_url'])}">${hidden(back)}
      <button class="main">${both(words.goOn)}</button></form><script>document.getElementById('back').submit()</script>`,
    )
  }
  const word = JSON.stringify(back).replaceAll('<', String.raw`\u003c`)
  const target = JSON.stringify(form['opener'] ?? '/').replaceAll('<', String.raw`\u003c`)
  return page(
    words.bank,
    `<p role="status">${state} ${both(words.mayClose)}</p>
    <script>if (window.opener) { window.opener.postMessage(${word}, ${target}); window.close() }</script>`,
  )
}

export function bankPage(parts: {
  ledger: Ledger
  webhooks: Webhooks
  bank: Bank
  acts: readonly BankAct[]
}): string {
  const { ledger, webhooks, bank, acts } = parts
  const last = <T>(list: readonly T[]): T[] => list.slice(-shownMax).toReversed()
  const orders = last(ledger.orders).map(one => ({
    cells: [one.id, rupees(one.amount), stateOf(one.status)],
    below: `<form class="acts" method="post" action="/bank/orders/${one.id}">${actButtons(acts)}</form>`,
  }))
  const sent = last(webhooks.sent).map(one => ({ cells: [one.event, stateOf(one.status)] }))
  const enable = `<button name="enable" value="yes">${both(words.enable)}</button>`
  return page(
    words.play,
    `<p class="note">${both(words.standIn)}</p>
    <form class="row" method="post" action="/bank/switches">
      ${choice('webhooks', words.webhooks, choices.webhooks, webhooks.mode)}
      ${choice('refunds', words.refunds, choices.refunds, bank.refundOutcome)}
      ${choice('fault', words.nextCall, choices.fault, '')}
      <button>${both(words.set)}</button>${webhooks.isDisabled ? enable : ''}
    </form>
    <p><a href="/report.csv">${both(words.report)}</a></p>
    ${table(words.orders, [words.order, words.amount, words.state], orders, words.noOrders)}
    ${table(words.webhooks, [words.event, words.state], sent, words.noWebhooks)}`,
  )
}

const shownMax = 20

function stateOf(state: string): string {
  const said = states[state]
  return said ? both(said) : state
}

function choice(name: string, label: Said, all: Record<string, Said>, chosen: string): string {
  const options = Object.entries(all).map(([value, said]) => option(value, said, value === chosen))
  return `<label>${both(label)} <select name="${name}">${options.join('')}</select></label>`
}

/** What stands `below` a row has its whole width: beside the number, buttons would be a tower on a phone. */
interface Row {
  readonly cells: readonly string[]
  readonly below?: string
}

function table(title: Said, heads: readonly Said[], rows: readonly Row[], none: Said): string {
  const head = heads.map(one => `<th scope="col">${both(one)}</th>`).join('')
  const body = rows.map(({ cells, below }) => {
    const whole = below ? `<tr><td colspan="${cells.length}">${below}</td></tr>` : ''
    return `<tr>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>${whole}`
  })
  const content =
    rows.length === 0
      ? `<p class="note">${both(none)}</p>`
      : `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
  return `<h2>${both(title)}</h2>${content}`
}
