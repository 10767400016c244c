import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { advise } from './advice.ts'
import { readTrace } from './find-advice.ts'
import { judgedHours } from './judged-hours.ts'
import { thresholds } from './thresholds.ts'

export function advisorRoutes(app: FastifyInstance, surroundings: Surroundings): void {
  serve(app, api.getAdvice, async ({ query }) => {
    const trace = await readTrace(surroundings, query.days ?? thresholds.windowDaysMost)
    const advice = advise(trace)
    const { busiestHourAt, steps, declined, utilisation, coverage, ...rest } = advice
    return {
      ...rest,
      coverage: { ...coverage },
      busiestHourAt: busiestHourAt === null ? null : new Date(busiestHourAt).toISOString(),
      utilisation: [...utilisation],
      steps: steps.map(step => ({ ...step, evidence: [...step.evidence] })),
      declined: [...declined],
      hours: judgedHours(trace),
    }
  })
}
