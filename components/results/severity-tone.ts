import type { Tone } from '@/components/ui/badge'

const TONES: readonly (readonly [RegExp, Tone])[] = [
  [/^(fatal|error|err|crit|alert|emerg|panic)/i, 'error'],
  [/^warn/i, 'warn'],
  [/^(info|notice)/i, 'info'],
]

/** Reserved hue of a severity's text. */
export function toneOfSeverity(text: string): Tone {
  return TONES.find(([pattern]) => pattern.test(text))?.[1] ?? 'debug'
}

/** Reserved hue of a span's status in either spelling. */
export function toneOfStatus(text: string): Tone {
  if (/^(status_code_)?error$/i.test(text)) return 'error'
  return /^(status_code_)?ok$/i.test(text) ? 'ok' : 'neutral'
}

export const TEXT_OF_TONE: Readonly<Record<Tone, string>> = {
  error: 'text-error',
  warn: 'text-warn',
  info: 'text-info',
  ok: 'text-ok',
  debug: 'text-debug',
  neutral: 'text-muted',
  accent: 'text-accent',
}
