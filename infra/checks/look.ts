import assert from 'node:assert/strict'
import type { Environment } from '../settings.ts'
import { resourcesOf } from '../synth.ts'
import { at } from '../template.ts'

/** A resource of one kind with its id and its properties. */
export interface Found {
  readonly id: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly deletionPolicy: string | undefined
}

/** All resources of a kind; asserts there are some, because a check that saw nothing proves nothing. */
export function all(environment: Environment, type: string): Found[] {
  const found = find(environment, type)
  assert.ok(found.length > 0, `${environment.name} has no ${type}`)
  return found
}

/** All resources of a kind, perhaps none. */
export function find(environment: Environment, type: string): Found[] {
  return [...resourcesOf(environment)]
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({
      id,
      properties: resource.Properties ?? {},
      deletionPolicy: resource.DeletionPolicy,
    }))
}

/** The only resource of a kind. */
export function only(environment: Environment, type: string): Found {
  const [first, ...more] = all(environment, type)
  assert.ok(first && more.length === 0, `${environment.name} has ${more.length + 1} of ${type}`)
  return first
}

/** The one resource of a kind whose property has a value. */
export function named(
  environment: Environment,
  type: string,
  property: string,
  value: string,
): Found {
  const found = all(environment, type).filter(each => at(each.properties, property) === value)
  assert.equal(found.length, 1, `${type} with ${property} ${value}`)
  return found[0] as Found
}
