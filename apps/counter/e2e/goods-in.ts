import assert from 'node:assert/strict'
import type { MedicineCard } from '@janta/contracts'
import type { Browser } from 'playwright-core'
import { addSupplier } from './buying-desk.ts'
import { type Desk, openDeskOf } from './counter.ts'
import { newPerson } from './person.ts'

interface Head {
  number: string
  total: string
  from?: { id: string }
}

/** The goods-in table of a stock keeper: a bill typed as from the paper, for one supplier of its own. */
export class GoodsIn {
  readonly keeper: Desk
  readonly supplier: { id: string; name: string }
  readonly #medicines: readonly MedicineCard[]

  private constructor(
    keeper: Desk,
    supplier: { id: string; name: string },
    medicines: readonly MedicineCard[],
  ) {
    this.keeper = keeper
    this.supplier = supplier
    this.#medicines = medicines
  }

  static async open(browser: Browser): Promise<GoodsIn> {
    const keeper = await openDeskOf(browser, 'stock_keeper')
    const { items } = await newPerson().call.searchMedicines({ query: { limit: 50 } })
    assert.ok(items.length > 1, 'the sample catalogue is empty')
    return new GoodsIn(keeper, await addSupplier(keeper), items)
  }

  medicine(at = 0): MedicineCard {
    return this.#medicines[at % this.#medicines.length]!
  }

  async typeHead({ number, total, from = this.supplier }: Head): Promise<void> {
    const { page } = this.keeper
    await page.locator('#supplierId').selectOption(from.id)
    await page.getByLabel('Bill number').fill(number)
    await page.getByLabel('Bill date').fill('2026-01-05')
    await page.getByLabel('Bill total').fill(total)
  }

  /** Types into a cell of a row, over what stands there. */
  async put(cell: string, row: number, text: string): Promise<void> {
    await this.keeper.page.getByLabel(`${cell}, Row ${row}`, { exact: true }).fill(text)
  }

  async chooseMedicine(row: number, name: string): Promise<void> {
    const { page } = this.keeper
    // The whole name: half of one may be another's, too, and Enter takes the first that is offered.
    await page.getByLabel(`Medicine, Row ${row}`).pressSequentially(name)
    await page.locator('li[role=option]').first().filter({ hasText: name }).waitFor()
    await page.keyboard.press('Enter')
  }

  /** A row that is right in every cell. */
  async typeRow(row: number, batch: string, more: Record<string, string> = {}): Promise<void> {
    await this.chooseMedicine(row, this.medicine().name)
    const cells = {
      Batch: batch,
      Expiry: '0331',
      Billed: '10',
      Rate: '100',
      MRP: '150',
      'GST %': '5',
    }
    for (const [cell, text] of Object.entries({ ...cells, ...more })) {
      await this.put(cell, row, text)
    }
  }

  async startOver(): Promise<void> {
    await this.keeper.page.getByRole('button', { name: 'Start over' }).click()
  }

  async lookThrough(): Promise<void> {
    await this.keeper.page.getByRole('button', { name: 'Look through and receive' }).click()
  }

  /** What the foot of the page makes of the bill, in rupees as a person would copy it from the paper. */
  async computed(): Promise<string> {
    const foot = this.keeper.page.getByText(/^computed ₹/)
    await foot.waitFor()
    return (await foot.innerText()).replace('computed ₹', '').replaceAll(',', '')
  }
}
