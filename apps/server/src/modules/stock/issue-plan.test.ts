import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IssueObstacle } from './issuable.ts'
import { type BatchFacts, type Held, type Picked, planIssue } from './issue-plan.ts'

const batch = (batchId: string, more: Partial<BatchFacts> = {}): [string, BatchFacts] => [
  batchId,
  {
    batchId,
    packId: 'pack',
    batchNumber: batchId.toUpperCase(),
    unitsPerPack: 10,
    freeUnits: 100,
    obstacle: null,
    obstacleInExchange: null,
    ...more,
  },
]
const held: Held[] = [{ packId: 'pack', batchId: 'b1', units: 20 }]
const pick = (batchId: string, packs: number, reason?: string): Picked => ({
  packId: 'pack',
  batchId,
  packs,
  reason,
})
const shelf = new Map([batch('b1'), batch('b2')])
const code = (wanted: string) => (error: { code?: string }) => error.code === wanted

test('what was held and picked is issued, and nothing is left to free', () => {
  assert.deepEqual(planIssue(held, [pick('b1', 2)], shelf), {
    issues: [{ batchId: 'b1', units: 20, isFromHold: true }],
    releases: [],
  })
})

test('another batch with a reason is issued from its free units, and the held one is freed', () => {
  assert.deepEqual(planIssue(held, [pick('b1', 1), pick('b2', 1, 'torn strip')], shelf), {
    issues: [
      { batchId: 'b1', units: 10, isFromHold: true },
      { batchId: 'b2', units: 10, isFromHold: false },
    ],
    releases: [{ packId: 'pack', batchId: 'b1', units: 10 }],
  })
})

test('two holds on one batch are one pile', () => {
  const twice = [...held, { packId: 'pack', batchId: 'b1', units: 10 }]
  assert.deepEqual(planIssue(twice, [pick('b1', 3)], shelf).issues, [
    { batchId: 'b1', units: 30, isFromHold: true },
  ])
})

test('another batch without a reason is refused', () => {
  assert.throws(() => planIssue(held, [pick('b2', 2)], shelf), code('reason_needed'))
  assert.throws(() => planIssue(held, [pick('b2', 2, '  ')], shelf), code('reason_needed'))
})

test('a pick of fewer, more or other packs than the order has is refused', () => {
  assert.throws(() => planIssue(held, [pick('b1', 1)], shelf), code('pick_incomplete'))
  assert.throws(() => planIssue(held, [], shelf), code('pick_incomplete'))
  assert.throws(() => planIssue(held, [pick('b1', 2), pick('b2', 1, 'extra')], shelf), {
    code: 'pick_incomplete',
  })
  const other = new Map([batch('b1'), batch('x', { packId: 'other pack' })])
  assert.throws(() => planIssue(held, [pick('x', 2, 'similar')], other), code('batch_not_issuable'))
  assert.throws(() => planIssue(held, [pick('nowhere', 2)], shelf), code('batch_not_issuable'))
})

test('a batch in exchange gives no more than its free units', () => {
  const scarce = new Map([batch('b1'), batch('b2', { freeUnits: 15 })])
  assert.throws(() => planIssue(held, [pick('b2', 2, 'torn')], scarce), code('out_of_stock'))
})

test('a recalled, expired or blocked batch does not leave, held or not', () => {
  const obstacles: IssueObstacle[] = [
    'recalled',
    'expired',
    'quarantined',
    'damaged',
    'not_for_sale',
  ]
  for (const obstacle of obstacles) {
    const blocked = new Map([batch('b1', { obstacle, obstacleInExchange: obstacle })])
    assert.throws(() => planIssue(held, [pick('b1', 2)], blocked), code('batch_not_issuable'))
  }
})

test('a short-dated batch leaves when it was promised in time, but not in exchange', () => {
  const short = { obstacleInExchange: 'short_dated' } as const
  const ageing = new Map([batch('b1', short), batch('b2', short)])
  assert.equal(planIssue(held, [pick('b1', 2)], ageing).issues.length, 1)
  assert.throws(() => planIssue(held, [pick('b2', 2, 'torn')], ageing), code('batch_not_issuable'))
})
