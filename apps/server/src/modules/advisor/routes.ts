import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { findAdvice } from './find-advice.ts'

export function advisorRoutes(app: FastifyInstance, surroundings: Surroundings): void {
  serve(app, api.getAdvice, async ({ query }) => {
    const advice = await findAdvice(surroundings, query.days)
    const { busiestHourAt, steps, declined, utilisation, coverage, ...rest } = advice
    return {
      ...rest,
      coverage: { ...coverage },
      busiestHourAt: busiestHourAt === null ? null : new Date(busiestHourAt).toISOString(),
      utilisation: [...utilisation],
      steps: steps.map(step => ({ ...step, evidence: [...step.evidence] })),
      declined: [...declined],
    }
  })
}
