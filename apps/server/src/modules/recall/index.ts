import type { Module, Surroundings } from '#kernel/module'
import { recallRoutes } from './routes.ts'

/** Calling medicines back: block, find every buyer, collect, and account for every unit. */
export function recall(surroundings: Surroundings): Module {
  return { name: 'recall', routes: app => recallRoutes(app, surroundings) }
}
