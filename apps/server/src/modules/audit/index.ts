import type { Module } from '#kernel/module'

export { writeEntry } from './write-entry.ts'

/** The trail every audited endpoint writes to. */
export function audit(): Module {
  return { name: 'audit' }
}
