import { ApiProblem, type Bill, type BillCheck, type BuyingFacts } from '@janta/contracts'
import { untrack } from 'svelte'
import { keep, kept } from '#lib/kept.ts'
import { today } from '#lib/today.ts'
import { buyApi } from './api.ts'
import {
  type BillDraft,
  type BillRow,
  emptyDraft,
  emptyRow,
  isBlank,
  isEmptyDraft,
  readDraft,
} from './bill-draft.ts'
import { formFields, readableBill, withFacts } from './bill-of-draft.ts'
import { type BillProblem, problemsOf } from './bill-problems.ts'

const checkPauseMs = 400

/** A bill being received: the draft as it is kept on the device, what the server says of it, and what is wrong. */
export class BillDesk {
  draft = $state<BillDraft>(emptyDraft())
  /** True when the draft was there before this page was opened. */
  isBack = $state(false)
  isKept = $state(true)
  problems = $state.raw<readonly BillProblem[]>([])
  failure = $state.raw<unknown>(null)
  isBusy = $state(false)
  /** What the server makes of the readable rows, and which row each of its lines is. */
  check = $state.raw<BillCheck | null>(null)
  #checkedRows = $state.raw<readonly string[]>([])
  readonly isEmpty = $derived(isEmptyDraft(this.draft))
  readonly found = $derived(
    new Map(this.check?.lines.map((line, at) => [this.#checkedRows[at] ?? '', line])),
  )
  #turn = 0

  constructor() {
    const back = readDraft(kept('receipt'))
    if (back) this.draft = back
    this.isBack = back !== null
    // Written at every keystroke: a closed lid, a dead battery or a broken line must not cost a typed bill.
    $effect(() => {
      const text = this.isEmpty ? null : JSON.stringify(this.draft)
      this.isKept = keep('receipt', text)
    })
    $effect(() => {
      const readable = readableBill(this.draft)
      const timer = setTimeout(() => void untrack(() => this.#ask(readable)), checkPauseMs)
      return () => clearTimeout(timer)
    })
  }

  async #ask(readable: ReturnType<typeof readableBill>): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    if (!readable || !readable.bill.billDate) {
      this.check = null
      return
    }
    try {
      const check = await buyApi.checkBill({ body: readable.bill })
      if (turn !== this.#turn) return
      this.check = check
      this.#checkedRows = readable.rowIds
    } catch {
      // The running sum is a help: without an answer it goes away, and receiving itself says what is wrong.
      if (turn === this.#turn) this.check = null
    }
  }

  addRow(): BillRow {
    this.draft.rows.push(emptyRow())
    return this.draft.rows.at(-1)!
  }

  removeRow(id: string): void {
    this.draft.rows = this.draft.rows.filter(row => row.id !== id)
    if (this.draft.rows.length === 0) this.addRow()
  }

  /** Puts rows after those already typed; the blank ones give way. */
  putRows(rows: readonly BillRow[]): void {
    const standing = this.draft.rows.filter(row => !isBlank(row))
    this.draft.rows = [...standing, ...rows, emptyRow()]
  }

  putFacts(id: string, facts: BuyingFacts): void {
    const at = this.draft.rows.findIndex(row => row.id === id)
    const row = this.draft.rows[at]
    if (row) this.draft.rows[at] = withFacts(row, facts)
  }

  async askFacts(rows: readonly BillRow[]): Promise<void> {
    const ids = [...new Set(rows.map(row => row.medicineId).filter(Boolean))]
    if (ids.length === 0) return
    const { items } = await buyApi.listBuyingFacts({ body: { medicineIds: ids } })
    const facts = new Map(items.map(one => [one.medicineId, one]))
    for (const row of rows) {
      const known = facts.get(row.medicineId)
      if (known) this.putFacts(row.id, known)
    }
  }

  /** Looks the draft through and asks the server; true when it can be shown for the last look. */
  async review(): Promise<boolean> {
    this.failure = null
    this.problems = problemsOf(this.draft, new Date(), today())
    if (this.problems.length > 0) return false
    this.isBusy = true
    try {
      await this.#ask(readableBill(this.draft))
      return this.check !== null
    } finally {
      this.isBusy = false
    }
  }

  /** Receives the bill; null when it was refused, and then `failure` and `problems` say why. */
  async receive(): Promise<Bill | null> {
    const readable = readableBill(this.draft)
    if (!readable || this.isBusy) return null
    this.isBusy = true
    this.failure = null
    try {
      const bill = await buyApi.receiveBill({ body: readable.bill, idempotencyKey: this.draft.key })
      this.startOver()
      return bill
    } catch (problem) {
      this.failure = problem
      this.problems = problem instanceof ApiProblem ? formFields(problem.fields) : []
      return null
    } finally {
      this.isBusy = false
    }
  }

  startOver(): void {
    this.draft = emptyDraft()
    this.problems = []
    this.failure = null
    this.check = null
    this.isBack = false
  }
}
