import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./globals.css', import.meta.url), 'utf8')

function token(name: string, theme: 'light' | 'dark'): string {
  const match = new RegExp(`--color-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)
  const value = theme === 'light' ? match?.[1] : match?.[2]
  if (!value) throw new Error(`no token --color-${name}`)
  return value
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

describe.each(['light', 'dark'] as const)('text in the %s theme', (theme) => {
  const surfaces = ['canvas', 'panel', 'raised', 'hover']
  const texts = ['fg', 'muted', 'faint', 'accent', 'error', 'warn', 'info', 'ok', 'debug']
  it.each(texts)('%s reaches AA on every surface', (text) => {
    for (const surface of surfaces) {
      expect(contrast(token(text, theme), token(surface, theme)), `on ${surface}`).toBeGreaterThanOrEqual(4.5)
    }
  })
  it('labels of primary buttons reach AA', () => {
    expect(contrast(token('on-accent', theme), token('accent', theme))).toBeGreaterThanOrEqual(4.5)
  })
})
