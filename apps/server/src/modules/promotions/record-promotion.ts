import type { NewPromotion, Promotion } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findPromotions } from './find-promotions.ts'

/**
 * Makes a coupon or an offer. Refuses `promotion_invalid` for what contradicts itself, and `coupon_exists` while
 * another with this code was not ended.
 */
export async function recordPromotion(
  database: Database,
  caller: Caller,
  wanted: NewPromotion,
): Promise<Promotion> {
  assertSound(wanted)
  const { benefit } = wanted
  return inTransaction(database, caller, async tx => {
    const id = newId()
    const { rows } = await sql`
      insert into promotions.promotion (id, name, name_hi, code, benefit, basis_points, amount_paise, most_paise,
        from_items_paise, lane, is_first_order, uses_max, uses_max_of_person, from_day, until_day, created_by)
      select ${id}, ${wanted.name}, ${wanted.nameHi}, ${wanted.code ?? null}, ${benefit},
        ${wanted.basisPoints ?? null}, ${wanted.amountPaise ?? null}, ${wanted.mostPaise ?? null},
        ${wanted.fromItemsPaise}, ${benefit === 'free_delivery' ? 'delivery' : wanted.lane}, ${wanted.isFirstOrder},
        ${wanted.usesMax ?? null}, ${wanted.usesMaxOfPerson ?? null}, ${wanted.from}, ${wanted.until ?? null},
        ${caller.personId}
      where coalesce(${wanted.until ?? null}::date, kernel.today()) >= kernel.today()
      on conflict (code) where ended_at is null and code is not null do nothing
      returning id`.execute(tx)
    if (rows.length === 0) throw await refusalOf(wanted)
    return (await findPromotions(tx, { id }))[0]!
  })
}

async function refusalOf({ code }: NewPromotion): Promise<Refusal> {
  if (code === undefined)
    return invalid('until', 'The last day is over already. Choose a later one.')
  return new Refusal(
    'coupon_exists',
    `There is a coupon ${code} already, or its last day is over. End the other, or choose another code or day.`,
    { fields: [{ field: 'code', message: 'is taken' }] },
  )
}

function assertSound(wanted: NewPromotion): void {
  const { benefit, basisPoints, amountPaise, mostPaise, fromItemsPaise, from, until } = wanted
  if ((benefit === 'percent') !== (basisPoints !== undefined))
    throw invalid('basisPoints', 'Say how many per cent, and only for an offer in per cent.')
  if ((benefit === 'amount') !== (amountPaise !== undefined))
    throw invalid('amountPaise', 'Say how many rupees, and only for an offer in rupees.')
  if (mostPaise !== undefined && benefit !== 'percent')
    throw invalid('mostPaise', 'Only an offer in per cent has a most it may come to.')
  if (amountPaise !== undefined && fromItemsPaise < amountPaise)
    throw invalid(
      'fromItemsPaise',
      'The goods must come to more than the offer takes off. Raise the smallest order.',
    )
  if (until !== undefined && until < from)
    throw invalid('until', 'The last day is before the first. Choose a later one.')
}

function invalid(field: string, sentence: string): Refusal {
  return new Refusal('promotion_invalid', sentence, { fields: [{ field, message: sentence }] })
}
