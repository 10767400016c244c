import { ApiProblem, type Bill, type BillCheck, type BuyingFacts } from '@janta/contracts'
import { untrack } from 'svelte'
import { keep, kept } from '#lib/kept.ts'
import { isUnanswered } from '#lib/problem.ts'
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
  /** True when the bill was sent and no answer came: it may have been received. */
  isUncertain = $state(false)
  /** What the server makes of the readable rows, and which row each of its lines is. */
  check = $state.raw<BillCheck | null>(null)
  #checkedRows = $state.raw<readonly string[]>([])
  readonly isEmpty = $derived(isEmptyDraft(this.draft))
  readonly found = $derived(
    new Map(this.check?.lines.map((line, at) => [this.#checkedRows[at] ?? '', line])),
  )
  #turn = 0
  /** The bill that `check` is about, as it was sent. */
  #checked = ''

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
      // The last look asks for itself, and what it saw need not be asked again.
      if (this.isBusy) return
      if (JSON.stringify(readable) === this.#checked) {
        this.#turn += 1
        return
      }
      const timer = setTimeout(() => void untrack(() => this.#ask(readable)), checkPauseMs)
      return () => clearTimeout(timer)
    })
  }

  async #ask(readable: ReturnType<typeof readableBill>): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    if (!readable || !readable.bill.billDate) {
      this.#forget()
      return
    }
    try {
      const check = await buyApi.checkBill({ body: readable.bill })
      if (turn === this.#turn) this.#hold(check, readable)
    } catch {
      // The running sum is a help: without an answer it goes away, and receiving itself says what is wrong.
      if (turn === this.#turn) this.#forget()
    }
  }

  #hold(check: BillCheck, readable: NonNullable<ReturnType<typeof readableBill>>): void {
    this.check = check
    this.#checkedRows = readable.rowIds
    this.#checked = JSON.stringify(readable)
  }

  #forget(): void {
    this.check = null
    this.#checked = ''
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

  /**
   * Looks the draft through and asks the server; true when it can be shown for the last look, otherwise `problems` or
   * `failure` say why not. However slow the line is, the answer is the one to this question: what the running sum asked
   * before is dropped, and it asks nothing meanwhile.
   */
  async review(): Promise<boolean> {
    if (this.isBusy) return false
    this.failure = null
    this.isUncertain = false
    this.problems = problemsOf(this.draft, new Date(), today())
    const readable = readableBill(this.draft)
    if (this.problems.length > 0 || !readable) return false
    this.isBusy = true
    this.#turn += 1
    try {
      this.#hold(await buyApi.checkBill({ body: readable.bill }), readable)
      return true
    } catch (problem) {
      this.#refuse(problem)
      return false
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
    this.isUncertain = false
    try {
      const bill = await buyApi.receiveBill({ body: readable.bill, idempotencyKey: this.draft.key })
      this.startOver()
      return bill
    } catch (problem) {
      this.#refuse(problem)
      this.isUncertain = isUnanswered(problem)
      return null
    } finally {
      this.isBusy = false
    }
  }

  startOver(): void {
    this.draft = emptyDraft()
    this.problems = []
    this.failure = null
    this.isUncertain = false
    this.#forget()
    this.isBack = false
  }

  #refuse(problem: unknown): void {
    this.failure = problem
    this.problems = problem instanceof ApiProblem ? formFields(problem.fields) : []
  }
}
