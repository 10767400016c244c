import type { Module, Surroundings } from '#kernel/module'
import { purchasingRoutes } from './routes.ts'

/** From whom goods come, at what cost and on whose paper; what to order next and what goes back. */
export function purchasing(surroundings: Surroundings): Module {
  return { name: 'purchasing', routes: app => purchasingRoutes(app, surroundings) }
}
