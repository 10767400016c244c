import { readableLine } from './readable-line.ts'

const nameWidth = 8
const colours = [36, 35, 33, 32, 34, 96]
const seen: string[] = []

/** Prints one line under the name of who said it, coloured only for a person at a terminal. */
export function say(name: string, line: string): void {
  for (const one of readableLine(line)?.split('\n') ?? []) {
    process.stdout.write(`${paint(colourOf(name), name.padEnd(nameWidth))} ${one}\n`)
  }
}

/** The printer for one name, as the parts below take it. */
export function sayAs(name: string): (line: string) => void {
  return line => say(name, line)
}

export function paint(colour: number, text: string): string {
  const isPlain = !process.stdout.isTTY || process.env['NO_COLOR'] !== undefined
  return isPlain ? text : `\u001b[${colour}m${text}\u001b[0m`
}

function colourOf(name: string): number {
  if (!seen.includes(name)) seen.push(name)
  return colours[seen.indexOf(name) % colours.length] ?? 0
}
