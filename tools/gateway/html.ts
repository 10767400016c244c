import type { BankAct } from './bank.ts'
import type { Ledger } from './ledger.ts'
import type { OrderEntity, PaymentEntity } from './shapes.ts'
import { webhookModes, type Webhooks } from './webhooks.ts'

type Form = Readonly<Record<string, string | undefined>>

const rupees = (paise: number): string =>
  `₹${Math.floor(paise / 100)}.${String(paise % 100).padStart(2, '0')}`

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
}

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 44rem; color: #1b2a2f; background: #fff }
  h1 { font-size: 1.375rem } h2 { font-size: 1.125rem; margin-top: 2rem }
  .amount { font-size: 2rem; font-weight: 700; font-variant-numeric: tabular-nums }
  button { font: inherit; min-height: 2.75rem; padding: 0 1rem; border: 1px solid #54666d; border-radius: .5rem; background: #fff; color: inherit; cursor: pointer }
  button.main { background: #0b5d4a; border-color: #0b5d4a; color: #fff }
  form.acts, .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .375rem .5rem; border-bottom: 1px solid #cdd6d9 }
  select { font: inherit; min-height: 2.75rem } .note { color: #4a5a60 }
  :focus-visible { outline: 3px solid #0b5d4a; outline-offset: 2px }
  .wide { overflow-x: auto }`

const page = (title: string, content: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style><main><h1>${title}</h1>${content}</main></html>`

const hidden = (fields: Form): string =>
  Object.entries(fields)
    .map(
      ([name, value]) =>
        `<input type="hidden" name="${escape(name)}" value="${escape(value ?? '')}">`,
    )
    .join('')

const actNames: Record<BankAct | 'close', string> = {
  approve: 'Approve',
  authorise: 'Only hold the money',
  fail: 'Refuse',
  fail_then_approve: 'Refuse, then approve after all',
  delay: 'Let it wait',
  approve_twice: 'Take it twice',
  approve_other_amount: 'Take another amount',
  close: 'Close without paying',
}

const actButtons = (acts: readonly (BankAct | 'close')[]): string =>
  acts
    .map(
      act =>
        `<button name="act" value="${act}"${act === 'approve' ? ' class="main"' : ''}>${actNames[act]}</button>`,
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
    'Local bank',
    `<p class="note">This is a stand-in: no money moves.</p>
    <p>Janta Pharmacy asks for</p><p class="amount">${rupees(order.amount)}</p>
    <form class="acts" method="post" action="/bank/orders/${order.id}">
    ${hidden({ callback_url, cancel_url, opener })}${actButtons(acts)}</form>`,
  )
}

/** Sends the browser back: by a form it posts itself, by a button without scripts, or by a word to its opener. */
export function returnPage(payment: PaymentEntity, form: Form, back: Form): string {
  const state = payment.status === 'failed' ? 'The bank refused.' : 'The bank has answered.'
  if (form['callback_url']) {
    return page(
      'Back to the pharmacy',
      `<p role="status">${state}</p><form method="post" id="back" action="${escape(form['callback_url'])}">${hidden(back)}
      <button class="main">Go on</button></form><script>document.getElementById('back').submit()</script>`,
    )
  }
  const word = JSON.stringify(back).replaceAll('<', String.raw`\u003c`)
  const target = JSON.stringify(form['opener'] ?? '/').replaceAll('<', String.raw`\u003c`)
  return page(
    'Local bank',
    `<p role="status">${state} You may close this window.</p>
    <script>if (window.opener) { window.opener.postMessage(${word}, ${target}); window.close() }</script>`,
  )
}

export function bankPage(parts: {
  ledger: Ledger
  webhooks: Webhooks
  acts: readonly BankAct[]
}): string {
  const { ledger, webhooks, acts } = parts
  const shown = 20
  const orders = ledger.orders
    .slice(-shown)
    .toReversed()
    .map(
      one =>
        `<tr><td>${one.id}</td><td>${rupees(one.amount)}</td><td>${one.status}</td>
        <td><form class="acts" method="post" action="/bank/orders/${one.id}">${actButtons(acts)}</form></td></tr>`,
    )
  const sent = webhooks.sent
    .slice(-shown)
    .toReversed()
    .map(one => `<tr><td>${one.event}</td><td>${one.status}</td></tr>`)
  const modes = webhookModes.map(
    one => `<option${one === webhooks.mode ? ' selected' : ''}>${one}</option>`,
  )
  return page(
    'Play the bank',
    `<p class="note">This is a stand-in: no money moves.</p>
    <form class="row" method="post" action="/bank/switches">
      <label>Webhooks <select name="webhooks">${modes.join('')}</select></label>
      <label>Refunds <select name="refunds"><option>processed</option><option>failed</option></select></label>
      <label>Next call <select name="fault"><option value="">answers</option><option value="before">fails</option><option value="after">fails after doing it</option><option value="hang">hangs</option></select></label>
      <button>Set</button>${webhooks.isDisabled ? '<button name="enable" value="yes">Webhooks are disabled: enable</button>' : ''}
    </form>
    <p><a href="/report.csv">Settlement report</a></p>
    <h2>Orders</h2><div class="wide"><table><thead><tr><th>Order</th><th>Amount</th><th>State</th><th>Bank</th></tr></thead><tbody>${orders.join('')}</tbody></table></div>
    <h2>Webhooks</h2><table><thead><tr><th>Event</th><th>State</th></tr></thead><tbody>${sent.join('')}</tbody></table>`,
  )
}
