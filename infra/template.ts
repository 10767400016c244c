/** A CloudFormation template as far as the checks and the cost model read it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>
  >
}

export interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
  readonly DeletionPolicy?: string
  readonly UpdatePolicy?: unknown
  readonly DependsOn?: readonly string[]
}

/** The stacks of one environment by their short names: account, delivery, foundation, runtime. */
export type StackTemplates = Readonly<Record<string, Template>>

/** A value inside a template, followed by keys and positions; undefined where the way ends. */
export function at(value: unknown, ...way: readonly (string | number)[]): unknown {
  let here = value
  for (const step of way) {
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as Record<string | number, unknown>)[step]
  }
  return here
}

/** A list inside a template; empty where there is none. */
export function listAt(value: unknown, ...way: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...way)
  return Array.isArray(found) ? found : []
}
