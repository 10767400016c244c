import type { Outline, Pen } from '#modules/billing'

/** Signs drawn by us in a square of 24: for who cannot read, or not this language, or not without her glasses. */
export type Pictogram =
  | 'morning'
  | 'noon'
  | 'evening'
  | 'night'
  | 'clock'
  | 'week'
  | 'need'
  | 'plate'
  | 'apply'

type Part = readonly [outline: string, kind: 'line' | 'fill']

const circle = (x: number, y: number, r: number): string =>
  `M ${x - r} ${y} a ${r} ${r} 0 1 0 ${2 * r} 0 a ${r} ${r} 0 1 0 ${-2 * r} 0 Z`

const parts: Record<Pictogram, readonly Part[]> = {
  // A sun coming up over the ground.
  morning: [
    ['M 6 17 a 6 6 0 0 1 12 0 Z', 'fill'],
    [
      'M 2 20 H 22 M 12 8 V 4 M 9.5 6 L 12 3.5 L 14.5 6 M 4 10.5 L 5.6 12 M 20 10.5 L 18.4 12',
      'line',
    ],
  ],
  noon: [
    [circle(12, 12, 5), 'fill'],
    [
      'M 12 1.5 V 4 M 12 20 V 22.5 M 1.5 12 H 4 M 20 12 H 22.5 M 4.6 4.6 L 6.3 6.3 M 17.7 17.7 L 19.4 19.4 M 4.6 19.4 L 6.3 17.7 M 17.7 6.3 L 19.4 4.6',
      'line',
    ],
  ],
  // The same sun going down.
  evening: [
    ['M 6 17 a 6 6 0 0 1 12 0 Z', 'fill'],
    [
      'M 2 20 H 22 M 12 3 V 7.5 M 9.5 5.5 L 12 8 L 14.5 5.5 M 4 10.5 L 5.6 12 M 20 10.5 L 18.4 12',
      'line',
    ],
  ],
  night: [
    ['M 19.5 14.2 A 8.5 8.5 0 1 1 9.8 4.5 A 6.8 6.8 0 0 0 19.5 14.2 Z', 'fill'],
    ['M 17 3.2 V 6.8 M 15.2 5 H 18.8', 'line'],
  ],
  clock: [
    [circle(12, 12, 9.5), 'line'],
    ['M 12 6 V 12 L 16 14.5', 'line'],
  ],
  week: [
    ['M 3 5.5 H 21 V 21 H 3 Z M 3 10 H 21 M 8 3 V 7 M 16 3 V 7', 'line'],
    [circle(8, 15, 1.6), 'fill'],
  ],
  // A raised hand: only when it is asked for.
  need: [
    [
      'M 7 12 V 6.5 a 1.4 1.4 0 0 1 2.8 0 V 11 V 4.4 a 1.4 1.4 0 0 1 2.8 0 V 11 V 5.2 a 1.4 1.4 0 0 1 2.8 0 V 12 V 8 a 1.4 1.4 0 0 1 2.8 0 V 15 a 6.5 6.5 0 0 1 -6.5 6.5 c -3 0 -4.4 -1.4 -5.8 -4 L 3.8 13.8 c -0.7 -1.5 1.2 -2.6 2.2 -1.4 L 7 14 Z',
      'line',
    ],
  ],
  plate: [
    [circle(12, 12, 6), 'line'],
    [circle(12, 12, 3), 'line'],
    [
      'M 2.5 4 V 9 M 2.5 9 V 20.5 M 1 4 V 8 H 4 V 4 M 21.5 3.5 V 20.5 M 21.5 3.5 C 19.5 5 19.5 10 21.5 12',
      'line',
    ],
  ],
  apply: [['M 12 2.5 C 8 8 5.5 11 5.5 14.7 a 6.5 6.5 0 0 0 13 0 C 18.5 11 16 8 12 2.5 Z', 'line']],
}

const square = 24

export function drawPictogram(
  pen: Pen,
  which: Pictogram,
  at: { x: number; y: number; size: number },
  colour: string,
): void {
  const { x, y, size } = at
  for (const [outline, kind] of parts[which]) {
    const look: Outline = kind === 'fill' ? { fill: colour } : { stroke: colour, width: 1.7 }
    pen.path(outline, { x, y, scale: size / square }, look)
  }
}
