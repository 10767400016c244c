import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { cancelInvoice } from './cancel-invoice.ts'
import { findCreditNotes, findInvoices } from './find-invoices.ts'
import { issueInvoice } from './issue-invoice.ts'
import { loadSampleBilling } from './load-sample-billing.ts'
import { clerk, giveBack, lineOf, rowOf, saleOf, sell } from '#test/billing-for-tests'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

test('no invoice is issued before the facts of the seller are entered', async () => {
  await assert.rejects(sell(own.database, saleOf()), { code: 'seller_unknown' })
  await loadSampleBilling(own.database)
  await loadSampleBilling(own.database)
})

test('a sale within the state becomes a tax invoice with both halves, and the day after tomorrow it is the same', async () => {
  const { invoiceId, totalPaise, roundOffPaise } = await sell(own.database, saleOf())
  assert.deepEqual([totalPaise, roundOffPaise], [302_40, 0])
  const row = await rowOf(own.database, 'invoice', invoiceId)
  assert.deepEqual(
    [row.kind, row.split, row.place_of_supply, row.gross_paise, row.discount_paise],
    ['tax_invoice', 'intra_state', '23', 336_00, 33_60],
  )
  assert.deepEqual(
    [row.taxable_paise, row.cgst_paise, row.sgst_paise, row.igst_paise],
    [288_00, 7_20, 7_20, 0],
  )
  assert.match(String(row.number), /^JP\/\d\d-\d\d\/\d{7}$/)
})

test('to another state the tax is IGST, to Chandigarh too', async () => {
  const sale = saleOf()
  const recipient = { ...sale.recipient, region: 'Chandigarh' }
  const { invoiceId } = await sell(own.database, { ...sale, recipient })
  const row = await rowOf(own.database, 'invoice', invoiceId)
  assert.deepEqual([row.split, row.igst_paise, row.cgst_paise], ['inter', 14_40, 0])
})

test('nil rated goods get a bill of supply, and with taxed ones a document of both in its own series', async () => {
  const napkins = lineOf({ line: 2, hsn: '96190010', packLabel: 'packet of 8 napkins' })
  const bill = await sell(own.database, saleOf([napkins]))
  const both = await sell(own.database, saleOf([lineOf(), lineOf({ line: 2, hsn: '96190010' })]))
  assert.match(bill.number, /^JB\/.*0001$/)
  assert.match(both.number, /^JM\/.*0001$/)
})

test('what has no tax rate cannot be invoiced, and takes no number with it', async () => {
  const last = async () => Number((await sell(own.database, saleOf())).number.slice(-7))
  const before = await last()
  for (const hsn of [null, '99999999']) {
    await assert.rejects(sell(own.database, saleOf([lineOf({ hsn })])), {
      code: 'tax_rate_unknown',
    })
  }
  const sale = saleOf()
  const recipient = { ...sale.recipient, region: 'Atlantis' }
  await assert.rejects(sell(own.database, { ...sale, recipient }), {
    code: 'place_of_supply_unknown',
  })
  assert.equal(await last(), before + 1)
})

test('a product a notification names has its own rate', async () => {
  const packId = randomUUID()
  await sql`
    insert into billing.tax_rate (id, pack_id, rate_basis_points, effective_from, notification, request_id)
    values (${randomUUID()}, ${packId}, 0, '2025-09-22', 'Named drug', 'test')`.execute(
    own.database.db,
  )
  const { number } = await sell(own.database, saleOf([lineOf({ packId })]))
  assert.match(number, /^JB/)
})

test('cash is asked for in whole rupees and the fee for delivery is taxed as a service', async () => {
  const lines = [
    lineOf(),
    lineOf({ line: 2, mrpPaise: 30_91, pricePaise: 25_34, packs: 2, units: 20 }),
    lineOf({
      line: 3,
      hsn: '33049990',
      mrpPaise: 99_00,
      pricePaise: 99_00,
      packs: 1,
      units: 1,
      unitsPerPack: 1,
    }),
  ]
  const discounts = [
    { line: 1, sharePaise: 33_44 },
    { line: 2, sharePaise: 5_61 },
    { line: 3, sharePaise: 10_95 },
  ]
  const sale = saleOf(lines, { discounts, paymentMethod: 'cash_on_delivery' })
  const cash = await sell(own.database, sale)
  // Two strips at 25.34 are 50.68, a paisa under the worked example, whose discount is on both together.
  assert.deepEqual([cash.totalPaise, cash.roundOffPaise], [402_00, -8])
  const sent = await sell(own.database, {
    ...sale,
    orderId: randomUUID(),
    lines: [lineOf()],
    discounts: [],
    deliveryFeePaise: 40_00,
  })
  const row = await rowOf(own.database, 'invoice', sent.invoiceId)
  assert.deepEqual(
    [row.net_paise, row.taxable_paise, row.cgst_paise, row.round_off_paise],
    [342_40, 321_90, 10_25, -40],
  )
})

test('two batches of one line share its discount to the paisa', async () => {
  const lines = [
    lineOf({ packs: 1, units: 10 }),
    lineOf({ packs: 2, units: 20, batchNumber: 'B2' }),
  ]
  const { invoiceId } = await sell(
    own.database,
    saleOf(lines, { discounts: [{ line: 1, sharePaise: 10_00 }] }),
  )
  const { rows } = await sql<{ share: number }>`
    select share_paise as share from billing.invoice_line where invoice_id = ${invoiceId} order by place`.execute(
    own.database.db,
  )
  assert.deepEqual(
    rows.map(row => row.share),
    [3_33, 6_67],
  )
})

test('an order has one standing invoice; struck on its day, its number stays and another takes its place', async () => {
  const sale = saleOf()
  const first = await sell(own.database, sale)
  const again = () => sell(own.database, { ...sale, lines: [lineOf()] })
  await assert.rejects(again(), { code: 'invoice_repeated' })
  const strike = (invoiceId: string) =>
    inTransaction(own.database, clerk, tx =>
      cancelInvoice(tx, clerk, { invoiceId, reason: 'Wrong address' }),
    )
  await strike(first.invoiceId)
  await assert.rejects(strike(first.invoiceId), { code: 'invoice_state_forbids' })
  const second = await again()
  const found = (await findInvoices(own.database.reads, [sale.orderId])).get(sale.orderId)
  assert.deepEqual(
    found?.map(one => [one.number, one.isCancelled]),
    [
      [first.number, true],
      [second.number, false],
    ],
  )
})

test('thirty invoices at once get thirty numbers that follow one another', async () => {
  const issued = await Promise.all(Array.from({ length: 30 }, () => sell(own.database, saleOf())))
  const serials = issued
    .map(one => Number(one.number.slice(-7)))
    .toSorted((one, other) => one - other)
  assert.equal(serials.at(-1)! - serials[0]!, 29)
  assert.equal(new Set(serials).size, 30)
})

test('a transaction that fails gives its number to the next', async () => {
  const before = Number((await sell(own.database, saleOf())).number.slice(-7))
  const failing = inTransaction(own.database, clerk, async tx => {
    await issueInvoice(tx, clerk, saleOf())
    throw new Error('the power went')
  })
  await assert.rejects(failing, /power/)
  assert.equal(Number((await sell(own.database, saleOf())).number.slice(-7)), before + 1)
})

test('returns by the pack come to what was paid, the cash rounding included, at the rate of the invoice', async () => {
  const line = lineOf({ mrpPaise: 33_37, pricePaise: 33_35 })
  const sale = saleOf([line], { paymentMethod: 'cash_on_delivery' })
  const paid = await sell(own.database, sale)
  assert.deepEqual([paid.totalPaise, paid.roundOffPaise], [100_00, -5])
  const one = { dispensingId: line.dispensingId, packs: 1 }
  const notes = [
    await giveBack(own.database, sale.orderId, [one]),
    await giveBack(own.database, sale.orderId, [{ dispensingId: line.dispensingId, units: 5 }]),
    await giveBack(own.database, sale.orderId, 'all'),
  ]
  assert.equal(
    notes.reduce((sum, note) => sum + note.totalPaise, 0),
    paid.totalPaise,
  )
  await assert.rejects(giveBack(own.database, sale.orderId, [one]), {
    code: 'credit_exceeds_invoice',
  })
  await assert.rejects(giveBack(own.database, sale.orderId, 'all'), {
    code: 'credit_exceeds_invoice',
  })
  await assert.rejects(giveBack(own.database, randomUUID(), 'all'), { code: 'not_found' })
  const found = (await findCreditNotes(own.database.reads, [sale.orderId])).get(sale.orderId)
  assert.deepEqual(
    found?.map(note => note.number),
    notes.map(note => note.number),
  )
  assert.match(notes[0]!.number, /^JC\//)
})

test('of two returns of the last pack at once one is refused', async () => {
  const line = lineOf({ packs: 1, units: 10 })
  const sale = saleOf([line])
  await sell(own.database, sale)
  const last = [{ dispensingId: line.dispensingId, packs: 1 }]
  const both = await Promise.allSettled([
    giveBack(own.database, sale.orderId, last),
    giveBack(own.database, sale.orderId, last),
  ])
  assert.deepEqual(both.map(one => one.status).toSorted(), ['fulfilled', 'rejected'])
})

test('every act is in the edit log, which the application cannot write', async () => {
  const sale = saleOf()
  const { invoiceId, number } = await sell(own.database, sale)
  const { rows } = await sql`
    select act, number, actor_id as actor, total_paise as total from billing.entry where object_id = ${invoiceId}`.execute(
    own.database.db,
  )
  assert.deepEqual(rows, [{ act: 'invoice_issued', number, actor: clerk.personId, total: 302_40 }])
  for (const table of ['invoice', 'invoice_line', 'entry', 'counter']) {
    await assert.rejects(
      sql`delete from ${sql.table(`billing.${table}`)}`.execute(own.database.db),
      { code: '42501' },
      table,
    )
  }
})

test('the application can neither switch the edit log off nor write into it', async () => {
  for (const act of [
    sql`alter table billing.invoice disable trigger user`,
    sql`drop trigger invoice_entry on billing.invoice`,
    sql`set session_replication_role = replica`,
    sql`insert into billing.entry (act) values ('invoice_issued')`,
    sql`update billing.entry set total_paise = 1`,
  ]) {
    await assert.rejects(act.execute(own.database.db), { code: '42501' })
  }
})

test('on 31 March at 23:59:59 in India the old year counts on, a second later the new one begins at one', async () => {
  // Within a transaction the time stands still, so it is that second however slow the machine.
  const sellAfter = (seconds: number) =>
    inTransaction(own.database, clerk, async tx => {
      const { rows } = await sql<{ year: number }>`
        with next as (select extract(year from now())::integer + 1 as year)
        select year, set_config('janta.clock_offset', (make_timestamptz(year, 4, 1, 0, 0, 0, 'Asia/Kolkata')
          + make_interval(secs => ${seconds}) - now())::text, true) as "offset"
        from next`.execute(tx)
      const { rows: told } = await sql<{ at: string }>`
        select to_char(kernel.now() at time zone 'Asia/Kolkata', 'DD-MM HH24:MI:SS') as at`.execute(
        tx,
      )
      const { number } = await issueInvoice(tx, clerk, saleOf())
      return { number, at: told[0]!.at, year: rows[0]!.year }
    })
  const old = await sellAfter(-1)
  const first = await sellAfter(0)
  assert.deepEqual([old.at, first.at], ['31-03 23:59:59', '01-04 00:00:00'])
  const years = [old.year - 1, old.year, old.year + 1].map(one => String(one % 100))
  assert.ok(old.number.startsWith(`JP/${years[0]}-${years[1]}/`), old.number)
  assert.equal(first.number, `JP/${years[1]}-${years[2]}/0000001`)
})
