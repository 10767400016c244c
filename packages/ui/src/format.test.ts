import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formatCount,
  formatDay,
  formatDayTime,
  formatMobile,
  formatMonth,
  formatPaise,
  formatRelative,
  formatTime,
  formatUnitPrice,
  percentBelow,
} from './format.ts'

test('money has two decimals and lakh grouping in both languages', () => {
  assert.equal(formatPaise(123_456_00), '₹1,23,456.00')
  assert.equal(formatPaise(123_456_00, 'hi'), '₹1,23,456.00')
  assert.equal(formatPaise(5), '₹0.05')
  assert.equal(formatPaise(0), '₹0.00')
  assert.equal(formatPaise(-49_50), '-₹49.50')
  assert.equal(formatPaise(100_000_000_99), '₹10,00,00,000.99')
})

test('half a paisa is a bug, not a price', () => {
  assert.throws(() => formatPaise(10.5), RangeError)
  assert.throws(() => formatPaise(Number.NaN), RangeError)
})

test('a unit price is shown to the nearest paisa', () => {
  assert.equal(formatUnitPrice(789_333), '₹7.89')
  assert.equal(formatUnitPrice(789_500), '₹7.90')
})

test('a saving is rounded down and never negative', () => {
  assert.equal(percentBelow(139_30, 118_40), 15)
  assert.equal(percentBelow(100, 100), 0)
  assert.equal(percentBelow(100, 120), 0)
  assert.equal(percentBelow(0, 0), 0)
})

test('an expiry is a month', () => {
  assert.equal(formatMonth('2028-03'), 'Mar 2028')
  assert.equal(formatMonth('2028-03', 'hi'), 'मार्च 2028')
  assert.throws(() => formatMonth('2028-13'), RangeError)
})

test('a day is the day in India, not in Greenwich', () => {
  assert.equal(formatDay('2026-11-22T18:29:59Z'), '22 Nov 2026')
  assert.equal(formatDay('2026-11-22T18:30:00Z'), '23 Nov 2026')
})

test('the clock has twelve hours and Hindi says the part of the day', () => {
  assert.equal(formatTime('2026-11-22T11:00:00Z'), '4:30 pm')
  assert.equal(formatTime('2026-11-22T11:00:00Z', 'hi'), 'शाम 4:30 बजे')
  assert.equal(formatTime('2026-11-21T18:30:00Z'), '12:00 am')
  assert.equal(formatTime('2026-11-22T06:30:00Z', 'hi'), 'दोपहर 12:00 बजे')
  assert.equal(formatDayTime('2026-11-22T03:15:00Z'), '22 Nov 2026, 8:45 am')
})

test('relative time uses the largest whole unit', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  assert.equal(formatRelative('2026-11-22T11:55:00Z', now), '5 minutes ago')
  assert.equal(formatRelative('2026-11-25T12:00:00Z', now), 'in 3 days')
  assert.equal(formatRelative('2026-11-22T10:00:00Z', now, 'hi'), '2 घंटे पहले')
  assert.equal(formatRelative('2026-11-22T11:59:40Z', now), 'this minute')
})

test('a mobile number is grouped as people say it', () => {
  assert.equal(formatMobile('+919876543210'), '+91 98765 43210')
  assert.equal(formatMobile('98•••• 3210'), '98•••• 3210')
})

test('counts have lakh grouping', () => {
  assert.equal(formatCount(1_234_567), '12,34,567')
})
