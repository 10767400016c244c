import { type Day, isDay } from '#kernel/day'
import { Refusal } from '#kernel/refusal'

/** Refuses a day the calendar does not have, and one before today: what was, stays. */
export function assertFromNow(from: Day, today: Day): void {
  assertDay(from, 'from')
  if (from >= today) return
  throw new Refusal(
    'rule_in_the_past',
    `The past keeps its law. Choose today (${today}) or a later day.`,
    { fields: [{ field: 'from', message: 'is before today' }] },
  )
}

export function assertDay(day: Day, field: string): void {
  if (isDay(day)) return
  throw new Refusal('malformed_request', 'The calendar has no such day. Check it.', {
    fields: [{ field, message: 'is not a day' }],
  })
}
