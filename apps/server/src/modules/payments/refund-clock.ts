import { addDays, type Day } from '#kernel/day'

/** Days no bank works anywhere in India, as month and day. State holidays differ and are not promised against. */
const nationalHolidays: readonly string[] = ['01-26', '08-15', '10-02']

/** Banks rest on Sundays, the second and the fourth Saturday, and on the three national holidays. */
export function isBankWorkingDay(day: Day): boolean {
  if (nationalHolidays.includes(day.slice(5))) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  if (weekday === 0) return false
  const week = Math.ceil(Number(day.slice(8)) / 7)
  return !(weekday === 6 && (week === 2 || week === 4))
}

/** The day the customer may expect the money by: so many working days after the one it was decided on. */
export function expectedBy(from: Day, workingDays: number): Day {
  let day = from
  for (let left = workingDays; left > 0; ) {
    day = addDays(day, 1)
    if (isBankWorkingDay(day)) left--
  }
  return day
}
