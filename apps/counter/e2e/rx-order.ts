import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  api,
  type Client,
  client,
  type Directions,
  medicineCategories,
  type Order,
  type Review,
} from '@janta/contracts'
import type { Browser } from 'playwright-core'
import { type Desk, pharmacyUrl } from './counter.ts'
import type { ApiPerson } from './person.ts'

/** A drawn prescription, plainly no real one, sent as a phone sends it, and checked by the worker; answers its id. */
export async function sendPhoto(
  browser: Browser,
  { call }: ApiPerson,
  words: string,
): Promise<string> {
  const session = await call.startUploadSession({ body: {}, idempotencyKey: randomUUID() })
  const { id, url, fields } = await call.requestUpload({
    params: { id: session.id },
    body: { contentType: 'image/jpeg' },
    idempotencyKey: randomUUID(),
  })
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([await drawPaper(browser, words)], { type: 'image/jpeg' }))
  const posted = await fetch(url, { method: 'POST', body: form })
  assert.ok(posted.ok, `the file store answered ${posted.status}`)
  await call.finishUpload({ params: { id } })
  for (let attempt = 1; ; attempt++) {
    const found = await call.getMyUploadSession({ params: { id: session.id } })
    if (found.uploads[0]?.state === 'ready') return id
    assert.ok(attempt < 120, `the file is ${found.uploads[0]?.state} after a minute`)
    await new Promise(resolve => setTimeout(resolve, 500))
  }
}

async function drawPaper(browser: Browser, words: string): Promise<Buffer<ArrayBuffer>> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1300 } })
  await page.setContent(
    `<body style="font:40px serif;padding:60px;background:#f7f4ea"><h1>SAMPLE ${words}</h1>
     <p>Dr N. Sample, Reg. no. S-1</p>${'<p>Tab. Testine 10 mg 1-0-0, 30 days</p>'.repeat(3)}</body>`,
  )
  const picture = await page.screenshot({ type: 'jpeg' })
  await page.close()
  return Buffer.from(picture)
}

/** Orders a medicine that needs a prescription with a photo of it, cash on delivery; whichever `isFit` takes first. */
export async function orderOnPrescription(
  browser: Browser,
  person: ApiPerson,
  { packs = 1, isFit = /./ }: { packs?: number; isFit?: RegExp } = {},
): Promise<Order> {
  const { call } = person
  const lists = await Promise.all(
    medicineCategories.map(category =>
      call.searchMedicines({ query: { limit: 50, category, inStock: true } }),
    ),
  )
  const medicine = lists
    .flatMap(one => one.items)
    .find(
      one =>
        one.decision === 'prescription' &&
        one.pricePaise !== null &&
        one.availablePacks >= 5 &&
        isFit.test(one.packLabel),
    )
  assert.ok(medicine, 'the sample pharmacy has no prescription medicine on its shelf')
  const uploadId = await sendPhoto(browser, person, medicine.name)
  await call.putCartLine({
    params: { medicineId: medicine.id },
    query: {},
    body: { quantity: packs },
  })
  const cart = await call.getCart({ query: {} })
  return call.placeOrder({
    idempotencyKey: randomUUID(),
    body: {
      cartVersion: cart.version,
      paymentMethod: 'cash_on_delivery',
      prescription: { uploadIds: [uploadId] },
      address: {
        recipientName: 'Asha Sample',
        mobile: '9000000011',
        line1: '12 Sample Lane',
        city: 'Indore',
        pin: '452001',
      },
    },
  })
}

/** The API as the person at this desk may use it: with the cookies of her browser. */
export function deskCall({ context }: Pick<Desk, 'context'>): Client<typeof api> {
  const send: typeof fetch = async (address, init) => {
    const sent = init?.body
    assert.ok(typeof address === 'string' && (typeof sent === 'string' || !sent))
    const answer = await context.request.fetch(address, {
      method: init?.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init?.headers)),
      // A kept connection may be closed by the server at the moment it is used again.
      maxRetries: 2,
      ...(sent ? { data: sent } : {}),
    })
    const body = answer.status() === 204 ? null : await answer.text()
    return new Response(body, { status: answer.status(), headers: answer.headers() })
  }
  return client(api, pharmacyUrl, send)
}

/** A pharmacist on duty reads the paper of an order and approves every line as asked, or cut to so many units. */
export async function approve(
  desk: Client<typeof api>,
  order: Order,
  directions: Directions | null = null,
  cut: { packs: number; units: number } | null = null,
): Promise<Review> {
  const { items } = await desk.listReviews({ query: { limit: 50 } })
  const head = items.find(one => one.orderId === order.id)
  assert.ok(head, 'the order waits at the desk')
  const taken = await desk.claimReview({ params: { id: head.id }, body: { takeOver: true } })
  const { version } = await desk.saveReview({
    params: { id: head.id },
    body: { version: taken.version, ...worksheetOf(taken, directions, cut) },
  })
  await desk.decideReview({ params: { id: head.id }, body: { version, overrides: [] } })
  return desk.getReview({ params: { id: head.id } })
}

function worksheetOf(
  { lines, today, id }: Review,
  directions: Directions | null,
  cut: { packs: number; units: number } | null,
) {
  return {
    prescriptions: [
      {
        prescriber: {
          name: `Dr N. Sample ${id.slice(-4)}`,
          qualification: 'MD',
          registration: 'S-1',
          council: 'Sample Medical Council',
          address: 'Sample Clinic, Indore',
        },
        patient: {
          name: 'Asha Sample',
          address: '12 Sample Lane, Indore',
          addressSource: 'customer' as const,
          ageYears: 52,
          sex: 'female' as const,
        },
        issuedOn: today,
        hasSignature: true,
        course: 'chronic' as const,
        tele: null,
        duplicateReason: null,
        replacesId: null,
        items: lines.map(line => ({
          written: line.name,
          writtenAs: 'brand' as const,
          medicineId: line.medicineId,
          directions,
          writtenUnits: cut?.units ?? line.askedPacks * line.unitsPerPack,
          unitsBasis: 'each' as const,
          repeat: { authority: 'once' as const, times: null, intervalDays: null },
          teleList: null,
          isSmallestPack: false,
          replacesItemId: null,
        })),
      },
    ],
    lines: lines.map((line, at) => ({
      line: line.line,
      ...(cut
        ? { verdict: 'reduced' as const, ...cut, code: 'qty_exceeds' as const }
        : { verdict: 'approved' as const, packs: line.askedPacks, code: null }),
      note: null,
      item: { prescription: 0, item: at },
    })),
  }
}

/** Packs an order from the places its stock is reserved at. */
export async function pack(desk: Client<typeof api>, orderId: string): Promise<void> {
  const { picks } = await desk.getCounterOrder({ params: { id: orderId } })
  await desk.packOrder({
    params: { id: orderId },
    body: {
      picks: picks.map(({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs })),
    },
  })
}
