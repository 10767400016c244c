import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StoreAnswers, storeWaits } from './store-waits.ts'

const now = new Date('2026-11-23T06:30:00Z')
const nothing: StoreAnswers = {
  reviews: null,
  recalls: null,
  excursions: null,
  counts: null,
  requests: null,
  onTheWay: null,
}
const kinds = (said: Partial<StoreAnswers>) =>
  storeWaits({ ...nothing, ...said }, now).map(wait => wait.kind)

test('what may hurt somebody comes before people who wait, the books and other stores', () => {
  const recall = { id: 'r', isMock: false, name: 'Sample 500', completeBy: '2026-11-23T07:00:00Z' }
  const said = {
    onTheWay: [{ toStore: 'Andheri', sentAt: '2026-11-22T06:30:00Z' }],
    requests: [{ state: 'open', askingStore: 'Andheri', askedStore: 'Main' }],
    counts: [{ id: 'c', waiting: 2 }],
    reviews: { waiting: 3, oldestAt: '2026-11-23T05:30:00Z', targetMinutes: 30 },
    excursions: [{ decision: null, fridge: 'Fridge 1', openedAt: '2026-11-23T06:00:00Z' }],
    recalls: [{ ...recall, state: 'open' }],
  } as const
  assert.deepEqual(storeWaits(said, now), [
    { kind: 'recall', id: 'r', name: 'Sample 500', completeBy: recall.completeBy, isLate: false },
    { kind: 'excursions', count: 1, fridge: 'Fridge 1', minutes: 30 },
    { kind: 'prescriptions', count: 3, minutes: 60, isLate: true },
    { kind: 'differences', count: 2, countId: 'c' },
    { kind: 'requests', count: 1, asking: 'Andheri', asked: 'Main' },
    { kind: 'transfers', count: 1, to: 'Andheri', minutes: 24 * 60 },
  ])
})

test('what is decided, answered, closed or only a drill waits for nobody', () => {
  const recall = { id: 'r', name: 'Sample 500', completeBy: '2026-11-22T07:00:00Z' }
  assert.deepEqual(
    kinds({
      reviews: { waiting: 0, oldestAt: null, targetMinutes: 30 },
      recalls: [
        { ...recall, state: 'open', isMock: true },
        { ...recall, state: 'closed', isMock: false },
      ],
      excursions: [{ decision: 'release', fridge: 'Fridge 1', openedAt: recall.completeBy }],
      counts: [{ id: 'c', waiting: 0 }],
      requests: [{ state: 'declined', askingStore: 'Andheri', askedStore: 'Main' }],
      onTheWay: [],
    }),
    [],
  )
  assert.deepEqual(kinds({}), [])
})

test('a recall past its time is late, and a prescription within its time is not', () => {
  const [recall, review] = storeWaits(
    {
      ...nothing,
      recalls: [
        { id: 'r', state: 'open', isMock: false, name: 'S', completeBy: '2026-11-23T06:00:00Z' },
      ],
      reviews: { waiting: 1, oldestAt: '2026-11-23T06:05:00Z', targetMinutes: 30 },
    },
    now,
  )
  assert.ok(recall?.kind === 'recall' && recall.isLate)
  assert.ok(review?.kind === 'prescriptions' && !review.isLate)
})

test('the oldest of several speaks for them, and a clock behind the server’s waits no time', () => {
  const [warm] = storeWaits(
    {
      ...nothing,
      excursions: [
        { decision: null, fridge: 'Fridge 2', openedAt: '2026-11-23T06:31:00Z' },
        { decision: null, fridge: 'Fridge 1', openedAt: '2026-11-23T05:30:00Z' },
      ],
    },
    now,
  )
  assert.deepEqual(warm, { kind: 'excursions', count: 2, fridge: 'Fridge 2', minutes: 60 })
  const [sent] = storeWaits(
    { ...nothing, onTheWay: [{ toStore: 'Andheri', sentAt: '2026-11-23T06:31:00Z' }] },
    now,
  )
  assert.ok(sent?.kind === 'transfers' && sent.minutes === 0)
})
