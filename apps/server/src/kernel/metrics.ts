import assert from 'node:assert/strict'
import { addToSpread, type Spread } from '#kernel/spread'

/** What is counted: declared once, so that every figure in the store and in an exporter has a unit and a meaning. */
export interface MetricDeclaration {
  /** `ordering.refunds_failed`: who counts and what, never a person, a medicine or an address. */
  readonly name: `${string}.${string}`
  readonly unit: 'count' | 'microseconds' | 'bytes' | 'permille' | 'seconds'
  readonly meaning: string
  /** The labels it may carry; `open` takes route patterns and event names, at most `labelsMax` of them. */
  readonly labels?: readonly string[] | 'open'
}

export interface Counter {
  add(count?: number, label?: string): void
}

export interface Distribution {
  /** A whole number in the declared unit is kept; fractions are rounded. */
  record(value: number, label?: string): void
}

/** What one metric and label gathered since the last taking. */
export interface Sample {
  readonly name: string
  readonly label: string
  readonly count: number
  readonly total: number
  readonly most: number
  readonly spread: Spread
}

export type Kind = 'counter' | 'distribution'
type Listen = (declaration: MetricDeclaration, kind: Kind, value: number, label: string) => void

const labelsMax = 200
const overflow = 'other'
const labelPattern = /^[A-Za-z0-9 ._:/*-]{0,120}$/

/** Every declared metric of a process and what they gathered; cheap enough to be always on. */
export class MetricRegistry {
  readonly #declared = new Map<string, { declaration: MetricDeclaration; kind: Kind }>()
  readonly #gathered = new Map<string, Map<string, Gathered>>()
  #listener: Listen | undefined

  counter(declaration: MetricDeclaration): Counter {
    const record = this.#declare(declaration, 'counter')
    return { add: (count = 1, label = '') => record(count, label) }
  }

  distribution(declaration: MetricDeclaration): Distribution {
    const record = this.#declare(declaration, 'distribution')
    return { record: (value, label = '') => record(value, label) }
  }

  declarations(): readonly MetricDeclaration[] {
    return [...this.#declared.values()].map(one => one.declaration)
  }

  /** Also tells every measurement to an exporter; undefined ends it. */
  listen(listener: Listen | undefined): void {
    this.#listener = listener
  }

  /** Everything gathered since the last taking, and forgets it. */
  take(): Sample[] {
    const samples: Sample[] = []
    for (const [name, byLabel] of this.#gathered) {
      for (const [label, one] of byLabel) samples.push({ name, label, ...one })
      byLabel.clear()
    }
    return samples
  }

  #declare(declaration: MetricDeclaration, kind: Kind): (value: number, label: string) => void {
    const { name, labels } = declaration
    assert(/^[a-z]+\.[a-z_]+$/.test(name), `${name} is not a metric's name`)
    assert(!this.#declared.has(name), `${name} is declared twice`)
    this.#declared.set(name, { declaration, kind })
    const byLabel = new Map<string, Gathered>()
    this.#gathered.set(name, byLabel)
    const isDistribution = kind === 'distribution'
    return (value, label) => {
      const known = allowedLabel(labels, label, byLabel)
      const whole = Math.max(0, Math.round(value))
      gather(byLabel, known, whole, isDistribution)
      this.#listener?.(declaration, kind, whole, known)
    }
  }
}

interface Gathered {
  count: number
  total: number
  most: number
  spread: Spread
}

/** A label nobody declared is a bug; an open list that grows without end becomes one label. */
function allowedLabel(
  labels: MetricDeclaration['labels'],
  label: string,
  known: ReadonlyMap<string, unknown>,
): string {
  if (labels === 'open') {
    const isNew = !known.has(label)
    return isNew && (known.size >= labelsMax || !labelPattern.test(label)) ? overflow : label
  }
  assert(label === '' || labels?.includes(label), `the label ${label} is not declared`)
  return label
}

function gather(
  byLabel: Map<string, Gathered>,
  label: string,
  value: number,
  isDistribution: boolean,
) {
  let one = byLabel.get(label)
  if (!one) {
    one = { count: 0, total: 0, most: 0, spread: {} }
    byLabel.set(label, one)
  }
  one.count++
  one.total += value
  if (value > one.most) one.most = value
  if (isDistribution) addToSpread(one.spread, value)
}

/** The process's own registry: a module declares its metrics here when it is loaded. */
export const metrics = new MetricRegistry()
