import type { BankAct } from './bank.ts'
import type { WebhookMode } from './webhooks.ts'

/** A sentence of the bank's pages in both languages: the bank does not know which one the shop was read in. */
export type Said = readonly [english: string, hindi: string]

export const actNames: Record<BankAct | 'close', Said> = {
  approve: ['Approve', 'भुगतान मंज़ूर करें'],
  authorise: ['Only hold the money', 'पैसे सिर्फ़ रोककर रखें'],
  fail: ['Refuse', 'मना करें'],
  fail_then_approve: ['Refuse, then approve after all', 'मना करें, फिर मंज़ूर कर लें'],
  delay: ['Let it wait', 'इंतज़ार करने दें'],
  approve_twice: ['Take it twice', 'पैसे दो बार लें'],
  approve_other_amount: ['Take another amount', 'दूसरी रकम लें'],
  close: ['Close without paying', 'बिना भुगतान बंद करें'],
}

export const words = {
  bank: ['Local bank', 'लोकल बैंक'],
  standIn: ['This is a stand-in: no money moves.', 'यह असली बैंक नहीं है: कोई पैसा नहीं कटता।'],
  asks: ['Janta Pharmacy asks for', 'जनता फ़ार्मेसी माँग रही है'],
  back: ['Back to the pharmacy', 'फ़ार्मेसी पर वापस'],
  goOn: ['Go on', 'आगे बढ़ें'],
  refused: ['The bank refused.', 'बैंक ने मना कर दिया।'],
  answered: ['The bank has answered.', 'बैंक ने जवाब दे दिया है।'],
  mayClose: ['You may close this window.', 'आप यह विंडो बंद कर सकते हैं।'],
  play: ['Play the bank', 'बैंक की जगह आप तय करें'],
  webhooks: ['Webhooks', 'वेबहुक'],
  refunds: ['Refunds', 'रिफ़ंड'],
  nextCall: ['Next call', 'अगली कॉल'],
  set: ['Set', 'लागू करें'],
  enable: ['Webhooks are disabled: enable', 'वेबहुक बंद हैं: चालू करें'],
  report: ['Settlement report', 'सेटलमेंट रिपोर्ट'],
  orders: ['Orders', 'ऑर्डर'],
  order: ['Order', 'ऑर्डर'],
  amount: ['Amount', 'रकम'],
  state: ['State', 'स्थिति'],
  event: ['Event', 'घटना'],
  noOrders: ['Nobody has gone to pay yet.', 'अभी तक कोई भुगतान करने नहीं आया।'],
  noWebhooks: ['Nothing was sent yet.', 'अभी तक कुछ नहीं भेजा गया।'],
} as const satisfies Record<string, Said>

/** What a switch of the page is set to, with the value its form sends. */
export const choices = {
  refunds: { processed: ['go through', 'हो जाते हैं'], failed: ['fail', 'नहीं होते'] },
  fault: {
    '': ['answers', 'जवाब देती है'],
    before: ['fails', 'नाकाम होती है'],
    after: ['fails after doing it', 'काम करके नाकाम होती है'],
    hang: ['hangs', 'अटक जाती है'],
  },
  webhooks: {
    on: ['are sent', 'भेजे जाते हैं'],
    held: ['are held', 'रोके जाते हैं'],
    lost: ['are lost', 'खो जाते हैं'],
    twice: ['come twice', 'दो बार आते हैं'],
    thrice: ['come three times', 'तीन बार आते हैं'],
    late: ['come late', 'देर से आते हैं'],
    reordered: ['come out of order', 'आगे-पीछे आते हैं'],
    forged: ['are forged', 'नकली आते हैं'],
  },
} as const satisfies {
  refunds: Record<string, Said>
  fault: Record<string, Said>
  webhooks: Record<WebhookMode, Said>
}

/** States as the gateway's API names them. */
export const states: Record<string, Said | undefined> = {
  created: ['created', 'बना'],
  attempted: ['tried', 'कोशिश हुई'],
  paid: ['paid', 'भुगतान हुआ'],
  waiting: ['waiting', 'इंतज़ार में'],
  taken: ['taken', 'पहुँचा'],
  refused: ['refused', 'लौटाया गया'],
  lost: ['lost', 'खो गया'],
}
