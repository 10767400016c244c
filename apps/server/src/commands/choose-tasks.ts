import { parseArgs } from 'node:util'
import type { Subscriber } from '#kernel/events'
import type { Module, Recurring } from '#kernel/module'

export interface Tasks {
  readonly subscribers: readonly Subscriber[]
  readonly recurring: readonly Recurring[]
}

/**
 * The jobs one worker takes. A worker takes only tasks it knows, so `--only=notices` beside `--except=notices` gives
 * slow messages a worker of their own; together they must name every job, or some are never done. Answers a sentence
 * when a name is not a module with jobs.
 */
export function chooseTasks(args: readonly string[], modules: readonly Module[]): Tasks | string {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, except: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  })
  const names = modules.filter(hasTasks).map(one => one.name)
  const { only, except } = values
  if (positionals.length > 0 || (only !== undefined && except !== undefined)) {
    return `Usage: worker [--only=MODULE,... | --except=MODULE,...] of ${names.join(', ')}`
  }
  const asked = String(only ?? except ?? '')
    .split(',')
    .filter(Boolean)
  const stranger = asked.find(name => !names.includes(name))
  if (stranger !== undefined || (asked.length === 0 && (only ?? except) !== undefined)) {
    return `${stranger ?? 'Nothing'} has no jobs. These have: ${names.join(', ')}.`
  }
  const chosen = modules.filter(one =>
    only === undefined ? !asked.includes(one.name) : asked.includes(one.name),
  )
  return {
    subscribers: chosen.flatMap(one => one.subscribers ?? []),
    recurring: chosen.flatMap(one => one.recurring ?? []),
  }
}

const hasTasks = (one: Module): boolean =>
  (one.subscribers?.length ?? 0) + (one.recurring?.length ?? 0) > 0
