import { v7 } from 'uuid'

/** A new identifier: UUID version 7, so that rows inserted together lie together in an index. */
export function newId(): string {
  return v7()
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** True when the text can be compared with a uuid column without an SQL error. */
export function isId(text: string): boolean {
  return uuidPattern.test(text)
}
