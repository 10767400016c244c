import { GatewayAway } from './gateway.ts'

export interface Breaker {
  /** Does it, or throws `GatewayAway` at once while the gateway rests. */
  through<T>(ask: () => Promise<T>): Promise<T>
}

const failuresMax = 5
const usualRestMs = 10_000

/**
 * Spares everybody the wait for a gateway that is down: after five asks in a row without an answer nobody asks for ten
 * seconds, then one asks and the others wait for its answer. A no is an answer. One for each process: what another
 * process found out would have to travel as far as the answer.
 */
export function openBreaker({
  restMs = usualRestMs,
}: {
  restMs?: number | undefined
} = {}): Breaker {
  let failures = 0
  let restsUntil = 0
  return {
    async through(ask) {
      const now = performance.now()
      if (failures >= failuresMax) {
        if (now < restsUntil) throw new GatewayAway('it rests after failing')
        // This one tries; whoever comes meanwhile is sent away.
        restsUntil = now + restMs
      }
      try {
        const answer = await ask()
        failures = 0
        return answer
      } catch (error) {
        if (error instanceof GatewayAway) {
          failures++
          restsUntil = performance.now() + restMs
        } else failures = 0
        throw error
      }
    },
  }
}
