/** A logical id without the eight hexadecimal digits the library adds to it. */
export const shortId = (id: string): string => id.replace(/[0-9A-F]{8}$/, '')

/** Eight digits close the id in an export's name too, followed by eight of the export itself. */
const exported = /^.*:ExportsOutput(?:Ref|FnGetAtt)(.+?)[0-9A-F]{8}.*$/

/**
 * A value of a template as a person would write it: references as `&Name`, joined text joined, lists
 * of simple values on one line. Nothing is evaluated.
 */
export function readable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(readable).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value)
  const [first] = entries
  if (first && entries.length === 1) {
    const known = readIntrinsic(first[0], first[1])
    if (known !== undefined) return known
  }
  return `{${entries.map(([name, each]) => `${name}: ${readable(each)}`).join(', ')}}`
}

function readIntrinsic(name: string, argument: unknown): string | undefined {
  if (name === 'Ref') return `&${shortId(String(argument))}`
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) {
    return `&${shortId(String(argument[0]))}.${String(argument[1])}`
  }
  if (name === 'Fn::ImportValue') return `&${String(argument).replace(exported, '$1')}`
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    return argument[1].map(readable).join(String(argument[0]))
  }
  return undefined
}

/** True for a value written on one line: a scalar, a reference, a list of those. */
export function isSimple(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value))
    return value.every(each => typeof each !== 'object' || isIntrinsic(each))
  return isIntrinsic(value)
}

function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const [name, ...more] = Object.keys(value)
  return more.length === 0 && (name === 'Ref' || (name?.startsWith('Fn::') ?? false))
}
