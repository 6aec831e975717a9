/** CSS colours of a service's bar and of text on it. */
export interface BarColor {
  readonly fill: string
  readonly text: string
}

/**
 * Text on a bar: the first eight service colours are bright in both themes; the second eight are dark in the
 * light theme. Black or white then reaches AA on each.
 */
export function barColor(fill: string): BarColor {
  const slot = Number(/(\d+)\)$/.exec(fill)?.[1] ?? 0)
  return { fill, text: slot < 8 ? '#000' : 'light-dark(#fff, #000)' }
}
