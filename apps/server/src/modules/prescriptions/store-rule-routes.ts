import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { defaultStore } from '#modules/stock'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { findStoreRule } from './find-store-rule.ts'
import { usualStoreRule } from './prescription-window.ts'
import { setStoreRule } from './set-store-rule.ts'

/** Mounts what the store holds prescriptions to. */
export function storeRuleRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { db } = database
  serve(app, api.getStoreRule, () => ruleOfStore())
  serve(app, api.setStoreRule, async ({ caller, body }) => {
    await setStoreRule(database, caller, { storeId: (await defaultStore(db)).id, ...body })
    return ruleOfStore()
  })

  async function ruleOfStore() {
    const { id } = await defaultStore(db)
    return { rule: await findStoreRule(db, id), usual: usualStoreRule }
  }
}
