import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { reportOf } from '@janta/tools/gateway/report'
import { inTransaction } from '#kernel/transaction'
import { type PayBed, payBed, system } from '#test/payments-for-tests'
import { personCaller } from '#test/shelf-for-tests'
import { beginPayment } from './begin-payment.ts'
import { findAgeing } from './find-ageing.ts'
import { findSettlement, findSettlements } from './find-settlements.ts'
import type { Gateway } from './gateway.ts'
import { importSettlement } from './import-settlement.ts'
import { openRazorpay } from './razorpay.ts'
import { readRupees } from './read-rupees.ts'
import { readSettlement } from './read-settlement.ts'
import { reconcileIntent } from './reconcile-intent.ts'
import { requestRefund } from './request-refund.ts'

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
})
after(() => bed.close())

const asha = personCaller()
const paid = async (amountPaise: number) => {
  const unpaid = await bed.unpaid({ amountPaise })
  const { database } = bed
  const { gatewayOrderId } = await beginPayment(database, gateway, unpaid.caller, unpaid.orderId)
  const { payment } = bed.gateway.bank.act(gatewayOrderId, 'approve')
  await reconcileIntent(database, gateway, unpaid.intentId)
  return { ...unpaid, payment }
}
const upload = async (text: string, fileName = 'settlement.csv') => {
  const { id } = await importSettlement(bed.database, asha, { fileName, text })
  return await findSettlement(bed.database.db, id)
}

test('the gateway’s report is held against our books, line by line', async () => {
  const orders = [await paid(45_050), await paid(99_999)]
  const [first] = orders
  await inTransaction(bed.database, system, tx =>
    requestRefund(tx, system, {
      orderId: first!.orderId,
      amountPaise: 5_050,
      reason: 'returned',
      key: 'r',
    }),
  )
  await bed.work()
  bed.gateway.bank.decideRefund(bed.gateway.ledger.refunds[0]!.id)
  await bed.deliverAll()
  await bed.work()
  const missed = await paid(70_000)
  const rows = reportOf(bed.gateway.ledger).split('\r\n')
  const text = rows
    .filter(row => !row.startsWith(missed.payment.id))
    .concat(
      'pay_unknown,payment,0.00,97.64,100.00,INR,2.36,0.36,setl_1,UTR1,2026-11-20,,order_x,upi',
    )
    .concat('adj_1,adjustment,1.50,0.00,1.50,INR,0.00,0.00,setl_1,UTR1,2026-11-20,,,')
    .join('\r\n')
  const report = await upload(text)
  assert.deepEqual(report.verdicts, {
    matched: 3,
    extra: 1,
    amount_differs: 0,
    repeated: 0,
    other: 1,
  })
  assert.deepEqual(
    report.odd.map(one => [one.entityId, one.verdict]),
    [['pay_unknown', 'extra']],
  )
  const [a, b] = orders.map(one => bed.gateway.ledger.payment(one.payment.id))
  assert.equal(report.feePaise, a!.fee + b!.fee + 236)
  assert.equal(report.netPaise, 45_050 + 99_999 - 5_050 + 10_000 - 150 - report.feePaise)
  await assert.rejects(upload(text), { code: 'report_repeated' })
  await bed.web.own.moveClock('9 days')
  const { items, missing } = await findSettlements(bed.database.db, 10)
  assert.deepEqual([items.length, missing], [1, { count: 1, amountPaise: 70_000 }])
  const ageing = await findAgeing(bed.database.db, { kind: 'not_settled', limit: 10 })
  assert.deepEqual(
    ageing.items.map(one => one.orderId),
    [missed.orderId],
  )
  await bed.web.own.moveClock('0')
  const later = await upload(
    `${rows[0]}\r\n${rows.find(row => row.startsWith(a!.id))}\r\n${rows
      .find(row => row.startsWith(missed.payment.id))!
      .replaceAll('700.00', '699.00')
      .replace(/,(\d+\.\d\d),699\.00/, (_, net) => `,${(Number(net) - 1).toFixed(2)},699.00`)}`,
  )
  assert.deepEqual(
    later.odd.map(one => one.verdict),
    ['repeated', 'amount_differs'],
  )
})

test('a report that does not add up, or is none, is refused whole with its lines named', () => {
  const head = 'entity_id,type,debit,credit,amount,currency,fee,tax'
  for (const text of [
    '',
    'entity_id,type\npay_1,payment',
    `${head}\npay_1,payment,0.00,97.00,100.00,INR,2.36,0.36`,
    `${head}\npay_1,payment,0.00,97.64,1e2,INR,2.36,0.36`,
    `${head}\n,payment,0.00,97.64,100.00,INR,2.36,0.36`,
    `${head}\n"pay_1,payment`,
  ]) {
    assert.throws(() => readSettlement(text), { code: 'report_unreadable' }, text)
  }
  const good = `\uFEFF${head}\r\npay_1,payment,0,97.64,"1,00.00",INR,2.36,0.36\r\n`
  assert.equal(readSettlement(good)[0]!.netPaise, 9_764)
})

test('rupees become the paise they are, and nothing else becomes paise', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), paise => {
      const sign = paise < 0 ? '-' : ''
      const absolute = Math.abs(paise)
      const text = `${sign}${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`
      assert.equal(readRupees(text), paise)
    }),
  )
  for (const none of ['', 'x', '1.234', '1e5', '--1', '1.', '.5', '₹5']) {
    assert.equal(readRupees(none), undefined, none)
  }
})
